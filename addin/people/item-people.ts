/** Who of the open item is shown: everybody once, in the item's order, and not the owner of the mailbox. */
import type { ItemPerson, OpenItem } from '../outlook/host';

/** Keys of one lookup (`POST directory/lookups`). */
export const maxLookups = 200;

/** The people to show. One who is in several roles is shown in the first. */
export function peopleOf(item: OpenItem | undefined, mailboxAddress: string | undefined): ItemPerson[] {
  const seen = new Set(mailboxAddress === undefined ? [] : [mailboxAddress.toLowerCase()]);
  const people = (item?.people ?? []).filter((person) => {
    const key = (person.email || person.name).toLowerCase();
    if (key === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return people.slice(0, maxLookups);
}
