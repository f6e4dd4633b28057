/** A process that does a work while it has it, every few milliseconds, and notes each time in the table `acts`: `ADDRESS`. */
import { sql } from 'kysely';
import { openPostgresql } from '../../sync-service/database/database';
import { createInstances } from '../../sync-service/database/instances';
import { readPostgresqlAddress } from '../../sync-service/database/postgresql-address';
import { openServerLink } from '../../sync-service/database/server-link';
import { createLogger } from '../../sync-service/logger';
import { leaseTimes } from './lease-times';

const address = readPostgresqlAddress(process.argv[2] ?? '');
if ('problem' in address) throw new Error(address.problem);
const instances = createInstances(createLogger('silent'), 'child');
const link = await openServerLink({
  address,
  times: leaseTimes,
  onLost: () => instances.lost(),
  onRegained: () => instances.regained(),
  onNotice: (text) => instances.heard(text),
});
const database = openPostgresql(address);
instances.attach(link);
instances.onTaken(() => process.stdout.write('taken\n'));
await instances.start(['work']);
let owned = true;
setInterval(() => {
  const mine = instances.owns('work');
  if (owned && !mine) process.stdout.write('lost\n');
  owned = mine;
  if (mine) act().catch(() => undefined);
}, 5);

/** Several are under way at each moment, as far as any of them. */
async function act(): Promise<void> {
  await database.transaction().execute(async (db) => {
    if (await instances.holds(db, 'work')) await sql`insert into acts values ('child')`.execute(db);
  });
}
