/** Records made of the channel events that a real Asterisk 22 wrote, one file for each kind of call. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCallCollector } from '../../../sync-service/telephone-system/asterisk/cel/call-collector';
import { recordsOf } from '../../../sync-service/telephone-system/asterisk/cel/call-records';
import { readCelLine } from '../../../sync-service/telephone-system/asterisk/cel/cel-event';
import type { CallRecord, Party } from '../../../sync-service/telephone-system/telephone-system';

const devices = [
  { address: 'PJSIP/330', extension: '330', displayName: 'Anna' },
  { address: 'PJSIP/331', extension: '331', displayName: 'Bernd' },
  { address: 'PJSIP/332', extension: '332', displayName: 'Carla' },
];
const world = '+49891234567';

function recordsIn(name: string): CallRecord[] {
  const lines = readFileSync(join(import.meta.dirname, '../../fixtures/cel', `${name}.jsonl`), 'utf8').split('\n');
  const collector = createCallCollector<number>();
  const records = lines.flatMap((line, index) => {
    const event = readCelLine(line);
    if (event === undefined) return [];
    return collector.take(event, index).flatMap((call) => recordsOf(call, devices));
  });
  expect(collector.openCalls).toBe(0);
  return records;
}

const number = (party: Party | undefined): string => party?.number ?? 'nobody';

/** A record in one line: whose, direction, with whom, and what became of it. */
function tell(record: CallRecord): string {
  const { device, direction, party, result, reason, takenBy, redirectedFrom, group, voicemail } = record;
  return [
    device.slice('PJSIP/'.length),
    direction === 'outgoing' ? 'to' : 'from',
    number(party),
    result,
    reason,
    takenBy && `by ${number(takenBy)}`,
    redirectedFrom && `instead of ${number(redirectedFrom)}`,
    group && `group ${number(group)}`,
    voicemail === true ? 'voicemail' : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(' ');
}

const kinds: readonly (readonly [what: string, file: string, records: readonly string[]])[] = [
  ['an answered call', 'answered', ['330 to 331 answered', '331 from 330 answered']],
  ['a call from outside', 'answered-outside', [`331 from ${world} answered`]],
  ['a call to the outside', 'answered-to-outside', ['330 to 049891234567 answered']],
  ['a refused call', 'busy', ['330 to 331 not-answered rejected', '331 from 330 not-answered rejected']],
  ['a call nobody answers', 'no-answer', ['330 to 331 not-answered no-answer', '331 from 330 not-answered no-answer']],
  ['a call given up', 'cancelled', ['330 to 331 not-answered cancelled', '331 from 330 not-answered cancelled']],
  ['a number that leads nowhere', 'unreachable', ['330 to 0999 not-answered unreachable']],
  ['a call that an application answers', 'application', ['330 to 600 answered']],
  ['click to dial', 'click-to-dial', ['330 to 331 answered', '331 from 330 answered']],
  ['click to dial, not lifted', 'click-to-dial-not-lifted', ['330 to 331 not-answered no-answer']],
  [
    'click to dial, refused',
    'click-to-dial-busy',
    ['330 to 331 not-answered rejected', '331 from 330 not-answered rejected'],
  ],
  ['a call answered from the desktop: once', 'answer-from-desktop', [`331 from ${world} answered`]],
  [
    'an internal call answered from the desktop',
    'answer-from-desktop-internal',
    ['330 to 331 answered', '331 from 330 answered'],
  ],
  ['a call sent to the voice box', 'voicemail', [`331 from ${world} not-answered no-answer voicemail`]],
  [
    'a call that is always forwarded',
    'forward-always',
    [`331 from ${world} taken-over by 332`, `332 from ${world} answered instead of 331`],
  ],
  [
    'a call forwarded when busy',
    'forward-busy',
    ['330 to 331 answered', '331 from 330 taken-over by 332', '332 from 330 answered instead of 331'],
  ],
  [
    'a call forwarded when nobody answers',
    'forward-no-answer',
    [`331 from ${world} taken-over by 332`, `332 from ${world} answered instead of 331`],
  ],
  [
    'a forwarded call that is not answered there either',
    'forward-missed',
    [`331 from ${world} taken-over by 332`, `332 from ${world} not-answered cancelled instead of 331`],
  ],
  ['a deflected call', 'deflect', [`331 from ${world} taken-over by 332`, `332 from ${world} answered instead of 331`]],
  [
    'a pick-up with a star code',
    'pick-up-keys',
    [`331 from ${world} taken-over by 332`, `332 from ${world} answered instead of 331`],
  ],
  [
    'a pick-up from the desktop',
    'pick-up-desktop',
    [`331 from ${world} taken-over by 332`, `332 from ${world} answered instead of 331`],
  ],
  ['a pick-up that comes too late', 'pick-up-failed', [`331 from ${world} answered`]],
  [
    'an internal call that is picked up',
    'pick-up-internal',
    ['330 to 331 answered', '331 from 330 taken-over by 332', '332 from 330 answered instead of 331'],
  ],
  [
    'a call to a group',
    'group',
    [
      `330 from ${world} taken-over by 331 group 500`,
      `331 from ${world} answered group 500`,
      `332 from ${world} taken-over by 331 group 500`,
    ],
  ],
  [
    'a call to a group that nobody answers',
    'group-missed',
    ['330', '331', '332'].map((extension) => `${extension} from ${world} not-answered no-answer group 500`),
  ],
  ['hold and resume', 'hold', ['330 to 331 answered', '331 from 330 answered']],
  ['hold and recall', 'hold-recall', ['330 to 331 answered', '331 from 330 answered']],
  [
    'a recall that is not answered',
    'hold-recall-missed',
    [`331 from ${world} answered`, `331 from ${world} not-answered no-answer`],
  ],
  ['a consultation', 'consult-atxfer', [`331 from ${world} answered`, '331 to 332 answered', '332 from 331 answered']],
  [
    'an attended transfer',
    'transfer-attended',
    [`331 from ${world} answered`, '331 to 332 answered', `332 from ${world} answered instead of 331`],
  ],
  [
    'a transfer while it still rings',
    'transfer-ringing',
    [`331 from ${world} answered`, '331 to 332 answered', `332 from ${world} answered instead of 331`],
  ],
  [
    'a transfer of a called party',
    'transfer-outgoing',
    ['330 to 049891234567 answered', '330 to 332 answered', `332 from ${world} answered instead of 330`],
  ],
  ['a blind transfer', 'transfer-blind', [`331 from ${world} answered`, `332 from ${world} answered instead of 331`]],
  [
    'a blind transfer that nobody answers',
    'transfer-blind-missed',
    [`331 from ${world} answered`, `332 from ${world} not-answered no-answer instead of 331`],
  ],
  [
    'a conference of three',
    'conference',
    [`331 from ${world} answered`, '331 to 332 answered', '332 from 331 answered'],
  ],
  [
    'a second call while one talks',
    'call-waiting',
    [`331 from ${world} not-answered cancelled`, '330 to 331 answered', '331 from 330 answered'],
  ],
  ['hold over our own contexts', 'uc-hold', [`331 from ${world} answered`]],
  ['hold and recall over our own contexts', 'uc-hold-recall', [`331 from ${world} answered`]],
  [
    'a consultation over our own contexts',
    'uc-consult',
    [`331 from ${world} answered`, '331 to 332 answered', '332 from 331 answered'],
  ],
  [
    'a consultation with alternation',
    'uc-consult-alternate',
    [`331 from ${world} answered`, '331 to 332 answered', '332 from 331 answered'],
  ],
  [
    'an attended transfer over our own contexts',
    'uc-transfer',
    [`331 from ${world} answered`, '331 to 332 answered', `332 from ${world} answered instead of 331`],
  ],
  [
    'an attended transfer of a called party over our own contexts',
    'uc-consult-outgoing',
    ['331 to 0891234567 answered', '331 to 332 answered', `332 from ${world} answered instead of 331`],
  ],
  [
    'a blind transfer over our own contexts',
    'uc-transfer-blind',
    [`331 from ${world} answered`, `332 from ${world} answered instead of 331`],
  ],
  [
    'a conference over our own contexts',
    'uc-conference',
    [`331 from ${world} answered`, '331 to 332 answered', '332 from 331 answered'],
  ],
  [
    'a deflection over our own contexts',
    'uc-deflect',
    [`331 from ${world} taken-over by 332`, `332 from ${world} answered instead of 331`],
  ],
  ['a deflection to the voice box', 'uc-deflect-voicemail', [`331 from ${world} not-answered forwarded voicemail`]],
  [
    'a call during which Asterisk was killed, and one after it',
    'asterisk-killed',
    ['330 to 331 answered', '331 from 330 answered', '331 to 332 answered', '332 from 331 answered'],
  ],
];

describe('call records', () => {
  it.each(kinds)('of %s', (_what, file, expected) => {
    expect(recordsIn(file).map(tell)).toEqual(expected);
  });

  it.each(kinds)('have an id of their own and times in order: %s', (_what, file) => {
    const records = recordsIn(file);
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    for (const { startedAt, connectedAt, endedAt, result, reason } of records) {
      expect(startedAt).toBeLessThanOrEqual(connectedAt ?? startedAt);
      expect(connectedAt ?? startedAt).toBeLessThanOrEqual(endedAt);
      expect(connectedAt !== undefined).toBe(result === 'answered');
      expect(reason !== undefined).toBe(result === 'not-answered');
    }
    expect(recordsIn(file)).toEqual(records);
  });

  it('name both sides of a call by one id, and a consultation by another', () => {
    const [outside, back, asked] = recordsIn('conference');
    expect(asked?.callId).toBe(back?.callId);
    expect(outside?.callId).not.toBe(back?.callId);
  });

  it('say busy of a phone that had another call, and rejected of one that had none', () => {
    const lines = readFileSync(join(import.meta.dirname, '../../fixtures/cel/busy.jsonl'), 'utf8');
    const other = lines
      .replaceAll('331', '332')
      .replaceAll('330', '331')
      .replace(/-(\d{10})\.(\d+)/g, '-$1.9$2');
    const stream = `${other.split('\n')[0] ?? ''}\n${lines}`;
    const collector = createCallCollector<number>();
    const records = stream.split('\n').flatMap((line) => {
      const event = readCelLine(line);
      return event === undefined ? [] : collector.take(event, 0).flatMap((call) => recordsOf(call, devices));
    });
    expect(records.map(({ reason }) => reason)).toEqual(['busy', 'busy']);
  });

  it('are made for watched devices alone', () => {
    const line = readFileSync(join(import.meta.dirname, '../../fixtures/cel/answered.jsonl'), 'utf8').split('\n');
    const collector = createCallCollector<number>();
    const calls = line.flatMap((text) => {
      const event = readCelLine(text);
      return event === undefined ? [] : collector.take(event, 0);
    });
    expect(calls.flatMap((call) => recordsOf(call, []))).toEqual([]);
  });
});
