/** Reads a changelog (`## 1.2.0 (2026-11-27)`, sentences and points below) into what the service tells of releases. */

/** @returns {{version: string, date?: string, notes: {point: boolean, text: string}[]}[]} in the order of the text. */
export function readChangelog(text) {
  const releases = [];
  let open;
  for (const line of text.split(/\r?\n/)) {
    const heading = /^##\s+v?(\d\S*)(?:\s+\((?:(\d{4}-\d{2}-\d{2})|[^)]*)\))?\s*$/.exec(line);
    if (heading) {
      open = undefined;
      releases.push({ version: heading[1], ...(heading[2] && { date: heading[2] }), notes: [] });
      continue;
    }
    const release = releases.at(-1);
    const written = line.trim();
    if (release === undefined || written === '' || /^#/.test(written)) {
      open = undefined;
      continue;
    }
    const point = /^[-*]\s+/.test(written);
    const words = plain(written.replace(/^[-*]\s+/, ''));
    // A line that begins no point goes on with the one before.
    if (open && !point) open.text += ` ${words}`;
    else release.notes.push((open = { point, text: words }));
  }
  return releases;
}

/** The releases of the English changelog with the German notes of those that have some. */
export function joinLanguages(english, german) {
  return english.map(({ notes, ...release }) => {
    const de = german.find(({ version }) => version === release.version)?.notes;
    return { ...release, notes: { en: notes, ...(de?.length && { de }) } };
  });
}

/** Without the marks for code, emphasis and links: the pane shows plain text. */
function plain(markdown) {
  return markdown
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replaceAll('`', '');
}
