/** What is published, as it travels to the dialplan (contexts `uc-db-…`) and comes back from it. Pure. */
import { presenceAuthors, presenceStatuses, presenceTextProblem, presenceVisibilities } from '../../../shared/presence';
import type { PresenceStatus } from '../../../shared/presence';
import type {
  PublishCommand,
  PublishedForwarding,
  PublishedPresence,
  PublishedState,
  PublishedTarget,
} from '../telephone-system';
import { field } from './ami-message';
import type { AmiMessage } from './ami-message';

/** A line to Asterisk's manager may have 1024 letters, its name included. */
const longestValue = 900;
/** As many pieces as the dialplan joins. */
const textPieces = 4;
/** So many extensions are asked for at once. */
const batchSize = 50;

/** Letters, digits and `%-._` only: nothing of it can end a value or an expression on its way. */
function encodeText(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*~]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** Variables of the dialplan for a command that {@link assertPublishable} has let through. */
export function publishVariables({ extension, owner, presence, forwarding }: PublishCommand): string[] {
  const variables: Record<string, string> = { UC_AT: extension, UC_OWNER: owner };
  if (presence !== undefined) {
    variables.UC_STATUS = presence.status;
    variables.UC_VISIBILITY = presence.visibility;
    variables.UC_CHANGED = String(presence.changedAt);
    variables.UC_BY = presence.changedBy;
    if (presence.returnAt !== undefined) variables.UC_RETURN = String(Math.floor(presence.returnAt / 1000));
    const text = encodeText(presence.text ?? '');
    for (let piece = 0; piece < textPieces; piece++) {
      variables[`UC_TEXT${piece + 1}`] = text.slice(piece * longestValue, (piece + 1) * longestValue);
    }
  }
  if (forwarding !== undefined) {
    variables.UC_FORWARD = '1';
    for (const [index, status] of presenceStatuses.entries()) {
      const target = forwarding.targets[status];
      if (target !== undefined) {
        variables[`UC_TO${index + 1}`] = typeof target === 'object' ? target.dialString : target;
      }
    }
    variables.UC_FORWARD_CHANGED = String(forwarding.changedAt);
    variables.UC_FORWARD_BY = forwarding.changedBy;
  }
  return Object.entries(variables).map(([name, value]) => `${name}=${value}`);
}

/** Extensions as they are asked for, in portions that a line can hold. */
export function extensionBatches(extensions: readonly string[]): string[][] {
  const batches: string[][] = [];
  let length = longestValue;
  for (const extension of extensions) {
    const last = batches.at(-1);
    length += extension.length + 1;
    if (last === undefined || length > longestValue || last.length === batchSize) {
      batches.push([extension]);
      length = extension.length + 1;
    } else last.push(extension);
  }
  return batches;
}

/** One of the words, if it is one. */
const wordOf = <W extends string>(words: readonly W[], text: string | undefined): W | undefined =>
  words.find((word) => word === text);
const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

function textOf(written: string | undefined): string | undefined {
  if (written === undefined) return undefined;
  const text = Buffer.from(written, 'base64').toString('utf8');
  // Somebody may have written into the database by hand what nobody can type.
  return presenceTextProblem(text) === undefined ? text : undefined;
}

function presenceOf(event: AmiMessage): PublishedPresence | undefined {
  const status = wordOf(presenceStatuses, field(event, 'Status'));
  if (status === undefined) return undefined;
  const returnAt = numberOf(field(event, 'Return'));
  const text = textOf(field(event, 'Text'));
  return {
    status,
    ...(returnAt === undefined ? {} : { returnAt: returnAt * 1000 }),
    ...(text === undefined ? {} : { text }),
    // What is not understood is told to nobody.
    visibility: wordOf(presenceVisibilities, field(event, 'Visibility')) ?? 'not-visible',
    changedAt: numberOf(field(event, 'Changed')) ?? 0,
    changedBy: wordOf(presenceAuthors, field(event, 'By')) ?? 'system',
  };
}

function forwardingOf(event: AmiMessage): PublishedForwarding | undefined {
  const changedAt = numberOf(field(event, 'ForwardChanged'));
  if (changedAt === undefined) return undefined;
  const targets: Partial<Record<PresenceStatus, PublishedTarget>> = {};
  for (const written of (field(event, 'Targets') ?? '').split('/')) {
    const [name, where = ''] = written.split(':');
    const status = wordOf(presenceStatuses, name);
    if (status === undefined) continue;
    if (where === 'voicemail') targets[status] = 'voicemail';
    else if (/^\d{1,32}$/.test(where)) targets[status] = { dialString: where };
  }
  return { targets, changedAt, changedBy: wordOf(presenceAuthors, field(event, 'ForwardBy')) ?? 'system' };
}

/** What a `UcState` event says; undefined where it names no extension. */
export function stateOf(event: AmiMessage): PublishedState | undefined {
  const extension = field(event, 'Extension');
  if (extension === undefined) return undefined;
  const userId = field(event, 'Owner');
  if (userId === undefined) return { extension };
  const presence = presenceOf(event);
  const forwarding = forwardingOf(event);
  return {
    extension,
    userId,
    ...(presence === undefined ? {} : { presence }),
    ...(forwarding === undefined ? {} : { forwarding }),
  };
}
