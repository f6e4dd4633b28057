/**
 * The item that is open in Outlook, in one shape. Outlook has five: a mail or an appointment, read or written, and none
 * at all (a pinned pane with an empty selection). While writing, each field is a small object that is asked with a callback.
 */

/** What a person is in the open item. */
export type PersonRole = 'from' | 'to' | 'cc' | 'organizer' | 'attendee';

export interface ItemPerson {
  readonly role: PersonRole;
  /** As Outlook shows it; empty where only the address is known. */
  readonly name: string;
  /** SMTP address as written. */
  readonly email: string;
}

export interface OpenItem {
  /** Absent while the item is being written. */
  readonly id?: string;
  readonly subject: string;
  /** In the order of the item: sender or organizer first. Nobody twice in one role. */
  readonly people: readonly ItemPerson[];
}

/** `getAsync` of one field of an item that is being written. */
interface AsyncField<T> {
  getAsync(callback: (result: Office.AsyncResult<T>) => void): void;
}

/** Any of Outlook's item shapes: every field may be absent, there at once, or to be asked. */
export interface AnyItem {
  readonly itemId?: string;
  readonly subject?: string | AsyncField<string>;
  readonly from?: PersonDetails | AsyncField<PersonDetails>;
  readonly organizer?: PersonDetails | AsyncField<PersonDetails>;
  readonly to?: readonly PersonDetails[] | AsyncField<PersonDetails[]>;
  readonly cc?: readonly PersonDetails[] | AsyncField<PersonDetails[]>;
  readonly requiredAttendees?: readonly PersonDetails[] | AsyncField<PersonDetails[]>;
  readonly optionalAttendees?: readonly PersonDetails[] | AsyncField<PersonDetails[]>;
}

/** The part of `Office.EmailAddressDetails` that is used. */
export type PersonDetails = Pick<Office.EmailAddressDetails, 'displayName' | 'emailAddress'>;

/** Milliseconds after which a field that does not answer is left out. */
const fieldTimeoutMs = 3000;

/** Reads the item. A field that fails or does not answer is left out; never rejects. */
export async function readOpenItem(item: AnyItem): Promise<OpenItem> {
  const [subject, from, organizer, to, cc, required, optional] = await Promise.all([
    field<string>(item.subject),
    field<PersonDetails>(item.from),
    field<PersonDetails>(item.organizer),
    field<readonly PersonDetails[]>(item.to),
    field<readonly PersonDetails[]>(item.cc),
    field<readonly PersonDetails[]>(item.requiredAttendees),
    field<readonly PersonDetails[]>(item.optionalAttendees),
  ]);
  const people = [
    ...persons('from', from ? [from] : []),
    ...persons('organizer', organizer ? [organizer] : []),
    ...persons('to', to ?? []),
    ...persons('cc', cc ?? []),
    ...persons('attendee', [...(required ?? []), ...(optional ?? [])]),
  ];
  return { ...(item.itemId ? { id: item.itemId } : {}), subject: subject ?? '', people: distinct(people) };
}

function field<T>(value: T | AsyncField<T> | undefined): Promise<T | undefined> {
  if (!isAsyncField<T>(value)) return Promise.resolve(value ?? undefined);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), fieldTimeoutMs);
    try {
      value.getAsync((result) => {
        clearTimeout(timer);
        resolve(String(result.status) === 'succeeded' ? result.value : undefined);
      });
    } catch {
      // Some hosts throw for a field that the item does not have.
      clearTimeout(timer);
      resolve(undefined);
    }
  });
}

function isAsyncField<T>(value: T | AsyncField<T> | undefined): value is AsyncField<T> {
  return typeof value === 'object' && value !== null && 'getAsync' in value;
}

function persons(role: PersonRole, details: readonly PersonDetails[]): ItemPerson[] {
  return details
    .filter((detail) => detail.emailAddress || detail.displayName)
    .map((detail) => ({ role, name: detail.displayName, email: detail.emailAddress }));
}

function distinct(people: readonly ItemPerson[]): ItemPerson[] {
  const seen = new Set<string>();
  return people.filter(({ role, name, email }) => {
    const key = `${role} ${(email || name).toLowerCase()}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
