/** What the directories show of a user, a group or a speed dial, and under which keys it is found. Pure. */
import type { ContactNumber } from '../../shared/contact';
import type { DialPlan } from '../../shared/dial-plan';
import type { DirectoryItem } from '../../shared/directory';
import { nameKeys, numberKeys, sortKey } from '../../shared/directory-keys';
import { emailKey } from './people-model';
import type { NumberRules } from './people-model';
import type { GroupRow, SpeedDialRow } from './people-groups-store';
import type { UserRow } from './people-store';

/** What an entry is of. */
export const entryKinds = ['user', 'group', 'speed-dial'] as const;

/** One row of a directory with the keys it is found by. */
export interface DirectoryEntry {
  readonly id: string;
  readonly siteId: string;
  readonly directory: 'internal' | 'system';
  readonly kind: (typeof entryKinds)[number];
  readonly sortKey: string;
  readonly keys: readonly string[];
}

/** The user's entry; undefined when he is not shown in the phone book or disabled. */
export function entryOfUser(user: UserRow, plan: DialPlan, rules: NumberRules): DirectoryEntry | undefined {
  if (user.in_directory === 0 || user.disabled_at !== null) return undefined;
  const names = [user.display_name, user.given_name, user.surname].filter((name) => name !== null);
  const inside = user.extension === null ? [] : extensionNumbers(user.extension, plan, rules);
  const numbers = [...inside, ...furtherNumbers(user, plan, rules)];
  const emails = addressesOf(user).map(addressKey);
  return {
    id: user.id,
    siteId: user.site_id,
    directory: 'internal',
    kind: 'user',
    sortKey: sortKey(user.display_name),
    keys: unique([...nameKeys(names), ...numbers.flatMap(numberKeys), ...emails]),
  };
}

/** The group's entry; undefined when it is not shown in the phone book. */
export function entryOfGroup(group: GroupRow, plan: DialPlan, rules: NumberRules): DirectoryEntry | undefined {
  if (group.in_directory === 0) return undefined;
  return {
    id: group.id,
    siteId: group.site_id,
    directory: 'internal',
    kind: 'group',
    sortKey: sortKey(group.name),
    keys: unique([...nameKeys([group.name]), ...extensionNumbers(group.extension, plan, rules).flatMap(numberKeys)]),
  };
}

export function entryOfSpeedDial(speedDial: SpeedDialRow, plan: DialPlan, rules: NumberRules): DirectoryEntry {
  return {
    id: speedDial.id,
    siteId: speedDial.site_id,
    directory: 'system',
    kind: 'speed-dial',
    sortKey: sortKey(speedDial.name),
    keys: unique([...nameKeys([speedDial.name]), ...numberKeys(rules.read(speedDial.raw, plan))]),
  };
}

export function itemOfUser(user: UserRow, plan: DialPlan, rules: NumberRules): DirectoryItem {
  return {
    id: user.id,
    directory: 'internal',
    displayName: user.display_name,
    numbers: [
      ...(user.extension === null ? [] : extensionNumbers(user.extension, plan, rules).slice(0, 1)),
      ...furtherNumbers(user, plan, rules),
    ],
    emails: addressesOf(user),
    ...(user.picture === null ? {} : { picture: user.picture }),
  };
}

/** Mobile and external number. */
function furtherNumbers(user: UserRow, plan: DialPlan, rules: NumberRules): ContactNumber[] {
  const numbers = [
    { kind: 'mobile', raw: user.mobile_number },
    { kind: 'other', raw: user.external_number },
  ] as const;
  return numbers.flatMap(({ kind, raw }) => (raw === null ? [] : [{ kind, ...rules.read(raw, plan) }]));
}

/** The one that the user gives first. */
function addressesOf(user: UserRow): string[] {
  const addresses = [user.profile_email, user.email].filter((address) => address !== null);
  return addresses.filter((address, index) => addresses.map(emailKey).indexOf(emailKey(address)) === index);
}

export function itemOfGroup(group: GroupRow, plan: DialPlan, rules: NumberRules): DirectoryItem {
  return {
    id: group.id,
    directory: 'internal',
    displayName: group.name,
    numbers: extensionNumbers(group.extension, plan, rules).slice(0, 1),
    emails: [],
    isGroup: true,
  };
}

export function itemOfSpeedDial(speedDial: SpeedDialRow, plan: DialPlan, rules: NumberRules): DirectoryItem {
  const reading = rules.read(speedDial.raw, plan);
  const isInternal = reading.extension !== undefined && (reading.e164 === undefined || isInBlock(reading.e164, plan));
  return {
    id: speedDial.id,
    directory: 'system',
    displayName: speedDial.name,
    numbers: [{ kind: isInternal ? 'internal' : 'business', ...reading }],
    emails: [],
  };
}

/**
 * An extension in all its forms: dialled as it is inside, and behind each number block of the site from outside. At
 * least one; the first is the one to show.
 */
export function extensionNumbers(extension: string, plan: DialPlan, rules: NumberRules): ContactNumber[] {
  const inside: ContactNumber = { kind: 'internal', raw: extension, extension, dialable: extension };
  const outside = plan.numberBlocks.flatMap((block) => {
    const { e164, display } = rules.read(block + extension, plan);
    if (e164 === undefined) return [];
    return [{ ...inside, e164, ...(display === undefined ? {} : { display }) }];
  });
  return outside.length === 0 ? [inside] : outside;
}

/** The extension that a number reaches inside the site; undefined when it leads outside. */
export function reachedExtension(
  number: { readonly e164?: string | undefined; readonly extension?: string | undefined },
  plan: DialPlan,
): string | undefined {
  if (number.e164 === undefined) return number.extension;
  const block = plan.numberBlocks.find((prefix) => number.e164?.startsWith(prefix));
  const rest = block === undefined ? '' : number.e164.slice(block.length);
  return rest.length === plan.extensionLength ? rest : undefined;
}

/** Key of an e-mail address; its prefix keeps it apart from words and numbers. */
export function addressKey(email: string): string {
  return `e:${emailKey(email)}`;
}

function isInBlock(e164: string, plan: DialPlan): boolean {
  return plan.numberBlocks.some((block) => e164.startsWith(block));
}

function unique(keys: readonly string[]): string[] {
  return [...new Set(keys)];
}
