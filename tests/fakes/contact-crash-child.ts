/**
 * A process that syncs and is killed by itself, without a word, at a place that its arguments name:
 * `FILE batch:N` after the N-th batch, `FILE id:N` in the middle of a commit, `FILE committed` right behind it.
 */
import { createContactJobs } from '../../sync-service/contacts/contact-jobs';
import { createInlineWork } from '../../sync-service/database/background-work';
import { openDatabase } from '../../sync-service/database/database';
import { crashBatches, crashOpen } from './contact-crash-story';
import { createContactWorld } from './contact-world';

const [file = '', place = ''] = process.argv.slice(2);
const die = () => process.kill(process.pid, 'SIGKILL');

let committing = false;
let ids = 0;
const world = await createContactWorld(openDatabase(file), (deps) =>
  createInlineWork(
    createContactJobs({
      ...deps,
      newId: () => {
        ids += 1;
        if (committing && place === `id:${ids}`) die();
        return `second-${ids}`;
      },
    }),
  ),
);
const { id } = await world.syncs.open('u', crashOpen('second', 1));
for (const [index, batch] of crashBatches('second').entries()) {
  await world.syncs.putBatch('u', id, index + 1, batch);
  if (place === `batch:${index + 1}`) die();
}
committing = true;
await world.syncs.commit('u', id, {});
if (place === 'committed') die();
