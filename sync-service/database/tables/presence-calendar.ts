/** What was read of calendars for presence. Times are ISO 8601 UTC texts. */

export interface PresenceCalendarsTable {
  user_id: string;
  /** `{busy: [{start, end}], replies?: {start, end?}}` as JSON, milliseconds since 1970; nothing of their contents. */
  calendar: string;
  read_at: string;
  /** `pane` or `service`. */
  read_by: string;
  /** When it has to be looked at again; null: when it is read again. */
  next_at: string | null;
}
