/** The demo's telephones over HTTP: who is there, what mine shows, and what a hand does with it. */
import * as z from 'zod/mini';

/** What a telephone is doing; `ringing-to-dial` rings so that it is lifted and then dials, `tone` says: not put through. */
const phoneActivities = ['idle', 'ringing', 'ringing-to-dial', 'calling', 'connected', 'tone'] as const;
export type PhoneActivity = (typeof phoneActivities)[number];

/** What one sees of a telephone of the demo. */
const phoneSchema = z.object({
  address: z.string(),
  extension: z.string(),
  displayName: z.string(),
  activity: z.enum(phoneActivities),
  lamp: z.enum(['off', 'flashing', 'on']),
  /** The other party on the display. */
  shown: z.object({ number: z.optional(z.string()), name: z.optional(z.string()) }),
  lifted: z.boolean(),
  /** The mobile of its user, while that makes a call in its place. */
  mobile: z.optional(z.object({ address: z.string(), activity: z.enum(phoneActivities) })),
  /** Its sides of calls, the one in front first. */
  connections: z.array(
    z.object({
      id: z.string(),
      state: z.string(),
      heldBy: z.optional(z.string()),
      party: z.object({ number: z.optional(z.string()), name: z.optional(z.string()) }),
    }),
  ),
});
export type DemoPhone = z.infer<typeof phoneSchema>;

const listSchema = z.object({ items: z.array(phoneSchema) });

export interface PhoneClient {
  phones(): Promise<readonly DemoPhone[]>;
  /** What the telephone shows, now and at each change; `undefined` while there is no connection to it. */
  watch(address: string, listener: (display: DemoPhone | undefined) => void): () => void;
  /** Answers what rings; goes on with a held side that is named. */
  lift(address: string, connection?: string): Promise<void>;
  /** Ends or refuses the side in front, or the named one. */
  layDown(address: string, connection?: string): Promise<void>;
  /** The hold key: holds, or goes on with what is held. */
  hold(address: string): Promise<void>;
  dial(address: string, number: string): Promise<void>;
  /** A colleague calls the extension `to`. */
  callIn(from: string, to: string): Promise<void>;
  /** Somebody outside calls the extension or group `to`. */
  outsideCalls(to: string): Promise<void>;
}

/** Who calls from outside: a number that no contact has. */
const outsideNumber = '+4930901820';

export function createPhoneClient(): PhoneClient {
  const url = (address: string, action: string) => `/demo/phones/${encodeURIComponent(address)}/${action}`;
  const post = async (path: string, body: object = {}) => {
    // What the telephone cannot do just now is refused; its display goes on showing how it is.
    await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  };
  return {
    async phones() {
      const response = await fetch('/demo/phones');
      return listSchema.parse(await response.json()).items;
    },
    watch(address, listener) {
      // The browser takes the stream up again by itself.
      const source = new EventSource(url(address, 'events'));
      source.addEventListener('message', (event: MessageEvent<string>) => {
        const display = phoneSchema.safeParse(JSON.parse(event.data));
        listener(display.success ? display.data : undefined);
      });
      source.addEventListener('error', () => listener(undefined));
      return () => source.close();
    },
    lift: (address, connection) => post(url(address, 'lift'), { connection }),
    layDown: (address, connection) => post(url(address, 'lay-down'), { connection }),
    hold: (address) => post(url(address, 'hold')),
    dial: (address, number) => post(url(address, 'dial'), { number }),
    callIn: (from, to) => post(`/demo/colleagues/${encodeURIComponent(from)}/call-in`, { to }),
    outsideCalls: (to) => post('/demo/outside/call-in', { from: outsideNumber, to }),
  };
}
