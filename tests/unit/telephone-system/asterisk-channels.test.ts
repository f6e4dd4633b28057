import { describe, expect, it } from 'vitest';
import type { AmiMessage } from '../../../sync-service/telephone-system/asterisk/ami-message';
import { createChannelBook } from '../../../sync-service/telephone-system/asterisk/asterisk-channels';
import type { ChannelBook } from '../../../sync-service/telephone-system/asterisk/asterisk-channels';
import { sidesOf } from '../../../sync-service/telephone-system/asterisk/call-sides';
import { deviceOf } from '../../../sync-service/telephone-system/asterisk/channel';
import type { Channel } from '../../../sync-service/telephone-system/asterisk/channel';
import { endOf } from '../../../sync-service/telephone-system/asterisk/channel-connection';
import { connectionOfSide, partyOfChannel } from '../../../sync-service/telephone-system/asterisk/side-connection';

type Fields = Readonly<Record<string, string | readonly string[]>>;
const message = (event: string, fields: Fields): AmiMessage =>
  new Map(Object.entries({ Event: event, ...fields }).map(([name, value]) => [name, [value].flat()]));

const own = { Channel: 'PJSIP/330-00000001', Uniqueid: 'uc-1', Linkedid: 'uc-1' };
const other = { Channel: 'PJSIP/331-00000002', Uniqueid: 'pbx-1.2', Linkedid: 'uc-1' };
const dialTo = { DestChannel: other.Channel, DestUniqueid: other.Uniqueid };
const settled = 10_000;

/** The own side as it is told, long after whatever happened. */
const sideOf = (book: ChannelBook, id: string, now = settled) => {
  const channel = book.get(id);
  const [side] = channel === undefined ? [] : sidesOf(channel, book, now);
  const device = deviceOf(channel?.name ?? '');
  return side && connectionOfSide(side, { book, device, now, memory: {}, last: undefined, partyAt: partyOfChannel });
};
const stateOf = (book: ChannelBook, id = 'uc-1', now = settled) => sideOf(book, id, now)?.state;

/** Click to dial until the other phone rings. */
function ringing(): { book: ChannelBook; take: (event: string, fields: Fields, now?: number) => readonly Channel[] } {
  const book = createChannelBook();
  const take = (event: string, fields: Fields, now = 0) => book.take(message(event, fields), now);
  book.expect('uc-1', { dialled: '331' });
  take('Newchannel', { ...own, ChannelState: '0', Exten: 's' });
  take('NewConnectedLine', { ...own, ChannelState: '0', ConnectedLineNum: '331', ConnectedLineName: '331' });
  take('DialBegin', { DestUniqueid: 'uc-1' });
  take('Newstate', { ...own, ChannelState: '5' });
  take('Newstate', { ...own, ChannelState: '6' });
  take('Newchannel', { ...other, ChannelState: '0', Exten: 's', ConnectedLineNum: '<unknown>' });
  take('DialBegin', { ...own, ChannelState: '6', ...dialTo });
  take('Newstate', { ...other, ChannelState: '5', ConnectedLineNum: '330', ConnectedLineName: 'Anna Acker' });
  return { book, take };
}

