/** Stored folders and contacts as Graph writes them. */
import type { StoredFolder, StoredItem } from './graph-types';

/** Every property of a contact; what nobody set is null, empty text or an empty list, each as Exchange sends it. */
export function contactJson(item: StoredItem): Record<string, unknown> {
  const { content } = item;
  const changeKey = changeKeyOf(item);
  return {
    '@odata.etag': `W/"${changeKey}"`,
    id: item.id,
    createdDateTime: item.createdAt,
    lastModifiedDateTime: item.changedAt,
    changeKey,
    categories: content.categories ?? [],
    parentFolderId: item.folderId,
    birthday: content.birthday ?? null,
    fileAs: content.fileAs ?? '',
    displayName: content.displayName ?? null,
    givenName: content.givenName ?? null,
    initials: null,
    middleName: null,
    nickName: null,
    surname: content.surname ?? null,
    title: null,
    yomiGivenName: null,
    yomiSurname: null,
    yomiCompanyName: null,
    generation: null,
    imAddresses: [],
    jobTitle: content.jobTitle ?? null,
    companyName: content.companyName ?? null,
    department: content.department ?? null,
    officeLocation: null,
    profession: null,
    businessHomePage: null,
    assistantName: null,
    manager: null,
    homePhones: content.homePhones ?? [],
    mobilePhone: content.mobilePhone ?? null,
    businessPhones: content.businessPhones ?? [],
    spouseName: null,
    personalNotes: content.personalNotes ?? '',
    children: [],
    emailAddresses: content.emailAddresses ?? [],
    primaryEmailAddress: content.emailAddresses?.[0] ?? null,
    secondaryEmailAddress: content.emailAddresses?.[1] ?? null,
    tertiaryEmailAddress: content.emailAddresses?.[2] ?? null,
    homeAddress: {},
    businessAddress: {},
    otherAddress: {},
  };
}

/** A folder. */
export function folderJson(folder: StoredFolder): Record<string, unknown> {
  return { id: folder.id, parentFolderId: folder.parentId, displayName: folder.name };
}

/** Only the chosen properties; `id` and annotations always. Without a choice everything. */
export function selected(
  json: Readonly<Record<string, unknown>>,
  select: readonly string[] | undefined,
): Record<string, unknown> {
  if (select === undefined) return { ...json };
  const kept = new Set(['id', ...select]);
  return Object.fromEntries(Object.entries(json).filter(([key]) => key.startsWith('@') || kept.has(key)));
}

/** What Graph sends of a contact of which little changed: id, folder and the changed properties alone. */
export function partial(
  json: Readonly<Record<string, unknown>>,
  item: StoredItem,
  select: readonly string[] | undefined,
): Record<string, unknown> {
  const chosen =
    select === undefined ? item.changedProperties : item.changedProperties.filter((p) => select.includes(p));
  return { ...selected(json, chosen), parentFolderId: item.folderId };
}

function changeKeyOf(item: StoredItem): string {
  return `EQAAABYAAAA${Buffer.from(`${item.id.slice(-12)}${String(item.seq).padStart(8, '0')}`).toString('base64')}`;
}
