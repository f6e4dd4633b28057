import { afterEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../../../addin/api/live-events';
import { createStore } from '../../../../addin/api/store';
import { createAnnouncingRole, type AnnouncingRole } from '../../../../addin/notifications/announcing-role';
import { createFakeLocks } from '../fake-locks';

/** A browser profile with its locks and channels. */
function setUp() {
  const locks = createFakeLocks();
  const channels = new Set<Channel>();
  const openChannel = (): Channel => {
    const channel: Channel = {
      onmessage: null,
      postMessage(data: unknown) {
        for (const other of channels) if (other !== channel) other.onmessage?.(new MessageEvent('message', { data }));
      },
      close: () => void channels.delete(channel),
    };
    channels.add(channel);
    return channel;
  };
  const roles: AnnouncingRole[] = [];
  const page = (leads: boolean) => {
    const role = createAnnouncingRole({ leads: createStore(leads), userId: 'anna', locks, openChannel });
    roles.push(role);
    return role;
  };
  return { page, roles };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
let stops: readonly AnnouncingRole[] = [];
afterEach(() => {
  for (const role of stops) role.stop();
});

describe('Who announces a call', () => {
  it('is the page that leads, as long as no window shows notifications', async () => {
    const { page, roles } = setUp();
    stops = roles;
    const [pane, window] = [page(true), page(false)];
    expect([pane.speaks.get(), window.speaks.get()]).toEqual([true, false]);
    window.stand(true);
    await settle();
    expect([pane.speaks.get(), pane.notifies.get(), window.speaks.get(), window.notifies.get()]).toEqual([
      false,
      false,
      false,
      true,
    ]);
    window.stop();
    await settle();
    expect(pane.speaks.get()).toBe(true);
  });

  it('is one window of several, and the next when it goes or may not any more', async () => {
    const { page, roles } = setUp();
    stops = roles;
    const [first, second, pane] = [page(true), page(false), page(false)];
    first.stand(true);
    second.stand(true);
    await settle();
    expect([first.notifies.get(), second.notifies.get()]).toEqual([true, false]);
    first.stand(false);
    await settle();
    expect([first.notifies.get(), second.notifies.get()]).toEqual([false, true]);
    expect([first.speaks.get(), pane.speaks.get()]).toEqual([false, false]);
    second.stop();
    await settle();
    expect([first.speaks.get(), pane.speaks.get()]).toEqual([true, false]);
  });

  it('is known to a page that is opened later', async () => {
    const { page, roles } = setUp();
    stops = roles;
    page(false).stand(true);
    await settle();
    const pane = page(true);
    await settle();
    expect(pane.speaks.get()).toBe(false);
  });

  it('is this page alone where the browser has no locks', () => {
    const role = createAnnouncingRole({
      leads: createStore(true),
      userId: 'anna',
      locks: undefined,
      openChannel: undefined,
    });
    expect(role.speaks.get()).toBe(true);
    role.stand(true);
    expect([role.speaks.get(), role.notifies.get()]).toEqual([false, true]);
    role.stop();
  });
});
