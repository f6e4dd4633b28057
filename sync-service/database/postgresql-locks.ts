/** Keys of the advisory locks by which instances on one PostgreSQL database know of each other. Never changed once released. */

/** Held by whoever writes, for the time of his transaction. */
export const writersLock = '7281394001';
/** Held by every running service together, or by a command that replaces or upgrades the database alone. */
export const installationLock = '7281394002';
