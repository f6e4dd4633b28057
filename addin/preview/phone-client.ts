/** The demo's telephones over HTTP: who is there, what mine shows, and what a hand does with it. */
import * as z from 'zod/mini';
import { callReasons, callStates } from '../../shared/call';

const phonesSchema = z.object({
  items: z.array(
    z.object({ address: z.string(), extension: z.string(), displayName: z.string(), email: z.optional(z.string()) }),
  ),
});
export type DemoPhone = z.infer<typeof phonesSchema>['items'][number];

const displaySchema = z.object({
  lifted: z.boolean(),
  connections: z.array(
    z.object({
      id: z.string(),
      state: z.enum(callStates),
      direction: z.enum(['incoming', 'outgoing']),
      party: z.object({ number: z.optional(z.string()), name: z.optional(z.string()) }),
      reason: z.optional(z.enum(callReasons)),
      connectedAt: z.optional(z.number()),
    }),
  ),
});
export type PhoneDisplay = z.infer<typeof displaySchema>;
export type PhoneConnection = PhoneDisplay['connections'][number];

export interface PhoneClient {
  phones(): Promise<readonly DemoPhone[]>;
  /** What the telephone shows, now and at each change; `undefined` while there is no connection to it. */
  watch(address: string, listener: (display: PhoneDisplay | undefined) => void): () => void;
  lift(address: string): Promise<void>;
  layDown(address: string): Promise<void>;
  dial(address: string, number: string): Promise<void>;
}

export function createPhoneClient(): PhoneClient {
  const url = (address: string, action: string) => `/demo/phones/${encodeURIComponent(address)}/${action}`;
  const post = async (address: string, action: string, body: object = {}) => {
    await fetch(url(address, action), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  };
  return {
    async phones() {
      const response = await fetch('/demo/phones');
      return phonesSchema.parse(await response.json()).items;
    },
    watch(address, listener) {
      // The browser takes the stream up again by itself.
      const source = new EventSource(url(address, 'events'));
      source.addEventListener('message', (event: MessageEvent<string>) => {
        const display = displaySchema.safeParse(JSON.parse(event.data));
        listener(display.success ? display.data : undefined);
      });
      source.addEventListener('error', () => listener(undefined));
      return () => source.close();
    },
    lift: (address) => post(address, 'lift'),
    layDown: (address) => post(address, 'lay-down'),
    dial: (address, number) => post(address, 'dial', { number }),
  };
}
