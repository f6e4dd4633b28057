import { describe, expect, it } from 'vitest';
import { carriedHash, readCarriedHash } from '../../../../addin/connections/carried-connections';
import { createConnections, refusedAfterMs } from '../../../../addin/connections/connections-model';

const here = 'https://uc.example.com';
const home = { name: 'Home', address: 'https://home.example.com', userName: '336', confirmed: true };

/** A pane's page with storage, an Outlook that becomes ready, and a clock that is moved by hand. */
function openPage({ hash = '', search = '', kept = {}, ownWindow = false } = {}) {
  const storage = new Map<string, string>(Object.entries(kept));
  const listeners: Record<string, () => void> = {};
  const assigned: string[] = [];
  const timers: { run: () => void; ms: number; cancelled: boolean }[] = [];
  let ready = () => {};
  const location = {
    hash,
    search,
    assign: (url: string | URL) => void assigned.push(String(url)),
    replace: (url: string | URL) => void (location.hash = String(url)),
  };
  const model = createConnections({
    page: { location, addEventListener: (type, listener) => void (listeners[type] = listener) },
    baseUrl: `${here}/`,
    ownWindow,
    host: {
      storage: {
        get: (key) => storage.get(key),
        set: (key, value) => void storage.set(key, value),
        remove: (key) => void storage.delete(key),
      },
      ready: new Promise((resolve) => (ready = resolve)),
    },
    setTimer(run, ms) {
      const timer = { run, ms, cancelled: false };
      timers.push(timer);
      return () => void (timer.cancelled = true);
    },
  });
  return {
    model,
    location,
    storage,
    assigned,
    timers,
    listeners,
    addresses: () => model.state.get().list.map(({ address }) => address),
    async ready() {
      ready();
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

describe('the connections of a pane', () => {
  it('takes what came along out of the address, and keeps it once Outlook has named the storage', async () => {
    const page = openPage({ hash: carriedHash([home, { ...home, address: here, userName: '330' }]) });
    expect(page.location.hash).toBe('#people');
    expect(page.model.state.get().list[0]).toMatchObject({ address: here, userName: '330' });
    expect(page.storage.size).toBe(0);
    await page.ready();
    expect(page.addresses()).toEqual([here, home.address]);
    expect(page.storage.get('connections')).toContain('home.example.com');
  });

  it('removes a hash that it cannot read, too, and leaves places alone', () => {
    expect(openPage({ hash: '#connections=%%' }).location.hash).toBe('#people');
    expect(openPage({ hash: '#settings/server' }).location.hash).toBe('#settings/server');
  });

  it('reads what it kept, and begins anew where somebody else wrote there', async () => {
    const kept = openPage({ kept: { connections: JSON.stringify([home]) } });
    await kept.ready();
    expect(kept.addresses()).toEqual([here, home.address]);
    for (const text of [
      '{',
      '[{"address":"javascript:alert(1)"}]',
      JSON.stringify([{ ...home, address: 'http://a' }]),
    ]) {
      const page = openPage({ kept: { connections: text } });
      await page.ready();
      expect(page.addresses()).toEqual([here]);
    }
  });

  it('goes to a kept address with the list, and tells the next office.js which Outlook it is in', async () => {
    const page = openPage({
      search: '?_host_Info=Outlook$Web$16&et=secret',
      kept: { connections: JSON.stringify([home]) },
    });
    await page.ready();
    page.model.rememberUser('330');
    page.model.open(home.address);
    const url = new URL(page.assigned[0] ?? '');
    expect(url.origin + url.pathname).toBe('https://home.example.com/taskpane.html');
    expect([...url.searchParams]).toEqual([['_host_Info', 'Outlook$Web$16']]);
    expect(readCarriedHash(url.hash)?.map(({ userName }) => userName)).toEqual(['330', '336']);
  });

  it('opens nothing that is unknown, and nothing that came along before the user has said yes', async () => {
    const page = openPage({ hash: carriedHash([home]), ownWindow: true });
    await page.ready();
    page.model.open('https://evil.example');
    page.model.open(home.address);
    expect(page.assigned).toEqual([]);
    page.model.confirm(home.address);
    page.model.open(home.address);
    expect(page.assigned).toHaveLength(1);
    expect(page.assigned[0]).toMatch(/^https:\/\/home\.example\.com\/window#connections=/);
  });

  it('says that it did not get there, and not when the page has gone or comes back', async () => {
    const page = openPage({ kept: { connections: JSON.stringify([home]) } });
    await page.ready();
    page.model.open(home.address);
    expect(page.timers[0]?.ms).toBe(refusedAfterMs);
    page.timers[0]?.run();
    expect(page.model.state.get().refused).toBe(home.address);
    page.listeners.pageshow?.();
    expect(page.model.state.get().refused).toBeUndefined();
    page.model.open(home.address);
    page.listeners.pagehide?.();
    expect(page.timers[1]?.cancelled).toBe(true);
  });

  it('keeps the own installation when everything else is removed', async () => {
    const page = openPage({ kept: { connections: JSON.stringify([home]) } });
    await page.ready();
    page.model.remove(home.address);
    page.model.remove(here);
    expect(page.addresses()).toEqual([here]);
  });
});
