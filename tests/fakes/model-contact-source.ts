/** The model mailbox as a contact source, with everything that may go wrong on the way. */
import type { ContactPage, ContactSource } from '../../shared/mailbox/contact-source';
import { SourceError, StateExpiredError } from '../../shared/mailbox/contact-source';
import { GraphRefusal } from '../../shared/mailbox/graph-request';
import type { ModelMailbox } from './contact-model';

/** What happens at a request of the source instead of, or besides, its answer. */
export type SourceFault = 'none' | 'throttled' | 'server-fault' | 'expired' | 'reset' | 'repeat' | 'empty-page';

export interface ModelSource {
  readonly source: ContactSource;
  /** Asked at each request, with its number from 1. */
  fault: (request: number) => SourceFault;
}

export function createModelSource(mailbox: ModelMailbox, pageSize = 2): ModelSource {
  let requests = 0;
  const meet = (): SourceFault => {
    requests += 1;
    const fault = model.fault(requests);
    if (fault === 'throttled') {
      throw new SourceError('throttled', 'Too many requests', new GraphRefusal(429, 'ApplicationThrottled', 600_000));
    }
    if (fault === 'server-fault') throw new SourceError('unreachable', 'Fault', new GraphRefusal(503, 'unknown'));
    if (fault === 'reset') throw new SourceError('unreachable', 'The connection was reset.');
    return fault;
  };
  const model: ModelSource = {
    fault: () => 'none',
    source: {
      async folders() {
        await Promise.resolve();
        meet();
        return [...mailbox.folders].map(([id, { name }]) => ({ id, name }));
      },
      async *changes(folder, state, signal): AsyncIterable<ContactPage> {
        const round = mailbox.begin(folder.id, state, pageSize);
        if (round === undefined) throw new SourceError('unreachable', 'The folder went away while it was read.');
        if (state !== undefined && round.restarted) throw new StateExpiredError();
        let last: ContactPage | undefined;
        for (let ids = round.pages.shift(); ids !== undefined; ids = round.pages.shift()) {
          await Promise.resolve();
          signal.throwIfAborted();
          if (!mailbox.knows(round)) throw new StateExpiredError();
          const fault = meet();
          if (fault === 'expired') throw new StateExpiredError();
          if (fault === 'repeat' && last !== undefined) yield last;
          if (fault === 'empty-page') yield { changes: [], skipped: [] };
          last = { changes: mailbox.read(folder.id, ids), skipped: [] };
          yield round.pages.length === 0 ? { ...last, nextState: round.nextState } : last;
        }
      },
      count: () => Promise.resolve(undefined),
    },
  };
  return model;
}
