import { openMunich } from '../unit/people/open-people';
import { directorySourceContract } from './directory-source';

const elsewhere = { name: 'Elsewhere', dialPlan: { countryCode: '49', areaCode: '89', trunkAccessCode: '0' } };

/** An installation with the site of the contract and another one, whose people see nothing of it. */
async function openSites(inMemory: boolean) {
  const opened = await openMunich({ inMemory });
  const { people, database } = opened;
  await people.sites.saveSites('test', [elsewhere], 'add');
  const { id } = await people.sites.siteNamed(elsewhere.name);
  const stranger = { ...opened.viewer, siteId: id };
  return { people, viewer: opened.viewer, stranger, close: () => database.destroy() };
}

for (const [where, inMemory] of [
  ['in the database', false],
  ['in memory', true],
] as const) {
  directorySourceContract(
    `internal ${where}`,
    'internal',
    async (entries) => {
      const { people, ...subject } = await openSites(inMemory);
      const wishes = entries.map(({ displayName, number, email }, index) => ({
        site: 'München',
        userName: `user-${index}`,
        displayName,
        ...(/^\d{3}$/.test(number) ? { extension: number } : {}),
        ...(email === undefined ? {} : { email }),
      }));
      await people.users.saveUsers('test', wishes, 'add');
      return { ...subject, source: people.internalDirectory };
    },
    { numbers: ['331', '332', '345'] },
  );

  directorySourceContract(
    `system ${where}`,
    'system',
    async (entries) => {
      const { people, ...subject } = await openSites(inMemory);
      const wishes = entries.map(({ displayName, number }) => ({ site: 'München', name: displayName, number }));
      await people.groups.saveSpeedDials('test', wishes, 'add');
      return { ...subject, source: people.systemDirectory };
    },
    { emails: false },
  );
}
