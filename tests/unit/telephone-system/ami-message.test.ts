import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amiLimits,
  createAmiReader,
  field,
  readName,
  writeAction,
} from '../../../sync-service/telephone-system/asterisk/ami-message';
import { callBackFields, encodeName, originateFields } from '../../../sync-service/telephone-system/asterisk/originate';

const greeting = 'Asterisk Call Manager/11.0.0\r\n';
const wire = `${greeting}Response: Success\r\nActionID: 1\r\n\r\nEvent: Status\r\nVariable: A=1\r\nVariable: B=\r\n\r\n`;

describe('messages of the manager interface', () => {
  it('are the same however the stream is cut into pieces', () => {
    const whole = createAmiReader().push(wire);
    expect(whole).toHaveLength(2);
    expect(whole[1]?.get('Variable')).toEqual(['A=1', 'B=']);
    fc.assert(
      fc.property(fc.array(fc.nat(wire.length), { maxLength: 8 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), wire.length];
        const reader = createAmiReader();
        const messages = places.slice(1).flatMap((end, index) => reader.push(wire.slice(places[index], end)));
        expect(messages).toEqual(whole);
      }),
    );
  });

  it('are refused when something else than an Asterisk answers', () => {
    expect(() => createAmiReader().push('HTTP/1.1 400 Bad Request\r\n')).toThrow('No Asterisk');
  });

  it('are refused when they have no end', () => {
    const line = createAmiReader();
    line.push(greeting);
    expect(() => line.push('x'.repeat(amiLimits.line + 1))).toThrow('too long');
    const lines = createAmiReader();
    lines.push(greeting);
    expect(() => lines.push('A: 1\r\n'.repeat(amiLimits.lines + 1))).toThrow('too long');
  });

  it('take an empty value for none', () => {
    const [message] = createAmiReader().push(`${greeting}Exten: \r\nChannel: PJSIP/330-00000001\r\n\r\n`);
    expect(message && field(message, 'Exten')).toBeUndefined();
    expect(message && field(message, 'Channel')).toBe('PJSIP/330-00000001');
  });

  it('cannot be ended from inside of a value', () => {
    expect(() => writeAction('Setvar', '1', { Value: 'x\r\n\r\nAction: Logoff' })).toThrow('control characters');
    expect(writeAction('Originate', '7', { Variable: ['A=1', 'B=2'], Account: undefined })).toBe(
      'Action: Originate\r\nActionID: 7\r\nVariable: A=1\r\nVariable: B=2\r\n\r\n',
    );
  });

  it('say names with escapes', () => {
    expect(readName('a\\",UC_EVIL=1,X=\\"b')).toBe('a",UC_EVIL=1,X="b');
    expect(readName('back\\\\slash')).toBe('back\\slash');
    expect(readName('<unknown>')).toBeUndefined();
    expect(readName(undefined)).toBeUndefined();
  });
});

describe('a name on its way into the dialplan', () => {
  it('holds nothing that ends a value, a string or an expression, and is the same when decoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (name) => {
        const encoded = encodeName(name);
        expect(encoded).toMatch(/^[A-Za-z0-9%._-]*$/);
        expect(decodeURIComponent(encoded)).toBe([...name.replace(/\p{C}/gu, ' ').trim()].slice(0, 80).join(''));
      }),
    );
  });

  it('is no part of what rings', () => {
    const device = { address: 'PJSIP/330', extension: '330,X=1', displayName: 'a",UC_EVIL=1,X="b' };
    const fields = originateFields(device, '0089*1#', 'uc-1', { dialContext: 'uc-dial', ownPhoneRingSeconds: 30 });
    expect(fields).toMatchObject({ Exten: 's', CallerID: '"0089*1#" <0089*1#>', Timeout: '30000' });
    expect(fields.Variable).toEqual([
      'UC_DIALLED=0089*1#',
      'UC_EXTENSION=3301',
      'UC_NAME=a%22%2CUC_EVIL%3D1%2CX%3D%22b',
    ]);
  });

  it('is no part of what calls a mobile, and the dialplan alone knows by which line', () => {
    const device = { address: 'PJSIP/330', extension: '330,X=1', displayName: 'a",UC_EVIL=1,X="b' };
    const settings = { dialContext: 'uc-dial', mobileCodec: 'alaw', mobileRingSeconds: 20 };
    const fields = callBackFields(device, '331', '001711234567', 'ucm-1', settings);
    expect(fields).toEqual({
      Channel: 'Local/s@uc-callback/n',
      ChannelId: 'ucm-1',
      OtherChannelId: 'far-ucm-1',
      Codecs: 'alaw',
      Context: 'uc-dial',
      Exten: 's',
      Priority: '1',
      Async: 'true',
      Timeout: '20000',
      Variable: [
        'UC_CALLBACK=PJSIP/330',
        'UC_MOBILE=001711234567',
        'UC_DIALLED=331',
        'UC_EXTENSION=3301',
        'UC_NAME=a%22%2CUC_EVIL%3D1%2CX%3D%22b',
      ],
    });
  });
});
