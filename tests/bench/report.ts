/** What the bench prints: the machine, and a table of figures, each beside its limit. */
import { cpus, loadavg, platform, release, totalmem } from 'node:os';
import * as z from 'zod/mini';

/** One line of the table. */
export const figureSchema = z.object({
  name: z.string(),
  value: z.number(),
  unit: z.enum(['ms', 's', 'KB', 'MB', 'a second', 'a minute', 'contacts', 'clients']),
  /** The value has to stay below it. A figure without one is there to be compared with. */
  limit: z.optional(z.number()),
  /** The value has to reach it. */
  atLeast: z.optional(z.number()),
  /** How it was measured, or what it consists of. */
  note: z.optional(z.string()),
});
export type Figure = z.infer<typeof figureSchema>;

/** The value below which `share` (0 to 1) of the measured ones are, by nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** Name, cores and memory of this machine, Node's version, and how busy it is. */
export function describeMachine(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? 'unknown processor';
  const memory = (totalmem() / 2 ** 30).toFixed(1);
  return `${model}, ${processors.length} cores, ${memory} GiB, ${platform()} ${release()}, Node ${process.version}, load ${load()}`;
}

/** Average number of busy processes over the last minute. */
export function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}

function show({ value, unit }: Pick<Figure, 'value' | 'unit'>): string {
  if (unit === 'KB') return `${(value / 1024).toFixed(1)} KB`;
  if (unit === 'ms') return value < 10 ? `${value.toFixed(2)} ms` : `${value.toFixed(0)} ms`;
  return `${Math.round(value).toLocaleString('en')} ${unit}`;
}

/** Prints figures under a title; the load beside it tells whether the machine was busy with something else. */
export function print(title: string, figures: readonly Figure[]): void {
  process.stdout.write(`\n${title} (load ${load()})\n`);
  if (figures.length === 0) process.stdout.write('  left out: it is not installed here\n');
  for (const { name, value, unit, limit, atLeast, note } of figures) {
    const least = atLeast === undefined ? '' : value >= atLeast ? 'ok' : 'UNDER';
    const verdict = limit === undefined ? least : value < limit ? 'ok' : 'OVER';
    const reached = atLeast === undefined ? '' : `≥ ${show({ value: atLeast, unit })}`;
    const allowed = limit === undefined ? reached : `< ${show({ value: limit, unit })}`;
    const line = `  ${name.padEnd(46)}${show({ value, unit }).padStart(14)}  ${allowed.padEnd(20)}${verdict.padEnd(5)}`;
    process.stdout.write(`${`${line} ${note ?? ''}`.trimEnd()}\n`);
  }
}
