/** Text of callers that Asterisk writes into its events as it came does not become events, nor part of any. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAmiReader, field, writeAction } from '../../../sync-service/telephone-system/asterisk/ami-message';
import type { AmiMessage } from '../../../sync-service/telephone-system/asterisk/ami-message';
import { encodeName } from '../../../sync-service/telephone-system/asterisk/originate';
import { anyText } from '../../fixtures/any-text';

interface Described {
  readonly number?: string;
  readonly exten?: string;
  readonly prefix?: string;
}

/** An event as Asterisk writes one of a channel. */
const describeChannel = ({ number = '123', exten = '331', prefix = '' }: Described): string =>
  [
    ['Channel', 'PJSIP/trunk-00000001'],
    ['ChannelState', '4'],
    ['ChannelStateDesc', 'Ring'],
    ['CallerIDNum', number],
    ['CallerIDName', 'Somebody'],
    ['ConnectedLineNum', number],
    ['ConnectedLineName', '<unknown>'],
    ['Language', 'en'],
    ['AccountCode', ''],
    ['Context', 'office'],
    ['Exten', exten],
    ['Priority', '1'],
    ['Uniqueid', '1.1'],
    ['Linkedid', '1.1'],
  ]
    .map(([name = '', value = '']) => `${prefix}${name}: ${value}\r\n`)
    .join('');
const event = (described: Described): string =>
  `Event: Newchannel\r\nPrivilege: call,all\r\n${describeChannel(described)}`;

function read(text: string): AmiMessage[] {
  const reader = createAmiReader();
  return reader.push(`Asterisk Call Manager/11.0.0\r\n${text}\r\nEvent: Next\r\n\r\n`);
}
/** Lines that a number or an extension of at most 79 letters can hold. */
const pieces = [
  '\r\n',
  '\n',
  '\r\n\r\n',
  'Event: Hangup',
  'Uniqueid: 1.5',
  'CallerIDName: x',
  'Priority:',
  'Linkedid:',
].concat(['Exten:', 'Uniqueid:', 'Response: Error', 'ActionID: 7', 'Channel: PJSIP/330-1', 'a', ': ', 'Event:Hangup']);
const hostile = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 12 })
  .map((parts) => `0123${parts.join('')}`.slice(0, 79));

describe('hostile text in AMI', () => {
  it('of a number is left out, and the event is read as it was meant', () => {
    const number = '1\r\n\r\nEvent: Hangup\r\nUniqueid: 1795477614.59\r\nCause: 16\r\n\r\n';
    const [first, second, ...rest] = read(event({ number }));
    expect(first && [field(first, 'Event'), field(first, 'CallerIDNum'), field(first, 'Uniqueid')]).toEqual([
      'Newchannel',
      '1',
      '1.1',
    ]);
    expect(second && field(second, 'Event')).toBe('Next');
    expect(rest).toEqual([]);
  });

  it('of a number never becomes an event, nor changes whose event it is', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom('', 'Dest', 'Target'), (number, prefix) => {
        const messages = read(event({ number }) + (prefix === '' ? '' : describeChannel({ number, prefix })));
        expect(messages.map((message) => field(message, 'Event'))).toEqual(['Newchannel', 'Next']);
        expect(messages[0]?.get('Uniqueid')).toEqual(['1.1']);
        expect(messages[0]?.get('Channel')).toEqual(['PJSIP/trunk-00000001']);
      }),
      { seed: 20_261_123, numRuns: 500 },
    );
  });

  it('of an extension cannot end another channel', () => {
    const long = '0123\r\nPriority:\r\nUniqueid:\r\nLinkedid:\r\n\r\nEvent:Hangup\r\nUniqueid:1795477614.5';
    for (const exten of [
      long,
      '0123\r\nEvent: Hangup\r\nUniqueid: 1.5',
      '0123\r\n\r\nEvent: Hangup\r\nUniqueid: 1.5\r\n',
    ]) {
      const messages = read(event({ exten }));
      expect(messages.filter((message) => field(message, 'Event') === 'Hangup')).toEqual([]);
      expect(messages.at(-1)?.get('Event')).toEqual(['Next']);
    }
  });

  it('of any kind in a value is refused before it is sent, or is one value', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 300 }), (text) => {
        const written = writeAction('Setvar', '1', { Variable: 'UC_NAME', Value: encodeName(text) });
        expect(written.split('\r\n')).toHaveLength(6);
        expect(encodeName(text)).toMatch(/^[A-Za-z0-9%._-]*$/);
      }),
      { seed: 20_261_123 },
    );
  });
});
