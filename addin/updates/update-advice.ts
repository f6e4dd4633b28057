/** What the pane does when the service runs another version than the pane was built as. Pure. */

/** `still-old`: it was reloaded for that version and is the old one nevertheless. */
export type UpdateAdvice = 'none' | 'wait' | 'reload' | 'offer' | 'put-off' | 'still-old';

/** `used`: somebody has just pressed or typed something. */
export type Occupation = 'nothing' | 'used' | 'under-way';

export interface UpdateSigns {
  readonly pane: string;
  /** Undefined before the service has told it. */
  readonly service: string | undefined;
  /** Version for which this page was reloaded last. */
  readonly reloadedFor: string | undefined;
  /** What the user said; undefined until it is known. */
  readonly answer: { readonly version: string; readonly remindAt: string | null } | null | undefined;
  readonly occupation: Occupation;
  /** The service can be reached: otherwise a reload would end at an error page. */
  readonly connected: boolean;
  readonly now: number;
}

export function adviseUpdate(signs: UpdateSigns): UpdateAdvice {
  const { pane, service, reloadedFor, answer, occupation, connected, now } = signs;
  if (service === undefined || service === pane) return 'none';
  if (answer === undefined || !connected) return 'wait';
  const putOff = answer?.version === service && (answer.remindAt === null || now < Date.parse(answer.remindAt));
  if (putOff) return 'put-off';
  if (reloadedFor === service) return 'still-old';
  if (occupation === 'nothing') return 'reload';
  return occupation === 'under-way' ? 'offer' : 'wait';
}
