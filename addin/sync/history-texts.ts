/** Texts of past syncs, their changes and undo. */
import type { ChangedOriginal } from '../../shared/api/contact-originals';
import type { SyncEnd, SyncEndReason, SyncTrigger } from '../../shared/sync-history';
import { defineTexts } from '../shell/i18n/catalogue';

export const historyTexts = defineTexts(
  {
    title: 'Last syncs',
    none: 'Nothing yet. What a sync or a file changes is listed here.',
    /** What a row's button is called. */
    open: (time: string, what: string) => `Sync of ${time}: ${what}`,
    showAll: (count: string) => `Show all ${count}`,
    showFewer: 'Show fewer',
    counts: (added: string, changed: string, removed: string) =>
      `${added} added, ${changed} changed, ${removed} removed`,
    picturesReplaced: (pictures: string) => `pictures of contacts that were there: ${pictures}`,
    noNews: 'no changes',
    times: (count: string) => `${count} times`,
    undone: 'undone',
    triggers: {
      button: 'by hand',
      ribbon: 'from the ribbon',
      schedule: 'by itself',
      unattended: 'by itself, while Outlook was closed',
      file: 'from a file',
    } satisfies Record<SyncTrigger, string>,
    ends: {
      done: 'Done',
      undone: 'Undone',
      cancelled: 'Cancelled',
      failed: 'Failed',
      interrupted: 'Broken off',
    } satisfies Record<SyncEnd, string>,
    reasons: {
      cancelled: 'at a wish',
      refused: 'the contacts were kept',
      'sign-in-needed': 'the mailbox wanted a sign-in',
      'consent-needed': 'no consent to read contacts',
      forbidden: 'not allowed by the organisation',
      'on-premises': 'no active mailbox in Microsoft 365',
      unreachable: 'the mailbox could not be reached',
      throttled: 'the mailbox had too much to do',
      'not-understood': 'the mailbox answered in an unknown way',
      failed: 'a fault',
    } satisfies Record<SyncEndReason, string>,
    undoUntil: (time: string) => `Can be undone until ${time}.`,
    undo: 'Undo this sync …',
    undoQuestion: (contacts: string) =>
      `Take this sync back? ${contacts === '1' ? 'One contact is' : `${contacts} contacts are`} then as before it. What you have edited or deleted since stays as you made it. Outlook is not changed, so the next sync asks before it does the same again.`,
    undoQuestionFile: (contacts: string) =>
      `Take this import back? ${contacts === '1' ? 'One contact is' : `${contacts} contacts are`} then as before it. What you have edited or deleted since stays as you made it.`,
    undoQuestionPictures: (pictures: string) =>
      `Take this import back? ${pictures === '1' ? 'One picture is' : `${pictures} pictures are`} then as before it. What you have edited or deleted since stays as you made it.`,
    undoConfirm: 'Undo',
    undoing: 'Undoing …',
    undoDone: (restored: string) =>
      `Undone: ${restored === '1' ? 'one contact is as it was' : `${restored} contacts are as they were`} before.`,
    undoLeft: (left: string) =>
      left === '1'
        ? 'One that you edited or deleted since stayed as it is.'
        : `${left} that you edited or deleted since stayed as they are.`,
    undoneAt: (time: string) => `Undone on ${time}.`,
    kinds: 'Kinds of changes',
    all: 'All',
    added: 'Added',
    changed: 'Changed',
    removed: 'Removed',
    kindCount: (kind: string, count: string) => `${kind}: ${count}`,
    search: 'Name',
    changes: 'Changes',
    noChanges: 'This sync changed nothing.',
    noHits: 'No change of such a contact.',
    gone: 'This sync is not remembered any more.',
    openContact: (name: string) => `Open contact ${name}`,
    unnamed: 'Without a name',
    originals: (count: string) => `Yours and Outlook's differ: ${count}`,
    originalsHint: 'You have edited these contacts here, and since then they have changed in Outlook. Yours are kept.',
    originalStates: { changed: 'changed in Outlook', gone: 'gone in Outlook' } satisfies Record<
      ChangedOriginal['state'],
      string
    >,
    openOriginal: (name: string, state: string) => `Open contact ${name}, ${state}`,
  },
  {
    title: 'Letzte Abgleiche',
    none: 'Noch keine. Hier steht, was ein Abgleich oder eine Datei geändert hat.',
    open: (time, what) => `Abgleich vom ${time}: ${what}`,
    showAll: (count) => `Alle ${count} zeigen`,
    showFewer: 'Weniger zeigen',
    counts: (added, changed, removed) => `${added} neu, ${changed} geändert, ${removed} entfernt`,
    picturesReplaced: (pictures) => `Bilder vorhandener Kontakte: ${pictures}`,
    noNews: 'nichts geändert',
    times: (count) => `${count}-mal`,
    undone: 'rückgängig gemacht',
    triggers: {
      button: 'von Hand',
      ribbon: 'über das Menüband',
      schedule: 'von selbst',
      unattended: 'von selbst, bei geschlossenem Outlook',
      file: 'aus einer Datei',
    },
    ends: {
      done: 'Fertig',
      undone: 'Rückgängig gemacht',
      cancelled: 'Abgebrochen',
      failed: 'Fehlgeschlagen',
      interrupted: 'Unterbrochen',
    },
    reasons: {
      cancelled: 'auf Wunsch',
      refused: 'die Kontakte wurden behalten',
      'sign-in-needed': 'das Postfach verlangte eine Anmeldung',
      'consent-needed': 'keine Zustimmung, Kontakte zu lesen',
      forbidden: 'von der Organisation nicht erlaubt',
      'on-premises': 'kein aktives Postfach in Microsoft 365',
      unreachable: 'das Postfach war nicht erreichbar',
      throttled: 'das Postfach hatte zu viel zu tun',
      'not-understood': 'unverständliche Antwort des Postfachs',
      failed: 'ein Fehler',
    },
    undoUntil: (time) => `Kann bis ${time} rückgängig gemacht werden.`,
    undo: 'Rückgängig machen …',
    undoQuestion: (contacts) =>
      `Diesen Abgleich rückgängig machen? ${contacts === '1' ? 'Ein Kontakt ist' : `${contacts} Kontakte sind`} dann wie vorher. Was Sie seither bearbeitet oder gelöscht haben, bleibt so. Outlook wird nicht geändert; der nächste Abgleich fragt deshalb, bevor er dasselbe wieder tut.`,
    undoQuestionFile: (contacts) =>
      `Diesen Import rückgängig machen? ${contacts === '1' ? 'Ein Kontakt ist' : `${contacts} Kontakte sind`} dann wie vorher. Was Sie seither bearbeitet oder gelöscht haben, bleibt so.`,
    undoQuestionPictures: (pictures) =>
      `Diesen Import rückgängig machen? ${pictures === '1' ? 'Ein Bild ist' : `${pictures} Bilder sind`} dann wie vorher. Was Sie seither bearbeitet oder gelöscht haben, bleibt so.`,
    undoConfirm: 'Rückgängig machen',
    undoing: 'Wird rückgängig gemacht …',
    undoDone: (restored) =>
      `Rückgängig gemacht: ${restored === '1' ? 'Ein Kontakt ist' : `${restored} Kontakte sind`} wie vorher.`,
    undoLeft: (left) =>
      left === '1'
        ? 'Einer, den Sie seither bearbeitet oder gelöscht haben, blieb so.'
        : `${left}, die Sie seither bearbeitet oder gelöscht haben, blieben so.`,
    undoneAt: (time) => `Rückgängig gemacht am ${time}.`,
    kinds: 'Arten der Änderungen',
    all: 'Alle',
    added: 'Neu',
    changed: 'Geändert',
    removed: 'Entfernt',
    kindCount: (kind, count) => `${kind}: ${count}`,
    search: 'Name',
    changes: 'Änderungen',
    noChanges: 'Dieser Abgleich hat nichts geändert.',
    noHits: 'Keine Änderung an einem solchen Kontakt.',
    gone: 'An diesen Abgleich erinnert sich der Dienst nicht mehr.',
    openContact: (name) => `Kontakt ${name} öffnen`,
    unnamed: 'Ohne Namen',
    originals: (count) => `Anders als in Outlook: ${count}`,
    originalsHint:
      'Diese Kontakte haben Sie hier bearbeitet, und seither wurden sie in Outlook geändert. Ihre bleiben bestehen.',
    originalStates: { changed: 'in Outlook geändert', gone: 'in Outlook nicht mehr da' },
    openOriginal: (name, state) => `Kontakt ${name} öffnen, ${state}`,
  },
);
