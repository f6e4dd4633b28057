/**
 * One connection to Asterisk's manager interface, kept: signs in, takes the link up again with growing pauses, notices a
 * silent other side, and gives each action its answer. Nothing it logs holds a secret or a number.
 */
import { readFileSync } from 'node:fs';
import * as net from 'node:net';
import * as tls from 'node:tls';
import type { Logger } from 'pino';
import type { SecretReader } from '../secret-reference';
import type { Timers } from '../timers';
import { createAmiReader, field, writeAction } from './ami-message';
import type { AmiFields, AmiMessage } from './ami-message';
import type { AsteriskSettings } from './asterisk-settings';

/** Why an action has no good answer. */
export type AmiFailure =
  /** The link is down, or was lost before the answer came: what became of the action is not known. */
  | 'lost'
  /** Asterisk answered with an error. */
  | 'refused';

export class AmiError extends Error {
  constructor(
    readonly failure: AmiFailure,
    message: string,
  ) {
    super(message);
    this.name = 'AmiError';
  }
}

export interface AmiConnection {
  start(): void;
  stop(): void;
  /** Gives the link up and takes it up anew. */
  renew(why: string): void;
  /** Resolves with the answer; throws {@link AmiError}. */
  readonly action: (name: string, fields?: AmiFields) => Promise<AmiMessage>;
  /** Resolves with the items of a list action; throws {@link AmiError}. */
  readonly list: (name: string, fields?: AmiFields) => Promise<AmiMessage[]>;
}

export interface AmiConnectionDeps {
  readonly settings: Pick<AsteriskSettings, 'host' | 'port' | 'tls' | 'user' | 'secret'>;
  readonly secrets: SecretReader;
  readonly timers: Timers;
  readonly logger: Logger;
  /** Random number in [0, 1), for jitter. */
  readonly random: () => number;
  /** Signed in. */
  readonly onUp: () => void;
  /** The link is lost; told once for each time it was up. */
  readonly onDown: () => void;
  readonly onEvent: (event: AmiMessage) => void;
}

/**
 * Times in milliseconds. A link that stalls without being closed is noticed within `ping` + `pingAnswer`: the user is
 * told within 3 s.
 */
export const amiTimes = {
  connect: 5000,
  answer: 5000,
  ping: 1000,
  pingAnswer: 1500,
  firstPause: 250,
  longestPause: 15_000,
} as const;
const maxListItems = 50_000;

interface Pending {
  readonly items: AmiMessage[];
  readonly settle: (result: AmiMessage | AmiError) => void;
}

/** The pause before the next attempt: doubled each time, with jitter so that not all come back at once. Pure. */
export function pauseBefore(attempt: number, random: number): number {
  const pause = Math.min(amiTimes.longestPause, amiTimes.firstPause * 2 ** attempt);
  return Math.round(pause / 2 + (pause / 2) * random);
}

