import { describe, expect, it } from 'vitest';
import { partyName } from '../../../../addin/calls/party-text';
import { favoriteName } from '../../../../addin/favorites/favorite-name';
import { journalTexts } from '../../../../addin/journal/texts';
import { entryText } from '../../../../addin/journal/use-entry-text';
import {
  freeNotice,
  incomingNotice,
  missedNotice,
  reminderNotice,
} from '../../../../addin/notifications/notice-content';
import { nameOf, numberBesideName } from '../../../../addin/shell/party-words';
import { notificationTexts } from '../../../../addin/notifications/texts';
import { targetWord } from '../../../../addin/presence/forwarding-editor';
import { presenceTexts } from '../../../../addin/presence/texts';
import { dialTargetOf } from '../../../../addin/shell/dialler';
import { de } from '../../../../addin/shell/i18n/de';
import { numberText } from '../../../../addin/shell/use-number-text';
import { makeCall } from '../make-call';
import { makeEntry } from '../journal/make-entry';

const german = (display: string) => numberText(display, de.extensionBehind);
const stored = '+49 (89) 7007-0 ext. 12';
const shown = '+49 (89) 7007-0 App. 12';
const nameless = { number: '08970070', e164: '+498970070', display: stored };
const named = { ...nameless, name: 'Vera' };

describe('In German digits for after the connection stand behind App.', () => {
  it('in system notifications, as title and below a name', () => {
    const words = { texts: notificationTexts.de, number: german };
    expect(incomingNotice(makeCall({ party: named }), words).body).toBe(shown);
    expect(incomingNotice(makeCall({ party: nameless, redirectedFrom: nameless }), words)).toMatchObject({
      title: notificationTexts.de.incomingFrom(shown),
      body: notificationTexts.de.redirected(shown),
    });
    expect(missedNotice(makeEntry({ party: nameless }), '', words).title).toContain(shown);
    expect(reminderNotice(makeEntry({ party: named }), words).body).toBe(shown);
    const number = { kind: 'business', raw: '089 7007-0 DW 12', display: stored } as const;
    const colleague = { id: 'v', directory: 'internal', displayName: 'Vera', numbers: [number], emails: [] } as const;
    expect(freeNotice({ ...colleague, numbers: [number], emails: [] }, words).body).toBe(shown);
  });

  it('in the note of a missed call above the place', () => {
    expect([nameOf(nameless, german), nameOf(named, german), nameOf({}, german)]).toEqual([shown, 'Vera', undefined]);
  });

  it('on the cards of calls, also where the number stands in place of a name', () => {
    expect(partyName(nameless, '', german)).toBe(shown);
    expect(partyName(named, '', german)).toBe('Vera');
    expect(numberBesideName(named, german)).toBe(shown);
    expect(numberBesideName(nameless, german)).toBeUndefined();
    expect(partyName({}, 'unbekannt', german)).toBe('unbekannt');
  });

  it('in the journal: the row, what stands beside it, and what a screen reader says', () => {
    const formats = { language: 'de', dateFormat: 'auto', date: String } as const;
    const text = entryText(journalTexts.de, formats, german);
    const entry = makeEntry({ party: nameless, redirectedFrom: nameless, group: nameless });
    expect([text.name(nameless), text.number(named), text.name({})]).toEqual([shown, shown, journalTexts.de.withheld]);
    expect([text.numberBelow(named), text.numberBelow(nameless)]).toEqual([shown, undefined]);
    expect(text.aside(entry)).toEqual([journalTexts.de.redirectedFrom(shown), journalTexts.de.toGroup(shown)]);
    expect(text.sentence(entry, 0)).toContain(shown);
  });

  it('where calls are forwarded to, but not in what was typed', () => {
    const target = { kind: 'number', number: stored } as const;
    expect(targetWord({ target, display: stored }, presenceTexts.de, german)).toBe(shown);
    expect(targetWord({ target, problem: 'not-a-number' }, presenceTexts.de, german)).toBe(stored);
  });

  it('in the name of a favourite that has none, but not in a name', () => {
    const number = { kind: 'other', raw: stored, display: stored, e164: '+498970070' } as const;
    const favorite = { id: 'f', subject: { number: stored }, displayName: stored, numbers: [number] };
    expect(favoriteName(favorite, german)).toBe(shown);
    expect(favoriteName({ ...favorite, displayName: 'Hotline ext. 7' }, german)).toBe('Hotline ext. 7');
    expect(dialTargetOf(number, stored)).toEqual({ number: '+498970070', display: stored });
    expect(dialTargetOf(number, 'Vera')).toMatchObject({ name: 'Vera' });
  });
});
