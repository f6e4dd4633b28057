import { expect, it } from 'vitest';
import { createNavigation } from '../../../../addin/shell/navigation';
import { destinationOfHash, hashOf, placeNames, settingsSections } from '../../../../addin/shell/places';
import { decideLook } from '../../../../addin/shell/appearance';
import { dialTargetOf } from '../../../../addin/shell/dialler';
import { mailtoOf } from '../../../../addin/shell/mailto';

it('opens at the place that the address names, and at none that it does not know', () => {
  expect(['#sync', '#/journal', '#nowhere', '', '#settings/nothing', '#journal/about'].map(destinationOfHash)).toEqual([
    { place: 'sync' },
    { place: 'journal' },
    undefined,
    undefined,
    { place: 'settings' },
    { place: 'journal' },
  ]);
  for (const place of placeNames) expect(destinationOfHash(hashOf(place))).toEqual({ place });
  for (const section of settingsSections)
    expect(destinationOfHash(hashOf('settings', section))).toEqual({ place: 'settings', section });
});

it('goes to the part of the settings that a ribbon menu asks for while the pane is open', () => {
  const page = new EventTarget() as unknown as Window;
  const location = { hash: '#settings/about', replace: (hash: string) => (location.hash = hash) };
  Object.assign(page, { location });
  const navigation = createNavigation(page);
  expect(navigation.location.get()).toEqual({ place: 'settings', section: { name: 'about' }, view: undefined });
  navigation.goTo('people');
  expect(location.hash).toBe('#people');
  location.hash = '#settings/about';
  page.dispatchEvent(new Event('hashchange'));
  expect(navigation.location.get().section).toEqual({ name: 'about' });
});

it('looks like Outlook until the user chooses', () => {
  const outlook = { language: 'de-DE', theme: 'dark' } as const;
  expect(decideLook({ language: 'auto', skin: 'auto', dateFormat: 'auto' }, outlook)).toEqual({
    language: 'de',
    theme: 'dark',
    dateFormat: 'auto',
  });
  expect(decideLook({ language: 'en', skin: 'light', dateFormat: 'yyyy-mm-dd' }, outlook)).toEqual({
    language: 'en',
    theme: 'light',
    dateFormat: 'yyyy-mm-dd',
  });
});

it('dials the dialable form, else the canonical one, and nothing that nobody can read', () => {
  const number = { kind: 'business', raw: '089/1', display: '+49 (89) 1', e164: '+49891' } as const;
  expect(dialTargetOf({ ...number, dialable: '00891' }, 'Zoë')?.number).toBe('00891');
  expect(dialTargetOf(number, 'Zoë')).toEqual({ number: '+49891', display: '+49 (89) 1', name: 'Zoë' });
  expect(dialTargetOf({ kind: 'business', raw: 'see card', problem: 'not-a-number' }, 'Zoë')).toBeUndefined();
});

it('lets no address add fields to a mail', () => {
  expect(mailtoOf('a@example.com?bcc=b@example.com')).toBe('mailto:a@example.com%3Fbcc%3Db%40example.com');
});
