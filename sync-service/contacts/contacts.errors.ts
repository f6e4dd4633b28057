/** What callers of contacts and syncs are told, in one place. */
import { ServiceError } from '../../shared/errors';

export const contactNotFound = () =>
  new ServiceError('not-found', 'There is no such contact in your personal directory. Read the list again.');

export const contactChanged = (version: number) =>
  new ServiceError('version-conflict', 'The contact was changed meanwhile. Read it again and repeat the change.', {
    details: [{ field: 'if-match', reason: 'version', value: version }],
  });

export const nothingToShow = () =>
  new ServiceError('request-invalid', 'A contact needs a name, a company or an e-mail address.', {
    details: [{ field: 'body.displayName', reason: 'no-name' }],
  });

export const cursorInvalid = () =>
  new ServiceError('request-invalid', 'The cursor is not one that this list has given out. Read from the beginning.', {
    details: [{ field: 'query.cursor', reason: 'invalid' }],
  });

export const syncRunning = (by: string, since: string, retryAfterMs: number) =>
  new ServiceError(
    'sync-running',
    `This account is being synced by ${by} since ${since}. Wait for it or try again later.`,
    {
      details: [
        { reason: 'by', value: by },
        { reason: 'since', value: since },
      ],
      retryAfterMs,
    },
  );

/** `generation` is the newest one. */
export const syncOutdated = (generation: number) =>
  new ServiceError('sync-outdated', 'The account was synced meanwhile. Read its generation again and begin again.', {
    details: [{ reason: 'generation', value: generation }],
  });

export const syncUnknown = () =>
  new ServiceError('sync-unknown', 'The sync is unknown, ended or its lease has run out. Begin again.');

export const historyNotFound = () =>
  new ServiceError('not-found', 'There is no such sync in your history. Read the list again.');

export const undoNotPossible = () =>
  new ServiceError('undo-not-possible', 'Only the last sync that changed something can be undone, within a day.');

export const originalNotFound = () =>
  new ServiceError('not-found', 'This contact was not made from one of Outlook, or nothing is known of the original.');

export const batchesMissing = (missing: readonly number[]) =>
  new ServiceError('sync-incomplete', 'Batches are missing; send them, then commit again.', {
    details: missing.slice(0, 20).map((n) => ({ field: 'batches', reason: 'missing', value: n })),
  });

export const foldersUnfinished = (names: readonly string[]) =>
  new ServiceError('sync-incomplete', 'Not every folder was told to its end; send the rest, then commit again.', {
    details: names.slice(0, 20).map((name) => ({ field: 'folder', reason: 'unfinished', value: name })),
  });

export const stagedTooMuch = (limit: number) =>
  new ServiceError('body-too-large', 'The sync has staged more than one sync may hold. Cancel it.', {
    details: [{ reason: 'staged-length', value: limit }],
  });

export const tooManyAccounts = (limit: number) =>
  new ServiceError('request-invalid', 'There are too many source accounts. Delete the imported contacts first.', {
    details: [{ field: 'body.account', reason: 'too-many', value: limit }],
  });

export const pictureNotFound = () => new ServiceError('not-found', 'None of your contacts has this picture any more.');

interface HeldBack {
  readonly planHash: string;
  readonly removed: number;
  readonly remaining: number;
  readonly until: string;
}

export const removalNeedsConfirmation = (held: HeldBack) =>
  new ServiceError(
    'removal-needs-confirmation',
    `The sync would remove ${held.removed} contacts and leave ${held.remaining}. Confirm it with the plan hash, or cancel it.`,
    { details: heldDetails(held) },
  );

export const confirmationOutdated = (held: Omit<HeldBack, 'until'>) =>
  new ServiceError('confirmation-outdated', 'The plan is not any more the one that was confirmed. Look at it again.', {
    details: heldDetails(held),
  });

function heldDetails(held: Omit<HeldBack, 'until'> & { readonly until?: string }) {
  return [
    { reason: 'planHash', value: held.planHash },
    { reason: 'removed', value: held.removed },
    { reason: 'remaining', value: held.remaining },
    ...(held.until === undefined ? [] : [{ reason: 'until', value: held.until }]),
  ];
}
