/** The journal as a user uses it: real calls of the demo's telephones, and a long list that is put into its database. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { eventually } from './pane-driver';
import type { PaneDriver } from './pane-driver';
import { createPaneWorld } from './pane-world';

const world = createPaneWorld({ DEMO_CONTACTS: '60', DEMO_LATENCY_MS: '5' });

const database = () => new Database(join(world.demo().dataDirectory, 'mycontacts.db'), { timeout: 5000 });
const count = (sql: string, ...values: readonly string[]): number => {
  const open = database();
  try {
    return z.parse(z.object({ n: z.number() }), open.prepare(sql).get(...values)).n;
  } finally {
    open.close();
  }
};
const entriesOf = (userName: string, condition = '1 = 1') =>
  count(
    `select count(*) as n from journal_entries e join users u on u.id = e.user_id
     where u.user_name = ? and ${condition}`,
    userName,
  );

/** Puts calls into a user's journal, a minute apart, the newest `first` minutes ago. */
function seed(userName: string, calls: number, first = 1) {
  const open = database();
  const user = z.parse(
    z.object({ id: z.string(), site_id: z.string() }),
    open.prepare('select id, site_id from users where user_name = ?').get(userName),
  );
  const insert = open.prepare(
    `insert into journal_entries (id, user_id, site_id, call_id, direction, record_id, result, folder, number, name,
       party_key, voicemail, started_at, ended_at, open, unseen, reminded)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, 0, 0, 0)`,
  );
  const now = Date.now();
  open.exec('begin');
  // A test that is tried again begins anew.
  open.prepare('delete from journal_entries where user_id = ?').run(user.id);
  for (let call = 0; call < calls; call += 1) {
    const began = new Date(now - (first + call) * 60_000).toISOString();
    const number = `08999998${String(call).padStart(5, '0')}`;
    const [result, folderName] = call % 3 === 0 ? ['not-answered', 'missed'] : ['answered', 'answered'];
    const direction = call % 2 === 0 ? 'incoming' : 'outgoing';
    insert.run(
      ...[randomUUID(), user.id, user.site_id, randomUUID(), direction, randomUUID(), result, folderName, number],
      ...[`Caller ${call}`, number, began, new Date(Date.parse(began) + 30_000).toISOString()],
    );
  }
  open.exec('commit');
  open.close();
}

/** A colleague calls and gives up. */
async function missedCall(from: string, to: string): Promise<void> {
  const telephones = world.telephones();
  await eventually(() => telephones.activity(from), 'idle');
  await telephones.callIn(from, to);
  await eventually(() => telephones.activity(to), 'ringing');
  await telephones.layDown(from);
  await eventually(() => telephones.activity(to), 'idle');
}

