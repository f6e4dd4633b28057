interface Note {
  readonly point: boolean;
  readonly text: string;
}
interface ReadRelease {
  readonly version: string;
  readonly date?: string;
  readonly notes: readonly Note[];
}
export function readChangelog(text: string): ReadRelease[];
export function joinLanguages(
  english: readonly ReadRelease[],
  german: readonly ReadRelease[],
): { version: string; date?: string; notes: { en: readonly Note[]; de?: readonly Note[] } }[];
