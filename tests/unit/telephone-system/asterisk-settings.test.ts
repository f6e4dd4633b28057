import { describe, expect, it } from 'vitest';
import { readAsteriskSettings } from '../../../sync-service/telephone-system/asterisk/asterisk-settings';
import { createSecretReader } from '../../../sync-service/telephone-system/secret-reference';

const settings = { kind: 'asterisk', user: 'mycontacts', secret: { env: 'AMI_SECRET' } };

describe('settings of an Asterisk', () => {
  it('need a user and where the secret is, nothing else', () => {
    expect(readAsteriskSettings(settings)).toMatchObject({ host: '127.0.0.1', port: 5038, tls: false });
  });

  it.each(['localhost', '127.0.0.1', '127.8.0.1', '::1'])('need no TLS on %s', (host) => {
    expect(readAsteriskSettings({ ...settings, host }).host).toBe(host);
  });

  it.each(['pbx.example.com', '192.168.1.5', '127.0.0.1.example.com', '::2'])('need TLS to %s', (host) => {
    expect(() => readAsteriskSettings({ ...settings, host })).toThrow(/tls/);
    expect(readAsteriskSettings({ ...settings, host, tls: {} }).tls).toEqual({});
  });

  it('take no secret and nothing that they do not know', () => {
    expect(() => readAsteriskSettings({ ...settings, secret: 'swordfish' })).toThrow(/secret/);
    expect(() => readAsteriskSettings({ ...settings, hots: 'x' })).toThrow(/hots/);
    expect(() => readAsteriskSettings({ ...settings, dialContext: 'a&b' })).toThrow(/dialContext/);
    expect(() => readAsteriskSettings({ ...settings, secret: 'swordfish' })).not.toThrow(/swordfish/);
  });

  it('find the secret where they say, or say where it is missing', () => {
    const secrets = createSecretReader({ AMI_SECRET: 'swordfish' });
    expect(secrets({ env: 'AMI_SECRET' })).toBe('swordfish');
    expect(() => secrets({ env: 'OTHER_SECRET' })).toThrow('OTHER_SECRET');
    expect(() => secrets({ file: '/nonexistent/secret' })).toThrow('/nonexistent/secret');
  });
});
