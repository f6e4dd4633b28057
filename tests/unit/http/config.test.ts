import { describe, expect, it } from 'vitest';
import { ConfigError, officeJsCdn, readConfig } from '../../../sync-service/config';

/** The problems of a configuration, by variable. */
function problems(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((problem) => problem.split(':')[0] ?? '');
  }
}

const reachable = { HOST: '0.0.0.0', BASE_URL: 'https://contacts.example.com' };

describe('the configuration', () => {
  it('without anything listens on loopback, keeps its data here and is no demo', () => {
    expect(readConfig({})).toMatchObject({
      port: 8801,
      host: '127.0.0.1',
      loopback: true,
      demo: false,
      baseUrl: 'http://localhost:8801',
      basePath: '',
      https: false,
      trustProxy: false,
      officeJs: { url: officeJsCdn, origin: 'https://appsforoffice.microsoft.com', local: false },
      logLevel: 'info',
    });
    expect(readConfig({}).microsoft).toBeUndefined();
  });

  it('takes an empty variable as not set', () => {
    expect(readConfig({ PORT: '', HOST: ' ', DEMO: '', BASE_URL: '' }).port).toBe(8801);
  });

  it('refuses to be reached by others without https', () => {
    expect(problems({ HOST: '0.0.0.0' })).toEqual(['HOST', 'BASE_URL']);
    expect(problems(reachable)).toEqual(['HOST']);
    expect(problems({ ...reachable, TLS_CERT_FILE: 'c.pem', TLS_KEY_FILE: 'k.pem' })).toEqual([]);
    expect(problems({ ...reachable, TRUST_PROXY: '1' })).toEqual([]);
    expect(problems({ HOST: '127.0.0.1' })).toEqual([]);
    expect(problems({ HOST: '::1' })).toEqual([]);
  });

  it('refuses a demo that others can reach, even over https', () => {
    expect(problems({ ...reachable, DEMO: '1', TRUST_PROXY: '1' })).toEqual(['HOST']);
    expect(readConfig({ DEMO: '1' }).demo).toBe(true);
  });

  it('names every variable that is wrong at once', () => {
    expect(
      problems({
        PORT: '70000',
        DEMO: 'perhaps',
        BASE_URL: 'contacts',
        TLS_CERT_FILE: 'cert.pem',
        TRUST_PROXY: 'everybody!',
        OFFICE_JS: 'javascript:alert(1)',
        OUTLOOK_ORIGINS: 'https://mail.example.com/owa, mail',
        MICROSOFT_GRAPH_BASE_URL: 'https://graph.microsoft.us/v1.0',
        LOG_LEVEL: 'loud',
      }).sort(),
    ).toEqual([
      'BASE_URL',
      'DEMO',
      'LOG_LEVEL',
      'MICROSOFT_CLIENT_ID',
      'OFFICE_JS',
      'OUTLOOK_ORIGINS',
      'OUTLOOK_ORIGINS',
      'PORT',
      'TLS_KEY_FILE',
      'TRUST_PROXY',
    ]);
  });

  it('says what to do', () => {
    expect(() => readConfig({ HOST: '0.0.0.0' })).toThrow(/TLS_CERT_FILE and TLS_KEY_FILE/);
  });

  it('serves below the path of the address', () => {
    const config = readConfig({ ...reachable, BASE_URL: 'https://example.com/contacts/', TRUST_PROXY: 'loopback' });
    expect(config).toMatchObject({
      baseUrl: 'https://example.com/contacts',
      basePath: '/contacts',
      https: true,
      trustProxy: ['loopback'],
    });
    expect(readConfig({ ...reachable, TRUST_PROXY: '10.0.0.1, 10.1.0.0/16' }).trustProxy).toEqual([
      '10.0.0.1',
      '10.1.0.0/16',
    ]);
  });

  it('knows where office.js comes from', () => {
    const base = { BASE_URL: 'https://example.com/contacts' };
    expect(readConfig({ ...base, OFFICE_JS: 'local' }).officeJs).toEqual({
      url: '/contacts/office-js/office.js',
      local: true,
    });
    expect(readConfig({ OFFICE_JS: '/preview/office.js' }).officeJs).toEqual({
      url: '/preview/office.js',
      local: false,
    });
    expect(readConfig({ OFFICE_JS: 'https://cdn.example/office.js' }).officeJs.origin).toBe('https://cdn.example');
    expect(problems({ OFFICE_JS: '//evil.example/office.js' })).toEqual(['OFFICE_JS']);
    expect(problems({ OFFICE_JS: 'http://cdn.example/office.js' })).toEqual(['OFFICE_JS']);
  });

  it('has Microsoft 365 once there is a client id, national clouds included', () => {
    expect(readConfig({ MICROSOFT_CLIENT_ID: 'id' }).microsoft).toEqual({
      userMapping: 'email',
      clientId: 'id',
      authority: 'https://login.microsoftonline.com/organizations',
      graphBaseUrl: 'https://graph.microsoft.com/v1.0',
    });
    expect(
      readConfig({ MICROSOFT_CLIENT_ID: 'id', MICROSOFT_GRAPH_BASE_URL: 'https://graph.microsoft.us/v1.0/' }).microsoft
        ?.graphBaseUrl,
    ).toBe('https://graph.microsoft.us/v1.0');
    expect(problems({ MICROSOFT_CLIENT_ID: 'id', MICROSOFT_AUTHORITY: 'http://login.example' })).toEqual([
      'MICROSOFT_AUTHORITY',
    ]);
    expect(problems({ MICROSOFT_CLIENT_ID: 'id', MICROSOFT_GRAPH_BASE_URL: 'http://localhost:8802/v1.0' })).toEqual([]);
  });
});
