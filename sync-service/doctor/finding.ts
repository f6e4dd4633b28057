/** What the doctor found, and what to do about it. */
export interface Finding {
  readonly level: 'ok' | 'warn' | 'fail';
  /** What was looked at and what is so. */
  readonly text: string;
  /** What to do; with `warn` and `fail`. */
  readonly advice?: string;
}

export const ok = (text: string): Finding => ({ level: 'ok', text });
export const warn = (text: string, advice: string): Finding => ({ level: 'warn', text, advice });
export const fail = (text: string, advice: string): Finding => ({ level: 'fail', text, advice });

const signs = { ok: 'ok   ', warn: 'WARN ', fail: 'FAIL ' } as const;

/** As lines of a terminal. */
export function writeFinding({ level, text, advice }: Finding): string {
  return `${signs[level]} ${text}${advice === undefined ? '' : `\n        → ${advice}`}`;
}
