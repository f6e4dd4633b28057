import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AmiMessage } from '../../../sync-service/telephone-system/asterisk/ami-message';
import { createChannelBook } from '../../../sync-service/telephone-system/asterisk/asterisk-channels';
import type { ChannelBook } from '../../../sync-service/telephone-system/asterisk/asterisk-channels';
import { farEndOf, sidesOf } from '../../../sync-service/telephone-system/asterisk/call-sides';
import { abilitiesOf } from '../../../sync-service/telephone-system/asterisk/side-abilities';
import type { SideNow } from '../../../sync-service/telephone-system/asterisk/side-abilities';
import { readKept, writeKept } from '../../../sync-service/telephone-system/asterisk/side-connection';

type Fields = Readonly<Record<string, string | readonly string[]>>;
const message = (fields: Fields): AmiMessage =>
  new Map(Object.entries(fields).map(([name, value]) => [name, [value].flat()]));
const status = (id: string, fields: Fields): AmiMessage =>
  message({ Event: 'Status', Uniqueid: id, Linkedid: '1.1', ChannelState: '6', Seconds: '7', ...fields });

const leg = { Channel: 'PJSIP/330-00000001' };
const far = { Channel: 'PJSIP/331-00000002', CallerIDNum: '331', CallerIDName: 'Bernd Bach' };
const kept = 'o/1000/2000/331/Bernd%20Bach';
const heldVariables = ['UC_HOLDER=1.1', 'UC_SIDE=1.1', `UC_KEPT=${kept}`];

function statesOf(book: ChannelBook, id = '1.1'): readonly { id: string; state: string; heldBy: string | undefined }[] {
  const channel = book.get(id);
  return channel === undefined
    ? []
    : sidesOf(channel, book, 10_000).map((side) => ({ id: side.id, state: side.state, heldBy: side.heldBy }));
}

function abilities(book: ChannelBook, id = '1.1'): Readonly<Record<string, string>> {
  const channel = book.get(id);
  const sides = (channel === undefined ? [] : sidesOf(channel, book, 10_000)).flatMap((side): SideNow[] =>
    side.state === 'same' ? [] : [{ ...side, state: side.state, isBetween: false }],
  );
  const settings = { phonesAutoAnswer: false, voiceBoxes: false };
  return Object.fromEntries(
    sides.map((side) => [side.id, [...abilitiesOf(side, sides, book, settings)].sort().join(' ')]),
  );
}

describe('sides of calls at a leg, as a service started anew finds them', () => {
  it('are one that is held, by either', () => {
    const book = createChannelBook([
      status('1.1', { ...leg, Context: 'uc-wait' }),
      status('1.2', { ...far, Context: 'uc-hold', Variable: heldVariables }),
    ]);
    expect(statesOf(book)).toEqual([{ id: '1.1', state: 'held', heldBy: 'me' }]);
    expect(statesOf(book, '1.2')).toEqual([{ id: '1.2', state: 'held', heldBy: 'other' }]);
    expect(abilities(book)).toEqual({ '1.1': 'hang-up resume transfer' });
    expect(abilities(book, '1.2')).toEqual({ '1.2': 'hang-up' });
  });

  it('are a held one and a consultation, ringing and then talking', () => {
    const consulting = [
      status('1.1', {
        ...leg,
        Context: 'uc-consult',
        BridgeID: 'a',
        Application: 'Dial',
        Variable: ['UC_CONSULT=ucc-1', 'UC_NUMBER=332'],
      }),
      status('1.2', { ...far, Context: 'uc-hold', Variable: heldVariables }),
      status('1.3', { Channel: 'Local/s@uc-consulted-00000000;1', BridgeID: 'a' }),
    ];
    const rings = createChannelBook([
      ...consulting,
      status('1.4', { Channel: 'Local/s@uc-consulted-00000000;2', Application: 'Dial' }),
      status('1.5', { Channel: 'PJSIP/332-00000003', ChannelState: '5' }),
    ]);
    expect(statesOf(rings).map(({ id, state }) => `${id} ${state}`)).toEqual(['1.1 held', 'ucc-1 delivered']);
    expect(abilities(rings)).toEqual({ '1.1': 'hang-up resume transfer', 'ucc-1': 'hang-up' });

    const talks = createChannelBook([
      ...consulting,
      status('1.4', { Channel: 'Local/s@uc-consulted-00000000;2', BridgeID: 'b' }),
      status('1.5', { Channel: 'PJSIP/332-00000003', BridgeID: 'b' }),
    ]);
    expect(abilities(talks)).toEqual({
      '1.1': 'alternate hang-up resume transfer',
      'ucc-1': 'conference hang-up',
    });
    const own = talks.get('1.1');
    expect(own && farEndOf(own, talks)?.id).toBe('1.5');
  });

  it('are one with two others in a conference, which offers hanging up', () => {
    const book = createChannelBook([
      status('1.1', { ...leg, Context: 'uc-consult', BridgeID: 'a', Variable: ['UC_CONSULT=ucc-1'] }),
      status('1.2', { ...far, Context: 'uc-conf', BridgeID: 'a', Variable: ['UC_CONFERENCE=1.1', 'UC_SIDE=1.1'] }),
      status('1.3', { Channel: 'PJSIP/332-00000003', BridgeID: 'a' }),
    ]);
    expect(statesOf(book)).toEqual([{ id: '1.1', state: 'connected', heldBy: undefined }]);
    expect(abilities(book)).toEqual({ '1.1': 'hang-up' });
  });

  it('are no more than hanging up where the far end is not known', () => {
    const book = createChannelBook([status('1.1', { ...leg, Context: 'office' })]);
    expect(abilities(book)).toEqual({ '1.1': 'hang-up' });
  });
});

describe('what a held leg keeps of its holder', () => {
  it('is read as it was written, whatever the names, and is harmless on the way', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((name) => name.replace(/\p{C}/gu, '').trim());
    fc.assert(
      fc.property(fc.constantFrom('incoming', 'outgoing'), text, text, fc.nat(), (direction, number, name, at) => {
        fc.pre(number !== name && !/^(?:<unknown>|\(null\))$/.test(number) && !/^(?:<unknown>|\(null\))$/.test(name));
        const side = {
          direction,
          party: { ...(number === '' ? {} : { number }), ...(name === '' ? {} : { name }) },
          startedAt: at,
          connectedAt: at + 1,
        };
        const written = writeKept(side);
        expect(written).toMatch(/^[A-Za-z0-9%._/-]*$/);
        expect(readKept(written)).toEqual(side);
      }),
    );
  });

  it('is nothing when it is none of ours', () => {
    for (const text of [undefined, '', 'o', 'x/1/2/3/4', 'o/a/2/3/4', 'o/1/2/3/4/5', 'o/1/2/%/%E0%A4%A'])
      expect(readKept(text)?.party.name).toBeUndefined();
  });
});
