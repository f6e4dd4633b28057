/**
 * One truth in two places (DESIGN §7): what is wished here and what is in force at the telephone system. The later change
 * wins, in both directions. Pure.
 */

/** What both places keep beside the content. */
export interface Dated {
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

export type Reconciliation =
  /** Both are the same. */
  | 'confirmed'
  /** Ours is to be written there. */
  | 'publish'
  /** Theirs is to be taken. */
  | 'take'
  /** Theirs is later and may not be: ours is written there anew, with a later time. */
  | 'put-back';

/** `sameContent` compares what is not the time; `allowed` says whether what is in force there may be. */
export function reconcilePublished<Ours extends Dated, Theirs extends Dated>(
  desired: Ours,
  inForce: Theirs | undefined,
  sameContent: (desired: Ours, inForce: Theirs) => boolean,
  allowed: (inForce: Theirs) => boolean,
): Reconciliation {
  if (inForce === undefined || inForce.changedAt < desired.changedAt) return 'publish';
  if (sameContent(desired, inForce)) return 'confirmed';
  // At the same time ours is written: what is equally late does not keep it out.
  if (inForce.changedAt === desired.changedAt) return 'publish';
  return allowed(inForce) ? 'take' : 'put-back';
}
