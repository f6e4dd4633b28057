/**
 * What is published in the database of Asterisk. The account may not write it: a Local channel is originated into contexts
 * of ours (`uc-db-…`), which check what they are given and answer with events, `UcState` for each extension and `UcAnswer`
 * last. A `UcState` that answers nothing is what somebody dialled at a phone.
 */
import { randomBytes } from 'node:crypto';
import { assertPublishable, publishableExtension } from '../publishable';
import { TelephoneSystemError } from '../telephone-system';
import type { PublishCommand, PublishedState, TelephoneSystem, TelephoneSystemEvent } from '../telephone-system';
import type { Timers } from '../timers';
import { AmiError } from './ami-connection';
import type { AmiConnection } from './ami-connection';
import { field } from './ami-message';
import type { AmiMessage } from './ami-message';
import { extensionBatches, publishVariables, stateOf } from './published-values';

export interface PublishedStates extends Pick<TelephoneSystem, 'publish' | 'published' | 'withdraw'> {
  hear(event: AmiMessage): void;
  /** The link is lost: nothing that was asked is answered any more. */
  lost(): void;
}

export interface PublishedStatesDeps {
  readonly action: AmiConnection['action'];
  readonly timers: Timers;
  readonly linkIsUp: () => boolean;
  readonly tell: (event: TelephoneSystemEvent) => void;
}

/** Contexts of the dialplan that answer. */
export type DatabaseContext = 'uc-db-write' | 'uc-db-read' | 'uc-db-remove' | 'uc-db-list';

/** From one event of an answer to the next: milliseconds, but the dialplan itself waits three seconds for its turn. */
const answerMs = 5000;
/** So many channels are asked for at a time: a service that comes back publishes for everybody. */
const atOnce = 8;

const unavailable = (cause?: unknown): TelephoneSystemError =>
  new TelephoneSystemError('unavailable', 'The telephone system cannot be reached.', cause);

/** Asks one of the contexts; resolves to its events but the last. Throws AmiError, and {@link TelephoneSystemError} `unavailable`. */
export interface DatabaseQuestions {
  ask(context: DatabaseContext, variables: readonly string[]): Promise<AmiMessage[]>;
  hear(event: AmiMessage): boolean;
  lost(): void;
}

/** Events of these names belong to answers. */
const parts = new Set(['UcState', 'UcKeys']);

export function createDatabaseQuestions(action: AmiConnection['action'], timers: Timers): DatabaseQuestions {
  interface Question {
    readonly events: AmiMessage[];
    readonly end: (result: AmiMessage[] | undefined) => void;
    /** Waits for the next event. */
    readonly wait: () => void;
  }
  const open = new Map<string, Question>();

  return {
    async ask(context, variables) {
      const question = randomBytes(9).toString('hex');
      const answer = new Promise<AmiMessage[]>((resolve, reject) => {
        let stop: () => void = () => undefined;
        const wait = (): void => {
          stop();
          stop = timers.after(answerMs, () => open.get(question)?.end(undefined));
        };
        wait();
        open.set(question, {
          events: [],
          wait,
          end(result) {
            stop();
            open.delete(question);
            if (result === undefined) reject(unavailable());
            else resolve(result);
          },
        });
      });
      // Only one of the two is waited for at a time.
      answer.catch(() => undefined);
      try {
        await action('Originate', {
          Channel: `Local/s@${context}/n`,
          Application: 'Wait',
          Data: '1',
          Async: 'true',
          Variable: [`UC_QUESTION=${question}`, ...variables],
        });
      } catch (error) {
        open.get(question)?.end(undefined);
        throw error;
      }
      return answer;
    },
    hear(event) {
      const waiting = open.get(field(event, 'Question') ?? '');
      if (waiting === undefined) return false;
      const name = field(event, 'UserEvent') ?? '';
      if (name === 'UcAnswer') waiting.end(waiting.events);
      else if (parts.has(name)) {
        waiting.events.push(event);
        waiting.wait();
      }
      return true;
    },
    lost() {
      for (const { end } of [...open.values()]) end(undefined);
    },
  };
}

export function createPublishedStates(deps: PublishedStatesDeps): PublishedStates {
  const questions = createDatabaseQuestions(deps.action, deps.timers);
  const waiting: (() => void)[] = [];
  let running = 0;
  /** Whether the dialplan has the contexts; asked once for each link. */
  let isThere: Promise<void> | undefined;

  async function inTurn<T>(what: () => Promise<T>): Promise<T> {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await what();
    } finally {
      const next = waiting.shift();
      // Whoever is next takes over this place.
      if (next === undefined) running -= 1;
      else next();
    }
  }

  async function lookForDialplan(): Promise<void> {
    const answer = await deps.action('Getvar', { Variable: 'DIALPLAN_EXISTS(uc-db-write,s,1)' });
    if (field(answer, 'Value') !== '0') return;
    throw new TelephoneSystemError(
      'not-supported',
      'The dialplan part uc.conf is older than the service and publishes nothing.',
    );
  }

  function ask(context: DatabaseContext, variables: readonly string[]): Promise<AmiMessage[]> {
    return inTurn(async () => {
      if (!deps.linkIsUp()) throw unavailable();
      try {
        await (isThere ??= lookForDialplan());
        return await questions.ask(context, variables);
      } catch (error) {
        isThere = undefined;
        throw error instanceof AmiError ? unavailable(error) : error;
      }
    });
  }

  return {
    async publish(command: PublishCommand) {
      const checked = assertPublishable(command);
      const states = (await ask('uc-db-write', publishVariables(checked))).flatMap((event) => stateOf(event) ?? []);
      const [state] = states;
      if (state === undefined) throw unavailable();
      return state;
    },
    async published(extensions) {
      if (!deps.linkIsUp()) throw unavailable();
      const known = new Map<string, PublishedState>();
      const batches = extensionBatches(extensions.filter((extension) => publishableExtension.test(extension)));
      await Promise.all(
        batches.map(async (batch) => {
          for (const event of await ask('uc-db-read', [`UC_EXTENSIONS=${batch.join('/')}`])) {
            const state = stateOf(event);
            if (state !== undefined) known.set(state.extension, state);
          }
        }),
      );
      return extensions.map((extension) => known.get(extension) ?? { extension });
    },
    async withdraw(extension) {
      if (!deps.linkIsUp()) throw unavailable();
      if (publishableExtension.test(extension)) await ask('uc-db-remove', [`UC_AT=${extension}`]);
    },
    hear(event) {
      if (field(event, 'Event') !== 'UserEvent' || questions.hear(event)) return;
      if (field(event, 'UserEvent') !== 'UcState' || field(event, 'Question') !== undefined) return;
      const state = stateOf(event);
      if (state !== undefined && deps.linkIsUp()) deps.tell({ type: 'published', state });
    },
    lost() {
      isThere = undefined;
      questions.lost();
    },
  };
}
