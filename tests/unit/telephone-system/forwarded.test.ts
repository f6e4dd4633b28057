import { describe, expect, it } from 'vitest';
import type { AmiMessage } from '../../../sync-service/telephone-system/asterisk/ami-message';
import { createChannelBook } from '../../../sync-service/telephone-system/asterisk/asterisk-channels';
import { hearForwarding } from '../../../sync-service/telephone-system/asterisk/forwarded';
import { createSideTeller } from '../../../sync-service/telephone-system/asterisk/side-teller';
import type { Connection } from '../../../sync-service/telephone-system/telephone-system';

const message = (fields: Readonly<Record<string, string>>): AmiMessage =>
  new Map(Object.entries(fields).map(([name, value]) => [name, [value]]));
const status = (id: string, fields: Readonly<Record<string, string>>): AmiMessage =>
  message({ Event: 'Status', Uniqueid: id, Linkedid: '1.1', Seconds: '7', ...fields });

/** 330 calls 331, whose phone rings. */
function ringing() {
  const book = createChannelBook([
    status('1.1', { Channel: 'PJSIP/330-00000001', ChannelState: '4', Application: 'Dial' }),
    status('1.2', { Channel: 'PJSIP/331-00000002', ChannelState: '5', CallerIDNum: '330' }),
  ]);
  const device = { address: 'PJSIP/331', extension: '331', displayName: 'Bernd Bach' };
  const devices = new Map([[device.address, device]]);
  const told: Connection[] = [];
  const waiting: (() => void)[] = [];
  const teller = createSideTeller({
    book: () => book,
    devices: () => devices,
    settings: { phonesAutoAnswer: false, voiceBoxes: false },
    timers: {
      now: () => 10_000,
      after(_milliseconds, callBack) {
        waiting.push(callBack);
        return () => void waiting.splice(waiting.indexOf(callBack), 1);
      },
    },
    tell: (connection) => told.push(connection),
  });
  teller.review();
  const hear = (event: AmiMessage): void => {
    hearForwarding(event, devices, teller);
    const concerned = book.take(event, 10_000);
    teller.review(concerned.filter(({ hangUpCause }) => hangUpCause !== undefined));
  };
  const letPass = (): void => waiting.splice(0).forEach((callBack) => callBack());
  return { told, hear, letPass };
}

const givenUp = message({ Event: 'DialEnd', Uniqueid: '1.1', DestUniqueid: '1.2', DialStatus: 'NOANSWER' });
const hungUp = message({ Event: 'Hangup', Uniqueid: '1.2', Cause: '0' });
const forwarded = message({
  Event: 'UserEvent',
  UserEvent: 'UcForwarded',
  Uniqueid: '1.1',
  Linkedid: '1.1',
  From: '331',
  To: '332',
});

describe('a call that the office forwards because nobody answered', () => {
  it.each([
    ['after the phone was hung up', [givenUp, hungUp, forwarded]],
    ['before, for Asterisk tells the two in any order', [givenUp, forwarded, hungUp]],
  ])('is told with where it went when that is said %s', (_when, events) => {
    const { told, hear, letPass } = ringing();
    expect(told).toMatchObject([{ device: 'PJSIP/331', state: 'alerting' }]);
    events.forEach(hear);
    letPass();
    expect(told.at(-1)).toMatchObject({ state: 'ended', reason: 'forwarded', takenBy: { number: '332' } });
  });

  it('is not told of a phone that still rings', () => {
    const { told, hear, letPass } = ringing();
    [forwarded, message({ Event: 'Hangup', Uniqueid: '1.2', Cause: '16' })].forEach(hear);
    letPass();
    expect(told.at(-1)).toMatchObject({ state: 'ended' });
    expect(told.at(-1)?.reason).not.toBe('forwarded');
  });
});
