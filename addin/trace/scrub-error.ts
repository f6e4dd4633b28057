/**
 * An error for the trace. Only texts that the browser itself writes about our code are kept, without what is quoted in
 * them; texts of all other errors may hold what somebody typed, so their type and code have to do.
 */
import { ApiError } from '../api/api-error';

export interface ScrubbedError {
  /** Class of the error, such as `TypeError`. */
  readonly type: string;
  readonly code?: string | undefined;
  readonly text?: string;
  /** Function, file, line and column of each frame; no address. */
  readonly stack?: readonly string[];
  readonly correlationId?: string | undefined;
}

/** Texts of these are about our code. Not SyntaxError: JSON.parse quotes what it could not read. */
const browserErrors = new Set(['TypeError', 'ReferenceError', 'RangeError']);
const maxFrames = 20;

export function scrubError(error: unknown): ScrubbedError {
  if (!(error instanceof Error)) return { type: typeof error };
  const type = /^\w{1,40}$/.test(error.name) ? error.name : 'Error';
  return {
    type,
    ...(error instanceof ApiError && { code: error.code, correlationId: error.correlationId }),
    ...(browserErrors.has(type) && { text: scrubText(error.message) }),
    ...(error.stack !== undefined && { stack: framesOf(error.stack) }),
  };
}

/** Without quoted parts, addresses and digits. */
export function scrubText(text: string): string {
  return text
    .replaceAll(/"[^"]*"?|'[^']*'?|`[^`]*`?|“[^”]*”?|„[^“]*“?/g, '…')
    .replaceAll(/\S*[@:/\\]\S*/g, '…')
    .replaceAll(/[\d+][\d ()/.-]*/g, '…')
    .slice(0, 200);
}

/** `at name (https://host/pane.1a2b.js?x:1:2)` becomes `name pane.1a2b.js:1:2`. */
function framesOf(stack: string): string[] {
  const frames: string[] = [];
  for (const line of stack.split('\n')) {
    // Chromium: `at f (url:1:2)`; Safari and Firefox: `f@url:1:2`.
    const frame = /^\s*(?:at\s+)?(?:([\w$.<>]*)[ @]+\(?)?\S*?([\w.-]+\.js)[^:]*:(\d+):(\d+)\)?$/.exec(line);
    if (frame) frames.push(`${frame[1] ?? ''} ${frame[2] ?? ''}:${frame[3] ?? ''}:${frame[4] ?? ''}`.trim());
    if (frames.length === maxFrames) break;
  }
  return frames;
}
