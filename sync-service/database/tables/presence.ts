/** Tables of presence and forwarding. Times are ISO 8601 UTC texts with milliseconds, booleans 0 or 1. */

/** Whoever has no row is in the office and visible to all. */
export interface PresenceTable {
  user_id: string;
  status: string;
  return_at: string | null;
  /** The planned return as it was set: wall time and zone. Null where it came as an instant. */
  return_wall_time: string | null;
  return_time_zone: string | null;
  /** The information text. */
  information: string | null;
  visibility: string;
  sick_visible: number;
  changed_at: string;
  changed_by: string;
  /** The telephone system has confirmed it. */
  in_force: number;
}

/** Whoever has no row has the defaults. */
export interface ForwardingTable {
  user_id: string;
  /** Targets by status as JSON. */
  rules: string;
  changed_at: string;
  changed_by: string;
  /** The telephone system has confirmed it. */
  in_force: number;
}

/** Extensions at which something is published: withdrawn there when they are nobody's any more. Names no user. */
export interface PublishedExtensionsTable {
  site_id: string;
  extension: string;
}
