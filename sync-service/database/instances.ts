/**
 * Several instances of the service on one PostgreSQL database: who does which work, and what they tell each other. What is
 * told are ids only; whoever hears of them reads the rows. A database in a file has one instance, which does everything.
 */
import type { Logger } from 'pino';
import * as z from 'zod/mini';
import type { Connection } from './database';
import { holdsLock, noticeLimit } from './server-link';
import type { ServerLink } from './server-link';

/** Something has changed: what kind of thing, of which user, and which one. */
export const noticeSchema = z.object({
  kind: z.enum([
    'contacts',
    'people',
    'favorites',
    'journal',
    'reminder',
    'presence',
    'forwarding',
    'presence-watches',
    'colleague-free',
  ]),
  user: z.string(),
  id: z.optional(z.string()),
});
export type Notice = Readonly<z.infer<typeof noticeSchema>>;

/** Work that belongs to no telephone system. The work of one has the name of its site. */
export const commonWork = 'installation';

export interface Instances {
  /** Whether there may be others. */
  readonly several: boolean;
  /** Whether this instance does that work just now. */
  owns(work: string): boolean;
  /**
   * Asks the database, inside of a transaction that writes, whether this instance does that work: what it commits then is
   * before anything that a later owner writes, however long this process stood still in between.
   */
  holds(db: Connection, work: string): Promise<boolean>;
  /** Hears of work that this instance has to do from now on. Returns the function that ends it. */
  onTaken(listener: (work: string) => void): () => void;
  /** Tells the others, soon, of what is no row; what is one, the database tells by itself (migration 0026). */
  tell(notice: Notice): void;
  /** Hears what the others tell. */
  onNotice(listener: (notice: Notice) => void): void;
  /** Hears what any instance tells, this one included. */
  onAnyNotice(listener: (notice: Notice) => void): void;
  /** Whether everything that is told is heard at once: the connection stands, as far as can be known. */
  readonly hears: boolean;
  /** What the others told may have been missed: everything is to be read anew. */
  onMissed(listener: () => void): void;
  /** Takes what nobody does, now and from then on. */
  start(works: readonly string[]): Promise<void>;
  stop(): void;
}

/** The one instance of a database in a file. */
export const soleInstance: Instances = {
  several: false,
  owns: () => true,
  holds: () => Promise.resolve(true),
  onTaken: () => () => undefined,
  tell: () => undefined,
  onNotice: () => undefined,
  onAnyNotice: () => undefined,
  hears: true,
  onMissed: () => undefined,
  start: () => Promise.resolve(),
  stop: () => undefined,
};

/** Milliseconds between two looks at work that nobody does: an owner that is killed is replaced within these. */
const lookMs = 1000;
/** Milliseconds in which notices are gathered. */
const gatherMs = 5;
/** Notices that wait for a lost link to come back. What is more is dropped: those who come back read everything anew. */
const waitingLimit = 5000;

const messageSchema = z.object({ from: z.string(), notices: z.array(noticeSchema) });

/** What the link calls. */
export interface LinkedInstances extends Instances {
  attach(link: ServerLink): void;
  lost(): void;
  regained(): void;
  heard(text: string): void;
}

/** @param from names this instance in what is told, as the server names its connections */
export function createInstances(logger: Logger, from: string): LinkedInstances {
  const owned = new Set<string>();
  const takers = new Set<(work: string) => void>();
  const hearers: ((notice: Notice) => void)[] = [];
  const hearersOfAny: ((notice: Notice) => void)[] = [];
  const readers: (() => void)[] = [];
  const waiting = new Map<string, Notice>();
  let link: ServerLink | undefined;
  /** False from the loss of the link until everybody knows that something may have been missed. */
  let complete = false;
  let works: readonly string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let gathering: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;

  const look = (): Promise<void> => {
    looking ??= takeFree()
      // The link is lost: when it is back it is looked again.
      .catch(() => undefined)
      .finally(() => (looking = undefined));
    return looking;
  };

  async function takeFree(): Promise<void> {
    for (const work of works) {
      if (owned.has(work) || link?.up !== true) continue;
      const asked = link;
      if (!(await asked.tryLock(work)) || !asked.up) continue;
      owned.add(work);
      logger.info({ work }, 'this instance does this work from now on');
      for (const taker of [...takers]) taker(work);
    }
  }

  function send(): void {
    gathering = undefined;
    if (link?.up !== true) return;
    const notices = [...waiting.values()];
    waiting.clear();
    for (const text of messages(from, notices)) {
      link.notify(text).catch((error: unknown) => {
        logger.warn({ err: error }, 'other instances could not be told of a change; told when the link is back');
        for (const notice of notices) keep(notice);
      });
    }
  }

  function keep(notice: Notice): void {
    if (waiting.size < waitingLimit) waiting.set(JSON.stringify(notice), notice);
  }

  return {
    several: true,
    // The link knows before anybody else can have it that a lock may be lost.
    owns: (work) => owned.has(work) && link?.up === true,
    async holds(db, work) {
      const holder = link?.holder;
      return owned.has(work) && holder !== undefined && holdsLock(db, holder, work);
    },
    onTaken(listener) {
      takers.add(listener);
      return () => takers.delete(listener);
    },
    tell(notice) {
      keep(notice);
      gathering ??= setTimeout(send, gatherMs);
    },
    onNotice: (listener) => void hearers.push(listener),
    onAnyNotice: (listener) => void hearersOfAny.push(listener),
    get hears() {
      return complete && link?.up === true;
    },
    onMissed: (listener) => void readers.push(listener),
    async start(names) {
      works = names;
      await look();
      timer = setInterval(() => void look(), lookMs);
      timer.unref();
    },
    stop() {
      clearInterval(timer);
      clearTimeout(gathering);
      works = [];
      owned.clear();
    },
    attach(opened) {
      link = opened;
      complete = true;
    },
    lost() {
      // The server has given them to others, or will.
      owned.clear();
      complete = false;
    },
    regained() {
      for (const reader of readers) reader();
      complete = true;
      void look();
      if (waiting.size > 0) send();
    },
    heard(text) {
      const message = messageSchema.safeParse(parsed(text));
      if (!message.success) return;
      const concerned = message.data.from === from ? hearersOfAny : [...hearersOfAny, ...hearers];
      for (const notice of message.data.notices) for (const hearer of concerned) hearer(notice);
    },
  };
}

/** As few texts as the server takes. */
export function messages(from: string, notices: readonly Notice[], limit = noticeLimit): string[] {
  const texts: string[] = [];
  let some: Notice[] = [];
  for (const notice of notices) {
    const more = JSON.stringify({ from, notices: [...some, notice] });
    if (some.length > 0 && Buffer.byteLength(more) > limit) {
      texts.push(JSON.stringify({ from, notices: some }));
      some = [];
    }
    some.push(notice);
  }
  if (some.length > 0) texts.push(JSON.stringify({ from, notices: some }));
  return texts;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
