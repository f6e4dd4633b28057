/** What may be set of the demo besides PORT and DATA_DIR: how the demo mailbox is. */
import * as z from 'zod/mini';

const whole = (min: number, max: number, absent: number) =>
  z.pipe(
    z._default(z.string().check(z.regex(/^\d{1,6}$/)), String(absent)),
    z.pipe(z.transform(Number), z.number().check(z.gte(min), z.lte(max))),
  );

const settingsSchema = z.object({
  /** The same seed gives the same contacts. */
  DEMO_SEED: z._default(z.string().check(z.minLength(1), z.maxLength(64)), 'demo'),
  DEMO_CONTACTS: whole(0, 20_000, 1000),
  /** Milliseconds that an answer of the mailbox takes. */
  DEMO_LATENCY_MS: whole(0, 60_000, 150),
});

export interface DemoSettings {
  readonly seed: string;
  readonly contacts: number;
  readonly latencyMs: number;
}

/** @throws Error naming the variable that is wrong. */
export function readDemoSettings(environment: Readonly<Record<string, string | undefined>>): DemoSettings {
  const read = settingsSchema.safeParse(environment);
  if (!read.success) {
    const names = read.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new Error(`${names}: DEMO_SEED is a text, DEMO_CONTACTS 0 to 20000, DEMO_LATENCY_MS 0 to 60000.`);
  }
  return { seed: read.data.DEMO_SEED, contacts: read.data.DEMO_CONTACTS, latencyMs: read.data.DEMO_LATENCY_MS };
}
