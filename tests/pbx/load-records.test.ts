/**
 * Twenty seconds of calls from outside to users, fifteen a second, made with sipp: each of them has its record, once.
 * LOAD_SECONDS and LOAD_RATE change the length and the calls per second.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCelRecords } from '../../sync-service/telephone-system/asterisk/cel/cel-records';
import type { CallRecord } from '../../sync-service/telephone-system/telephone-system';
import { systemTimers } from '../../sync-service/telephone-system/timers';
import { channelsLeft } from './rig/office';
import { outsidePhone, startPbx, testPhones } from './rig/pbx';
import type { Pbx } from './rig/pbx';

const seconds = Number(process.env.LOAD_SECONDS ?? '20');
const rate = Number(process.env.LOAD_RATE ?? '15');
const calls = seconds * rate;

interface Request {
  readonly method: string;
  readonly sequence: number;
  readonly via?: string;
  /** Tag of the called side, once there is one. */
  readonly tag?: string;
  readonly rest: string;
}

const ownVia = 'Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]';
const head = ({ method, sequence, via = ownVia, tag = '[peer_tag_param]', rest }: Request): string => `
${method} sip:[field0]@[remote_ip]:[remote_port] SIP/2.0
${via}
From: <sip:trunk@127.0.0.1>;tag=[pid]load[call_number]
To: <sip:[field0]@127.0.0.1>${tag}
Call-ID: [call_id]
CSeq: ${sequence} ${method}
Contact: <sip:trunk@[local_ip]:[local_port]>
Max-Forwards: 70
${rest}`;
const noBody = 'Content-Length: 0\n\n';
const offer = `Content-Type: application/sdp
Content-Length: [len]

v=0
o=load 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [local_ip]
t=0 0
m=audio 6000 RTP/AVP 8
a=rtpmap:8 PCMA/8000
`;
const send = (text: string): string => `<send retrans="500"><![CDATA[${text}]]></send>`;
const ack = (sequence: number, via?: string): string =>
  `<send><![CDATA[${head({ method: 'ACK', sequence, ...(via === undefined ? {} : { via }), rest: noBody })}]]></send>`;
/** A refusal is acknowledged in its own transaction. */
const sameVia = '[last_Via:]';
const login = '[authentication username=trunk password=@SECRET@]\n';
/** One call: signs in, talks for a moment when it is answered, and is content with any refusal. */
const scenario = `<?xml version="1.0" encoding="UTF-8" ?>
<scenario name="a call from outside">
${send(head({ method: 'INVITE', sequence: 1, tag: '', rest: offer }))}
<recv response="100" optional="true"/>
<recv response="401" auth="true"/>
${ack(1, sameVia)}
${send(head({ method: 'INVITE', sequence: 2, tag: '', rest: login + offer }))}
<recv response="100" optional="true"/>
<recv response="180" optional="true"/>
<recv response="183" optional="true"/>
<recv response="486" optional="true" next="refused"/>
<recv response="480" optional="true" next="refused"/>
<recv response="503" optional="true" next="refused"/>
<recv response="603" optional="true" next="refused"/>
<recv response="200"/>
${ack(2)}
<pause milliseconds="150"/>
${send(head({ method: 'BYE', sequence: 3, rest: noBody }))}
<recv response="200" next="done"/>
<label id="refused"/>
${ack(2, sameVia)}
<label id="done"/>
</scenario>
`;

describe('call records under load', () => {
  let pbx: Pbx;
  beforeAll(async () => {
    pbx = await startPbx({ callsPerPhone: 4 });
  });
  afterAll(() => pbx.stop());

  it(
    'are as many as the calls, none twice',
    async () => {
      const devices = testPhones.map(({ extension }) => ({
        address: `PJSIP/${extension}`,
        extension,
        displayName: extension,
      }));
      const records = createCelRecords(
        { file: pbx.celFile },
        { devices: () => devices, logger: pino({ level: 'silent' }), timers: systemTimers, onNews: () => {} },
      );
      const all: CallRecord[] = [];
      let cursor: string | undefined;
      const readOn = async (): Promise<void> => {
        for (let more = true; more;) {
          const page = await records.read(cursor, 20);
          all.push(...page.records);
          ({ cursor, more } = page);
        }
      };
      const output = await pbx.startProgram(
        'sipp',
        'sipp',
        ['-sf', 'call.xml', '-inf', 'users.csv', '127.0.0.1:5060', '-i', '127.0.0.1', '-p', '5392']
          .concat(['-r', String(rate), '-m', String(calls), '-l', '100', '-nostdin', '-recv_timeout', '10000'])
          .concat(['-trace_err', '-error_file', 'errors.log']),
        {
          'call.xml': scenario.replaceAll('@SECRET@', pbx.secret),
          'users.csv': `SEQUENTIAL\n${testPhones.map(({ extension }) => `${extension};`).join('\n')}\n`,
        },
      );
      const end = Date.now() + (seconds + 30) * 1000;
      while (all.length < calls && Date.now() < end) {
        // Whoever is called lifts when he can.
        for (const phone of pbx.phones.values()) if (phone.ringing !== undefined) await phone.command('accept');
        await readOn();
        await sleep(100);
      }
      while ((await channelsLeft(pbx)) > 0 && Date.now() < end) await sleep(100);
      await readOn();
      expect(all.length, (await output()).slice(0, 2500)).toBe(calls);
      expect(new Set(all.map(({ id }) => id)).size).toBe(calls);
      expect(new Set(all.map(({ callId }) => callId)).size).toBe(calls);
      expect(all.every(({ party }) => party.number === outsidePhone.number)).toBe(true);
      expect(all.filter(({ result }) => result === 'answered').length).toBeGreaterThan(calls / 4);
    },
    (seconds + 60) * 1000,
  );
});
