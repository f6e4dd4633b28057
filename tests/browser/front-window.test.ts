/** The small window above all others: the pane once more, for as long as the window that opened it is there. */
import { describe, expect, it } from 'vitest';
import { wrongIn } from './look-for-all';
import { createPaneDriver, eventually } from './pane-driver';
import { createPaneWorld } from './pane-world';

const world = createPaneWorld({ DEMO_CONTACTS: '20', DEMO_LATENCY_MS: '5' });

describe('the window that is always in front', () => {
  it('shows the pane without a second sign-in, rings, answers, and goes when it is pressed again', async () => {
    const pane = await world.window('330', { viewport: { width: 320, height: 700 } });
    await pane.button('View: Normal. Change').click();
    const opened = pane.page.context().waitForEvent('page');
    await pane.button('Always in front').click();
    const small = await opened;
    await eventually(() => small.frames().length, 2);
    const inside = () => small.frames().at(-1) ?? small.mainFrame();
    const front = createPaneDriver(small, small.frameLocator('iframe[title="myContacts, always in front"]'), inside);
    await front.field.waitFor();
    expect(await small.evaluate(() => document.documentElement.lang)).toBe('en');

    await world.telephones().callIn('332', '330');
    await front.button('Answer').click();
    await eventually(() => world.telephones().activity('330'), 'connected');
    if (process.env.SCREENSHOTS) await small.screenshot({ path: 'tests/screenshots/always-in-front.png' });
    expect(await wrongIn(inside())).toEqual([]);
    await world.telephones().layDown('332');
    await eventually(() => world.telephones().activity('330'), 'idle');

    // Inside there is no window within the window, and nothing about notifications: the other window shows them.
    await pane.root.getByText(/notifications of/).waitFor();
    expect(await front.root.getByText(/notifications of/).count()).toBe(0);
    await front.button('View: Normal. Change').click();
    await front.button('Minimised').waitFor();
    expect(await front.button('Always in front').count()).toBe(0);

    await pane.button('View: Normal. Change').click();
    await pane.root.getByRole('button', { name: 'Always in front', pressed: true }).waitFor();
    expect(await wrongIn(pane.frame())).toEqual([]);
    await pane.picture('always-in-front-choice');
    const closed = small.waitForEvent('close');
    await pane.button('Always in front').click();
    await closed;
    await pane.button('View: Normal. Change').click();
    await pane.root.getByRole('button', { name: 'Always in front', pressed: false }).waitFor();
  });

  it('that the browser refuses is told', async () => {
    const pane = await world.window('331');
    await pane.page.evaluate(() => {
      Object.assign(Reflect.get(window, 'documentPictureInPicture'), {
        requestWindow: () => Promise.reject(new DOMException('no', 'NotAllowedError')),
      });
    });
    await pane.button('View: Normal. Change').click();
    await pane.button('Always in front').click();
    await pane.root
      .getByText('The browser does not allow a window that is always in front.')
      .waitFor({ state: 'attached' });
  });
});
