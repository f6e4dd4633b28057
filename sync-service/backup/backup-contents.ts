/** What of a data directory is data, and what can be made again. Pure. */

/** Top-level entries that belong to the directory and not to its data; the database is copied by itself. */
const leftOut: readonly RegExp[] = [
  /^mycontacts\.db/,
  /^service\.lock/,
  /^secret\.key$/,
  /^backups$/,
  /^pane-files$/,
  /^caches?$/,
  /^before-restore-/,
  /^restoring-/,
  /\.partial$/,
];

export function isData(topLevelName: string): boolean {
  return !leftOut.some((pattern) => pattern.test(topLevelName));
}

/** Entries that do not make a directory one with data in it. */
export function isPresentData(topLevelName: string): boolean {
  return !/^(service\.lock.*|secret\.key|restoring-.*|before-restore-.*|pane-files|backups)$/.test(topLevelName);
}