describe('channels of an Asterisk', () => {
  it('become sides of calls', () => {
    const { book, take } = ringing();
    expect(sideOf(book, 'uc-1')).toMatchObject({ state: 'delivered', direction: 'outgoing', party: { number: '331' } });
    expect(sideOf(book, 'pbx-1.2')).toEqual({
      id: 'pbx-1.2',
      callId: 'uc-1',
      device: 'PJSIP/331',
      direction: 'incoming',
      state: 'alerting',
      party: { number: '330', name: 'Anna Acker' },
      startedAt: 0,
    });
    take('Newstate', { ...other, ChannelState: '6' }, 50);
    take('DialEnd', { ...own, ...dialTo, DialStatus: 'ANSWER' }, 50);
    take('BridgeEnter', { ...other, ChannelState: '6' }, 60);
    take('BridgeEnter', { ...own, ChannelState: '6', ConnectedLineNum: '331', ConnectedLineName: 'Bernd Bach' }, 60);
    expect(sideOf(book, 'uc-1')).toMatchObject({
      state: 'connected',
      connectedAt: 60,
      party: { number: '331', name: 'Bernd Bach' },
    });
    expect(stateOf(book, 'pbx-1.2')).toBe('connected');
  });

  it('have not failed while the dialplan sends the call on to somebody else', () => {
    const { book, take } = ringing();
    take('DialEnd', { ...own, ...dialTo, DialStatus: 'NOANSWER' }, 1000);
    expect(stateOf(book, 'uc-1', 1100)).toBe('delivered');
    take('DialBegin', { ...own, ChannelState: '6', DestUniqueid: 'pbx-1.3' }, 1100);
    expect(stateOf(book)).toBe('delivered');
    take('DialEnd', { ...own, DestUniqueid: 'pbx-1.3', DialStatus: 'BUSY' }, 2000);
    expect(sideOf(book, 'uc-1')).toMatchObject({ state: 'failed', reason: 'busy' });
  });

  it('have not failed as long as one of several phones rings', () => {
    const { book, take } = ringing();
    take('DialBegin', { ...own, ChannelState: '6', DestUniqueid: 'pbx-1.3' });
    take('DialEnd', { ...own, ...dialTo, DialStatus: 'BUSY' });
    expect(stateOf(book)).toBe('delivered');
  });

  it('tell that somebody else answered a group call', () => {
    const { book, take } = ringing();
    take('DialEnd', { ...own, ...dialTo, DialStatus: 'CANCEL' });
    const ended = take('Hangup', { ...other, Cause: '26' }).at(-1);
    expect(ended && endOf(ended)).toEqual({ reason: 'answered-elsewhere', failed: false });
    expect(book.get('pbx-1.2')).toBeUndefined();
  });

  it('tell a refused call by the cause of the phone, not by what Dial makes of it', () => {
    const { book, take } = ringing();
    take('DialEnd', { ...own, ...dialTo, DialStatus: 'CHANUNAVAIL' });
    take('Hangup', { ...other, Cause: '21' });
    expect(sideOf(book, 'uc-1')).toMatchObject({ state: 'failed', reason: 'rejected' });
  });

  it('never go back when an old event comes after the list of channels', () => {
    const status = { ...own, ChannelState: '6', BridgeID: 'b', Application: 'Dial', Variable: ['UC_DIALLED=331'] };
    const book = createChannelBook([message('Status', { ...status, Seconds: '5' })], 20_000);
    expect(sideOf(book, 'uc-1')).toMatchObject({ state: 'connected', startedAt: 15_000, party: { number: '331' } });
    book.take(message('Newchannel', { ...own, ChannelState: '0' }), 20_001);
    book.take(message('Newstate', { ...own, ChannelState: '5' }), 20_001);
    expect(stateOf(book)).toBe('connected');
  });

  it('keep what was known of them when the link comes back', () => {
    const { book, take } = ringing();
    take('BridgeEnter', { ...own, ChannelState: '6' }, 4000);
    const again = createChannelBook(
      [
        message('Status', { ...own, ChannelState: '6', BridgeID: 'b', Seconds: '90' }),
        message('Status', { ...other, ChannelState: '5', Seconds: '80' }),
      ],
      90_400,
      book,
    );
    expect(sideOf(again, 'uc-1')).toMatchObject({ startedAt: 0, connectedAt: 4000, party: { number: '331' } });
  });

  it('find out of the list alone who calls whom', () => {
    const book = createChannelBook(
      [
        message('Status', {
          ...own,
          ChannelState: '6',
          Application: 'Dial',
          Variable: ['UC_DIALLED=331', 'DIALSTATUS='],
        }),
        message('Status', { ...other, ChannelState: '5', Application: 'AppDial', Variable: ['UC_DIALLED=(null)'] }),
      ],
      0,
    );
    expect(stateOf(book)).toBe('delivered');
    const target = book.get('pbx-1.2');
    expect(target && book.callerOf(target)?.id).toBe('uc-1');
  });

  it('belong to the device that their name begins with', () => {
    expect(deviceOf('PJSIP/330-0000001a')).toBe('PJSIP/330');
    expect(deviceOf('PJSIP/anna-desk-0000001a')).toBe('PJSIP/anna-desk');
    expect(deviceOf('Local/s@uc-00000001;1')).toBe('Local/s@uc');
  });
});
