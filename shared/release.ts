/** Releases of the product: their numbers and what is new in them. */
import * as z from 'zod/mini';

/** A line of release notes: a sentence, or a point of a list. Plain text. */
export const releaseNoteSchema = z.object({ point: z.boolean(), text: z.string() });
export type ReleaseNote = z.infer<typeof releaseNoteSchema>;

/** One release, as the service tells it. */
export const releaseSchema = z.object({
  version: z.string(),
  /** Day of the release, `2026-11-27`; absent while it is not released. */
  date: z.optional(z.string()),
  notes: z.object({
    en: z.array(releaseNoteSchema),
    /** Absent where nobody has written them in German. */
    de: z.optional(z.array(releaseNoteSchema)),
  }),
});
export type Release = z.infer<typeof releaseSchema>;

const versionPattern = /^v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/** True for what {@link compareVersions} can compare: the numbers of https://semver.org. */
export function isVersion(text: string): boolean {
  return versionPattern.test(text);
}

/**
 * Below zero when `a` is older than `b`, above when it is newer, by the precedence of https://semver.org §11. What is no
 * version is older than every version.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [versionPattern.exec(a), versionPattern.exec(b)];
  if (!left || !right) return Number(left !== null) - Number(right !== null);
  for (const part of [1, 2, 3]) {
    const difference = Number(left[part]) - Number(right[part]);
    if (difference !== 0) return difference;
  }
  return comparePreReleases(left[4], right[4]);
}

/** A version without a word behind it is newer than the same one with it. */
function comparePreReleases(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(b !== undefined) - Number(a !== undefined);
  const [left, right] = [a.split('.'), b.split('.')];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [one, other] = [left[index], right[index]];
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1;
    const numeric = [one, other].map((part) => /^\d+$/.test(part));
    if (numeric[0] && numeric[1]) {
      if (Number(one) !== Number(other)) return Number(one) - Number(other);
    } else if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1;
    else if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}
