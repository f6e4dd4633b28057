import { describe, expect, it } from 'vitest';
import { decideOffer, quietDays } from '../../../../addin/notifications/offer-decision';
import { createNoticeAccess } from '../../../../addin/notifications/permission';
import { showUnseen } from '../../../../addin/notifications/unseen-badge';

describe('The permission to show notifications', () => {
  it('is the browser’s answer to the question, which is put only when it is asked for', async () => {
    let asked = 0;
    const api = {
      permission: 'default' as NotificationPermission,
      requestPermission() {
        asked += 1;
        api.permission = 'granted';
        return Promise.resolve(api.permission);
      },
    };
    const access = createNoticeAccess({ Notification: api, navigator: {} });
    expect([access.permission.get(), asked]).toEqual(['default', 0]);
    await access.ask();
    expect([access.permission.get(), asked]).toEqual(['granted', 1]);
    access.giveUp();
    expect(access.permission.get()).toBe('unsupported');
  });

  it('is not to be had where the browser knows no notifications', async () => {
    const access = createNoticeAccess({ navigator: {} });
    await access.ask();
    expect(access.permission.get()).toBe('unsupported');
  });
});

describe('The offer to allow notifications', () => {
  const now = Date.parse('2026-11-23T09:00:00Z');
  const day = 24 * 60 * 60 * 1000;

  it('is made while nothing is decided, and a blocked browser is explained', () => {
    expect(decideOffer('default', undefined, now)).toBe('offer');
    expect(decideOffer('denied', undefined, now)).toBe('explain');
    expect(decideOffer('granted', undefined, now)).toBeUndefined();
    expect(decideOffer('unsupported', undefined, now)).toBeUndefined();
  });

  it('is put off for a while, and not for ever by a clock that was wrong', () => {
    expect(decideOffer('default', String(now - day), now)).toBeUndefined();
    expect(decideOffer('default', String(now - quietDays * day), now)).toBe('offer');
    expect(decideOffer('default', String(now + 400 * day), now)).toBe('offer');
    expect(decideOffer('default', 'nonsense', now)).toBe('offer');
  });
});

describe('The count of unseen missed calls', () => {
  it('stands in the title and on the icon, and goes away with the last', () => {
    const badges: number[] = [];
    const page = {
      document: { title: '' },
      navigator: {
        setAppBadge: (count: number) => Promise.resolve(void badges.push(count)),
        clearAppBadge: () => Promise.reject(new Error('not installed')),
      },
    };
    showUnseen(page, 2, '(2) myContacts', 'myContacts');
    expect([page.document.title, ...badges]).toEqual(['(2) myContacts', 2]);
    showUnseen(page, 0, '(0) myContacts', 'myContacts');
    expect(page.document.title).toBe('myContacts');
    const plain = { document: { title: '' }, navigator: {} };
    showUnseen(plain, 1, '(1) myContacts', 'myContacts');
    expect(plain.document.title).toBe('(1) myContacts');
  });
});