export function createAmiConnection(deps: AmiConnectionDeps): AmiConnection {
  const { settings, timers, logger } = deps;
  const pending = new Map<string, Pending>();
  let socket: net.Socket | undefined;
  let running = false;
  let up = false;
  let attempt = 0;
  let actionIds = 0;
  let cancelTimer: (() => void) | undefined;

  function open(): net.Socket {
    const { host, port } = settings;
    if (settings.tls === false) return net.connect({ host, port });
    const { caFile } = settings.tls;
    return tls.connect({
      host,
      port,
      ...(net.isIP(host) === 0 ? { servername: host } : {}),
      ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }),
    });
  }

  function lose(why: string): void {
    socket?.destroy();
    socket = undefined;
    cancelTimer?.();
    for (const { settle } of [...pending.values()]) settle(new AmiError('lost', 'The link to Asterisk was lost.'));
    pending.clear();
    if (up) {
      up = false;
      logger.warn({ why }, 'the link to Asterisk is lost');
      deps.onDown();
    } else if (running && attempt === 1) {
      logger.warn({ why }, 'Asterisk cannot be reached; trying on');
    }
    if (running) cancelTimer = timers.after(pauseBefore(attempt++, deps.random()), connect);
  }

  function send(
    name: string,
    fields: AmiFields,
    answerMs: number = amiTimes.answer,
  ): Promise<{ answer: AmiMessage; items: AmiMessage[] }> {
    const to = socket;
    if (to === undefined) return Promise.reject(new AmiError('lost', 'The link to Asterisk is down.'));
    const id = String(++actionIds);
    const text = writeAction(name, id, fields);
    return new Promise((resolve, reject) => {
      const items: AmiMessage[] = [];
      const stopWaiting = timers.after(answerMs, () => {
        // An Asterisk that does not answer is none: whatever else was asked is lost as well.
        if (pending.has(id)) lose(`no answer to ${name}`);
      });
      pending.set(id, {
        items,
        settle(result) {
          stopWaiting();
          pending.delete(id);
          if (result instanceof AmiError) reject(result);
          else resolve({ answer: result, items });
        },
      });
      to.write(text);
    });
  }

  function take(message: AmiMessage): void {
    const waiting = pending.get(field(message, 'ActionID') ?? '');
    const list = field(message, 'EventList')?.toLowerCase();
    if (waiting !== undefined && message.has('Response') && !message.has('Event')) {
      if (field(message, 'Response') === 'Error') {
        waiting.settle(new AmiError('refused', field(message, 'Message') ?? 'Asterisk refused.'));
      } else if (list !== 'start') waiting.settle(message);
    } else if (waiting !== undefined && message.has('Event') && field(message, 'Event') !== 'OriginateResponse') {
      if (list === 'complete') waiting.settle(message);
      else if (waiting.items.push(message) > maxListItems) lose('a list is too long');
    } else if (message.has('Event')) deps.onEvent(message);
  }

  async function signIn(): Promise<void> {
    await send('Login', { Username: settings.user, Secret: deps.secrets(settings.secret), Events: 'call,user' });
    attempt = 0;
    up = true;
    logger.info('the link to Asterisk is up');
    keepAlive();
    deps.onUp();
  }

  function keepAlive(): void {
    cancelTimer?.();
    cancelTimer = timers.after(amiTimes.ping, () => {
      send('Ping', {}, amiTimes.pingAnswer).then(
        () => up && keepAlive(),
        () => undefined,
      );
    });
  }

  function connect(): void {
    if (!running) return;
    let opened: net.Socket;
    try {
      opened = open();
    } catch (error) {
      logger.error({ err: error }, 'the connection to Asterisk cannot be made');
      lose('not connected');
      return;
    }
    socket = opened;
    const reader = createAmiReader();
    const loseThis = (why: string): void => {
      if (socket === opened) lose(why);
    };
    cancelTimer = timers.after(amiTimes.connect, () => loseThis('no connection in time'));
    opened.setEncoding('utf8');
    opened.setNoDelay(true);
    opened.on('error', (error) => loseThis(error.message));
    opened.on('close', () => loseThis('closed'));
    opened.on('data', (text: string) => {
      try {
        for (const message of reader.push(text)) if (socket === opened) take(message);
      } catch (error) {
        loseThis(error instanceof Error ? error.message : 'not understood');
      }
    });
    opened.once(settings.tls === false ? 'connect' : 'secureConnect', () => {
      if (socket !== opened) return;
      cancelTimer?.();
      signIn().catch((error: unknown) => {
        // What was lost on the way is being tried again already.
        if (error instanceof AmiError && error.failure === 'lost') return;
        // The text comes from Asterisk or from the configuration; neither holds the secret.
        const why = error instanceof Error ? error.message : 'sign-in failed';
        logger.error({ why }, 'Asterisk refuses the sign-in of the service');
        // A wrong password does not get right by trying fast.
        attempt = Math.max(attempt, 6);
        loseThis(why);
      });
    });
  }

  return {
    start() {
      if (running) return;
      running = true;
      connect();
    },
    stop() {
      running = false;
      up = false;
      lose('stopped');
    },
    renew: lose,
    action: async (name, fields = {}) => (await send(name, fields)).answer,
    list: async (name, fields = {}) => (await send(name, fields)).items,
  };
}
