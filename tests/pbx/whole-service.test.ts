/** The whole service on a real Asterisk: what was synced stands on the phone's display, and the journal misses nothing. */
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { journalEntrySchema } from '../../shared/journal';
import { openDatabase } from '../../sync-service/database/database';
import type { Database } from '../../sync-service/database/database';
import { checkAsterisk } from '../../sync-service/telephone-system/asterisk/check/check-asterisk';
import { startApp } from '../service/start-app';
import type { RunningApp } from '../service/start-app';
import { makeAdapter, rigPhone, silence, until } from './rig/office';
import { startPbx } from './rig/pbx';
import type { Pbx } from './rig/pbx';

let pbx: Pbx;
let database: Database;
let app: RunningApp;

const start = async (): Promise<void> => {
  app = await startApp({
    database,
    telephone: { settings: { kind: 'asterisk' }, make: () => makeAdapter(pbx) },
  });
  const anna = await app.as('anna');
  const state = async () => (await anna('GET', '/calls')).body;
  await expect.poll(state, { timeout: 10_000 }).toMatchObject({ telephoneSystem: { state: 'up' } });
};
const journalOf = async (who: 'anna' | 'bert') => {
  const { body } = await (await app.as(who))('GET', '/journal?folder=all');
  return z.parse(z.object({ items: z.array(journalEntrySchema) }), body).items;
};

beforeAll(async () => {
  pbx = await startPbx();
  database = openDatabase(':memory:');
});
afterEach(() => silence(pbx));
afterAll(async () => {
  await pbx.stop();
  await database.destroy();
});

describe('the service on Asterisk', () => {
  it('shows the name of a contact that was synced a moment before on the phone that rings', async () => {
    await start();
    const bert = await app.as('bert');
    const opened = await bert('POST', '/contact-syncs', {
      body: {
        account: { kind: 'graph', key: 'bert@example.com', name: 'Bert' },
        mode: 'delta',
        generation: 0,
        options: { skipContactsWithoutNumber: false },
      },
    });
    const { id } = z.parse(z.looseObject({ id: z.string() }), opened.body);
    const contact = {
      displayName: 'Wiebke Größe-Östermann',
      numbers: [{ kind: 'mobile', raw: '089/123-45 67' }],
      emails: [],
    };
    const changes = [{ type: 'upsert', folderId: 'contacts', itemId: 'item-1', contact }];
    const batch = {
      folders: [{ id: 'contacts', name: 'Contacts' }],
      folder: { id: 'contacts', restarted: true, state: 'state-1' },
      changes,
    };
    expect((await bert('PUT', `/contact-syncs/${id}/batches/1`, { body: batch })).status).toBe(200);
    const committed = await bert('POST', `/contact-syncs/${id}/commit`, { body: { batches: 1 } });
    expect(committed.body).toMatchObject({ result: { added: 1 } });

    await rigPhone(pbx, 'trunk').dial('331');
    const shown = await until('331 rings', () => rigPhone(pbx, '331').ringing());
    expect(shown).toEqual({ number: '+49891234567', name: 'Wiebke Größe-Östermann' });
    await silence(pbx);

    // His colleague has no such contact: her phone shows the number.
    await rigPhone(pbx, 'trunk').dial('330');
    expect((await until('330 rings', () => rigPhone(pbx, '330').ringing())).name).not.toBe('Wiebke Größe-Östermann');
    await app.stop();
  });

  it('has every call in the journal, once, that was made while it was stopped', async () => {
    await start();
    const before = { anna: (await journalOf('anna')).length, bert: (await journalOf('bert')).length };
    await app.stop();

    const [anna, bert, outside] = [rigPhone(pbx, '330'), rigPhone(pbx, '331'), rigPhone(pbx, 'trunk')];
    await anna.dial('331');
    await until('331 rings', () => bert.ringing());
    await bert.lift();
    await until('they talk', () => bert.hears().includes('330'));
    await anna.layDown();
    await silence(pbx);
    await outside.dial('331');
    await until('331 rings', () => bert.ringing());
    await outside.layDown();
    await silence(pbx);
    await bert.dial('330');
    await until('330 rings', () => anna.ringing());
    await anna.refuse();
    await silence(pbx);

    await start();
    const results = async (who: 'anna' | 'bert') =>
      (await journalOf(who))
        .slice(0, -before[who] || undefined)
        .map(({ direction, result }) => `${direction} ${result}`);
    await expect
      .poll(() => results('bert'), { timeout: 10_000 })
      .toEqual(['outgoing not-answered', 'incoming not-answered', 'incoming answered']);
    expect(await results('anna')).toEqual(['incoming not-answered', 'outgoing answered']);
    const [, missed] = await journalOf('bert');
    expect(missed?.party.name).toBe('Wiebke Größe-Östermann');
    await app.stop();

    await start();
    expect(await results('bert')).toHaveLength(3);
    await app.stop();
  });

  it('finds nothing missing in a telephone system that has all, with the rights of the service alone', async () => {
    const settings = { kind: 'asterisk', port: pbx.line.port, user: 'mycontacts', secret: { env: 'PBX_SECRET' } };
    const deps = { secrets: () => pbx.secret, logger: pino({ level: 'silent' }) };
    const phones = ['330', '331'].map((extension) => ({ extension, address: `PJSIP/${extension}`, userId: extension }));
    // What the services of the tests before have published is of people who are not in this list.
    await pbx.console('database deltree uc');
    // More than a line of Asterisk's manager would hold.
    await Promise.all(
      ['331', ...Array.from({ length: 60 }, (_, at) => `55${100 + at}`)].map((extension) =>
        pbx.console(`database put uc ${extension}/owner gone`),
      ),
    );
    const findings = await checkAsterisk(settings, phones, deps);
    expect(findings.filter(({ level }) => level === 'missing')).toEqual([]);
    const strangers = findings.find(({ text }) => text.includes('people who are gone') || text.includes('still holds'));
    expect(strangers?.add).toHaveLength(61);
    expect(strangers?.text).toMatch(/55100.*55159.*Settings of 331 belong to somebody else/);
    await pbx.console('database deltree uc');

    const strange = await checkAsterisk(settings, [{ extension: '399', address: 'PJSIP/399', userId: '399' }], deps);
    expect(
      strange
        .filter(({ level }) => level === 'missing')
        .map(({ text }) => text)
        .join('\n'),
    ).toContain('399');

    const refused = await checkAsterisk({ ...settings, user: 'nobody' }, phones, deps);
    expect(refused[0]).toMatchObject({ level: 'missing' });
    expect(JSON.stringify(refused)).not.toContain(pbx.secret);
  });
});
