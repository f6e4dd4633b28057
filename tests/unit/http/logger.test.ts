import { describe, expect, it } from 'vitest';
import { createLogger, maskAddress, maskName, maskNumber, maskText } from '../../../sync-service/logger';

/** Everything that these calls write, as one text. */
function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger('trace', { write: (line: string) => void lines.push(line) }));
  return lines.join('');
}

describe('masking', () => {
  it('leaves enough to recognise and too little to use', () => {
    expect(maskNumber('+49 89 7007-330')).toBe('…30');
    expect(maskNumber('11')).toBe('…');
    expect(maskName('Søren  Müller-Lüdenscheidt')).toBe('S… M…');
    expect(maskAddress('soren@example.com')).toBe('s…@example.com');
    expect(maskAddress('nothing')).toBe('…');
  });

  it('finds numbers and addresses in a text and leaves the rest', () => {
    expect(maskText('dial 0049 89 7007330 for anna@example.com now')).toBe('dial …30 for a…@example.com now');
    expect(maskText('(089) 7007-330')).not.toContain('7007');
    for (const plain of ['listening on http://127.0.0.1:8801', 'took 1234 ms', 'version 1.2.3', 'PJSIP/330']) {
      expect(maskText(plain)).toBe(plain);
    }
  });
});

describe('the log', () => {
  it('has no secret, whichever way it is handed over', () => {
    const text = logged((logger) => {
      logger.info({ password: 'Anna-330!', request: { headers: { authorization: 'Bearer abc', Cookie: 'x=abc' } } });
      logger.info({ token: 'abc', deep: [{ newPassword: 'Anna-330!' }] }, 'signed in');
    });
    expect(text).not.toMatch(/Anna-330|abc/);
  });

  it('masks people in fields, messages and errors, and their causes', () => {
    const text = logged((logger) => {
      logger.info({ displayName: 'Søren Müller', number: '+498970073301', email: 'soren@example.com' }, 'call');
      logger.warn('no answer from +49 89 7007 3301');
      logger.error({ err: new Error('lost +498970073301', { cause: new Error('soren@example.com') }) }, 'failed');
      logger.error(new Error('alone +498970073301'));
      logger.child({ part: 'sync' }).info({ contact: { company: 'Müller', numbers: ['0897007 3301'] } });
    });
    expect(text).not.toMatch(/Müller|7007|soren@/);
    expect(text.match(/…01/g)?.length).toBe(5);
  });

  it('keeps ids and error codes, which say nothing about people', () => {
    const correlationId = '12345678-1234-1234-1234-123456789012';
    const text = logged((logger) =>
      logger.info({ correlationId, code: 'sign-in-locked', url: 'http://127.0.0.1:8801' }),
    );
    expect(text).toContain(correlationId);
    expect(text).toContain('sign-in-locked');
    expect(text).toContain('http://127.0.0.1:8801');
  });

  it('ends somewhere, however deep and long a value is', () => {
    const circular: Record<string, unknown> = { list: Array.from({ length: 5000 }, (_, n) => n) };
    circular.self = circular;
    expect(logged((logger) => logger.info({ circular })).length).toBeLessThan(20_000);
  });
});