/** Lets a user's newest entry remind him in a second, as another client of his would. */
async function remindSoon(userName: string): Promise<void> {
  const send = async (method: string, path: string, body?: object, token?: string): Promise<unknown> => {
    const response = await fetch(new URL(`api/v1/${path}`, world.demo().url), {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    expect(response.ok).toBe(true);
    return response.json();
  };
  const session = await send('POST', 'sessions', { userName, password: `Demo-${userName}!` });
  const { token } = z.parse(z.object({ token: z.string() }), session);
  const listed = await send('GET', 'journal?folder=all', undefined, token);
  const { items } = z.parse(z.object({ items: z.array(z.object({ id: z.string() })) }), listed);
  const remindAt = new Date(Date.now() + 1000).toISOString();
  await send('PATCH', `journal/${items[0]?.id ?? ''}`, { remindAt, note: 'Plan B' }, token);
}

const rows = (pane: PaneDriver) => pane.main.locator('[data-entry]');
const row = (pane: PaneDriver, name: RegExp) => pane.main.getByRole('button', { name });
const folder = (pane: PaneDriver, name: RegExp) => pane.main.getByRole('tab', { name });

describe('a missed call', () => {
  it('is a sign on the place until the journal is opened, is noted, reminded of, done, undone and deleted', async () => {
    const pane = await world.window('332', { viewport: { width: 320, height: 640 } });
    await missedCall('331', '332');
    const place = pane.root.getByRole('tab', { name: 'Journal, missed calls: 1', exact: true });
    await place.waitFor();
    await place.click();
    const missed = row(pane, /^Jürgen Müller, Incoming call, not answered, /);
    await missed.waitFor();
    await eventually(() => entriesOf('332', 'e.unseen = 1'), 0);
    await pane.root.getByRole('tab', { name: 'Journal', exact: true }).waitFor();
    expect(await missed.getAttribute('aria-expanded')).toBe('false');

    await missed.focus();
    await pane.page.keyboard.press('Enter');
    const details = pane.main.getByRole('region', { name: 'Details of the call: Jürgen Müller' });
    await details.getByText('The caller gave up', { exact: false }).waitFor();
    const note = details.getByLabel('Note', { exact: true });
    await note.fill('Plan B besprechen');
    await details.getByText('Not saved yet').waitFor();

    // A call that comes in meanwhile stands above, and takes nothing of what is typed.
    await missedCall('331', '332');
    await eventually(() => entriesOf('332'), 2);
    await folder(pane, /^Open calls \(2\)$/).waitFor();
    expect(await note.inputValue()).toBe('Plan B besprechen');
    await note.press('Control+Enter');
    await eventually(() => entriesOf('332', "e.note = 'Plan B besprechen'"), 1);

    await details.getByLabel('Remind me').selectOption({ index: 2 });
    await eventually(() => entriesOf('332', 'e.remind_at is not null'), 1);
    await row(pane, /Note, Reminder$/).waitFor();
    await pane.picture('journal-details-320');

    await details.getByRole('button', { name: 'Mark as done' }).click();
    await eventually(() => entriesOf('332', 'e.open = 1'), 1);
    await folder(pane, /^Open calls \(1\)$/).waitFor();
    await pane.button('Undo').click();
    await eventually(() => entriesOf('332', 'e.open = 1'), 2);
    await row(pane, /Note, Reminder$/).waitFor();

    await folder(pane, /^All calls \(2\)$/).click();
    await details.getByRole('button', { name: 'Delete entry' }).click();
    await details.getByRole('button', { name: 'Delete', exact: true }).click();
    await eventually(() => entriesOf('332'), 1);
    await folder(pane, /^All calls \(1\)$/).waitFor();
  });

  it('leaves Open when the person is reached, and dials by its number', async () => {
    const preview = await world.preview('330');
    const { pane, phone } = preview;
    await world.telephones().callIn('331', '330');
    await phone.waitFor('ringing');
    await world.telephones().layDown('331');
    await pane.root.getByRole('tab', { name: /^Journal/ }).click();
    await folder(pane, /^Open calls \(1\)$/).click();
    await row(pane, /^Jürgen Müller, Incoming call, not answered/).waitFor();
    await pane.beforeDialling();
    await pane.main.getByRole('button', { name: /^Call Jürgen Müller, / }).click();
    await phone.waitFor('ringing-to-dial');
    await phone.lift();
    await eventually(() => world.telephones().activity('331'), 'ringing');
    await world.telephones().lift('331');
    await phone.waitFor('connected');
    await phone.layDown();
    await phone.waitFor('idle');
    await folder(pane, /^Open calls \(0\)$/).waitFor();
    await pane.main.getByText('Nobody waits for you.').waitFor();
    await folder(pane, /^Missed calls \(1\)$/).click();
    await row(pane, /^Jürgen Müller, Incoming call, not answered/).waitFor();
    await folder(pane, /^Answered calls \(1\)$/).click();
    await row(pane, /^Jürgen Müller, Outgoing call, answered/).waitFor();
  });
});

describe('a reminder', () => {
  it('that is due is told in the pane, and is done there', async () => {
    const pane = await world.window('335', { viewport: { width: 320, height: 640 } });
    seed('335', 1);
    await remindSoon('335');
    const strip = pane.root.getByRole('region', { name: 'Reminders' });
    await strip.getByText('Plan B').waitFor();
    await pane.picture('journal-reminder-320');
    await strip.getByRole('button', { name: 'Done' }).click();
    await strip.waitFor({ state: 'detached' });
    await eventually(() => entriesOf('335', 'e.remind_at is not null'), 0);
  });
});

describe('twenty thousand entries', () => {
  it('are scrolled through page by page, keep their place when a call comes in, and are deleted at once', async () => {
    seed('333', 20_000, 5);
    const pane = await world.window('333', { viewport: { width: 320, height: 640 } });
    await pane.root.getByRole('tab', { name: /^Journal/ }).click();
    await folder(pane, /^All calls \(20,000\)$/).click();
    await row(pane, /^Caller 0, /).waitFor();
    await pane.picture('journal-list-320');
    const scroll = pane.main.getByRole('list', { name: 'All calls' }).locator('..');
    for (let pages = 0; pages < 30; pages += 1) {
      const before = await scroll.evaluate((list) => {
        list.scrollTop = list.scrollHeight;
        return list.scrollHeight;
      });
      await expect
        .poll(() => scroll.evaluate((list) => list.scrollHeight), { interval: 10, timeout: 10_000 })
        .toBeGreaterThan(before);
    }
    expect(await rows(pane).count()).toBeLessThan(60);

    await scroll.evaluate((list) => {
      list.scrollTop = 150_000;
    });
    await expect.poll(() => rows(pane).count(), { timeout: 10_000 }).toBeGreaterThan(0);
    const inSight = () =>
      scroll.evaluate((list) => {
        const edge = list.getBoundingClientRect().top;
        const first = [...list.querySelectorAll('[data-entry]')].find(
          (entry) => entry.getBoundingClientRect().top >= edge,
        );
        return [first?.getAttribute('aria-label'), Math.round((first?.getBoundingClientRect().top ?? 0) - edge)];
      });
    const before = await inSight();
    const length = () => scroll.evaluate((list) => list.querySelector('[aria-setsize]')?.ariaSetSize);
    const fetched = await length();
    await missedCall('331', '333');
    await folder(pane, /^All calls \(20,001\)$/).waitFor();
    await expect.poll(length, { timeout: 10_000 }).not.toBe(fetched);
    expect(await inSight()).toEqual(before);

    // Scrolled to the top at the moment in which an entry comes in, before the browser tells that it was scrolled.
    await scroll.evaluate((list) => {
      const early = (event: Event) => event.stopImmediatePropagation();
      const fetchAsEver = window.fetch.bind(window);
      window.fetch = async (...request) => {
        const answer = await fetchAsEver(...request);
        if (/\/journal\?/.test(answer.url)) list.scrollTop = 0;
        return answer;
      };
      window.addEventListener('scroll', early, true);
      list.addEventListener('told', () => {
        window.fetch = fetchAsEver;
        window.removeEventListener('scroll', early, true);
      });
    });
    const withOne = await length();
    await missedCall('331', '333');
    await folder(pane, /^All calls \(20,002\)$/).waitFor();
    await expect.poll(length, { timeout: 10_000 }).not.toBe(withOne);
    await scroll.evaluate((list) => {
      list.dispatchEvent(new Event('told'));
      list.dispatchEvent(new Event('scroll'));
    });
    expect(await scroll.evaluate((list) => list.scrollTop)).toBe(0);
    await row(pane, /^Jürgen Müller, Incoming call, not answered/)
      .first()
      .waitFor();
    await pane.button('Delete entries …').click();
    await pane.main.getByLabel('Delete journal entries').last().selectOption({ label: 'all' });
    await pane.main.getByText('Delete all 20,002 entries of all folders?').waitFor();
    await pane.picture('journal-delete-320');
    await pane.button('Delete').click();
    await eventually(() => entriesOf('333'), 0);
    await pane.main.getByText('Deleted entries: 20,002').waitFor();
    await pane.main.getByText('No calls yet.').waitFor();
  });
});
