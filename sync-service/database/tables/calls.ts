/** Commands that made a call. Times are ISO 8601 UTC texts. */

/** A command is claimed before it acts, so that of several instances one does it. */
export interface CallRequestsTable {
  /** User, kind of command and the client's request id. */
  request: string;
  user_id: string;
  /** The call as JSON; null while the command is under way. */
  answer: string | null;
  /** How long it is remembered. */
  until: string;
}
