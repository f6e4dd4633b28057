import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { allSettings, ConfigError, readConfig, readStorageConfig } from '../../../sync-service/config';
import { findConfigFile } from '../../../sync-service/configuration/find-config-file';

const fileOf = (text: string) => ({ path: '/etc/mycontacts/mycontacts.yaml', text });

/** What is wrong with this file. */
function problems(text: string, environment: Record<string, string> = {}): readonly string[] {
  try {
    readConfig(environment, fileOf(text));
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((problem) => problem.replace('/etc/mycontacts/', ''));
  }
}

describe('the configuration file', () => {
  it('says what the environment leaves open, and the environment overrides it', () => {
    const file = fileOf('baseUrl: https://contacts.example.com/uc\nlisten:\n  port: 9000\ntrustProxy: [10.0.0.1]\n');
    expect(readConfig({}, file)).toMatchObject({
      baseUrl: 'https://contacts.example.com/uc',
      port: 9000,
      trustProxy: ['10.0.0.1'],
    });
    expect(readConfig({ PORT: '9001' }, file).port).toBe(9001);
    expect(readConfig({ PORT: ' ' }, file).port).toBe(9000);
  });

  it('may be empty, and have empty sections', () => {
    expect(problems('')).toEqual([]);
    expect(problems('# nothing\nlisten:\nmetrics:\n  # port: 1\n')).toEqual([]);
  });

  it('names a misspelt key with its line and what was probably meant', () => {
    const text = [
      'baseURL: https://a.example', // 1
      'base_url: https://a.example', // 2
      'listen:', // 3
      '  prot: 8801', // 4
      '  hosts: 127.0.0.1', // 5
      'port: 8801', // 6
      'DATA_DIR: /var/lib', // 7
      'micosoft:', // 8
      '  clientID: x', // 9
      'tsl: {}', // 10
      'quux: 1', // 11
    ].join('\n');
    expect(problems(text)).toEqual([
      'mycontacts.yaml:1: baseURL: there is no such setting. Did you mean baseUrl?',
      'mycontacts.yaml:2: base_url: there is no such setting. Did you mean baseUrl?',
      'mycontacts.yaml:4: listen.prot: there is no such setting. Did you mean listen.port?',
      'mycontacts.yaml:5: listen.hosts: there is no such setting. Did you mean listen.host?',
      'mycontacts.yaml:6: port: there is no such setting. Did you mean listen.port?',
      'mycontacts.yaml:7: DATA_DIR: there is no such setting. Did you mean dataDirectory?',
      'mycontacts.yaml:8: micosoft: there is no such setting. Did you mean microsoft?',
      'mycontacts.yaml:10: tsl: there is no such setting. Did you mean tls?',
      expect.stringMatching(/^mycontacts\.yaml:11: quux: there is no such setting\. There are: baseUrl, listen, tls,/),
    ]);
  });

  it('says of a wrong value the line and what it has to be', () => {
    const text = [
      'baseUrl: contacts', // 1
      'listen:', // 2
      '  host: {}', // 3
      '  port: "80 80"', // 4
      'trustProxy: everybody', // 5
      'logLevel: loud', // 6
      'outlook:', // 7
      '  origins: https://mail.example.com/owa', // 8
      'metrics: 9464', // 9
    ].join('\n');
    expect(problems(text)).toEqual([
      expect.stringMatching(/^mycontacts\.yaml:9: metrics: is a section\. Write its settings below it/),
      'mycontacts.yaml:1: baseUrl: has to be an address such as https://contacts.example.com.',
      expect.stringMatching(/^mycontacts\.yaml:3: listen\.host: has to be an address of this machine/),
      'mycontacts.yaml:4: listen.port: has to be a number from 0 to 65535.',
      expect.stringMatching(/^mycontacts\.yaml:5: trustProxy: has to be the number of proxies/),
      expect.stringMatching(/^mycontacts\.yaml:6: logLevel: has to be one of fatal, /),
      'mycontacts.yaml:8: outlook.origins: https://mail.example.com/owa is no origin such as https://mail.example.com.',
    ]);
  });

  it('says of settings that do not go together which is missing, in the words of the file', () => {
    expect(problems('tls:\n  certFile: cert.pem\n')).toEqual([
      'mycontacts.yaml: tls.keyFile: name the key of tls.certFile.',
    ]);
    expect(problems('listen: { host: 0.0.0.0 }\nbaseUrl: https://a.example\n')[0]).toContain(
      'name a certificate with tls.certFile and tls.keyFile, or the proxy in front with trustProxy',
    );
    expect(problems('baseUrl: https://a.example\n', { HOST: '0.0.0.0' })[0]).toMatch(/^HOST: /);
  });

  it('tells what is no YAML, keys that stand twice and tabs, by line', () => {
    expect(problems('logLevel: info\nlogLevel: warn\n')).toEqual([
      'mycontacts.yaml:2: this setting stands here a second time. Keep one of the two.',
    ]);
    expect(problems('listen:\n\tport: 1\n')[0]).toMatch(/^mycontacts\.yaml:2: a tab indents this line/);
    expect(problems('baseUrl: [\n')[0]).toMatch(/^mycontacts\.yaml:\d: this is not YAML: /);
    expect(problems('just words')).toEqual([
      'mycontacts.yaml:1: a configuration file has lines such as "baseUrl: https://contacts.example.com".',
    ]);
    expect(problems('x'.repeat(300_000))).toEqual(['mycontacts.yaml: is too large to be a configuration file.']);
  });

  it('holds no secret: it names the file of one, counted from its own directory', () => {
    const registered = 'microsoft:\n  clientId: id\n';
    expect(problems(`${registered}  clientSecret: s3cret\n`)).toEqual([
      'mycontacts.yaml:3: microsoft.clientSecret: a secret is not written into this file. Put it into a file of its own ' +
        'and name that with microsoft.clientSecretFile.',
    ]);
    const file = fileOf(`${registered}  clientSecretFile: secrets/entra\n`);
    expect(readConfig({}, file).microsoft?.clientSecret).toEqual({ file: '/etc/mycontacts/secrets/entra' });
    expect(readConfig({ MICROSOFT_CLIENT_SECRET: 'x' }, file).microsoft?.clientSecret).toEqual({
      env: 'MICROSOFT_CLIENT_SECRET',
    });
    expect(JSON.stringify(readConfig({ MICROSOFT_CLIENT_SECRET: 's3cret' }, file))).not.toContain('s3cret');
  });

  it('cannot make a demo of an installation', () => {
    expect(problems('demo: true')[0]).toMatch(/^mycontacts\.yaml:1: demo: there is no such setting/);
  });

  it('tells a command line where the data is, and is checked whole for it', () => {
    const file = fileOf('dataDirectory: data\nlisten: { host: 0.0.0.0 }\n');
    expect(readStorageConfig({ PORT: 'nonsense' }, file).databaseFile).toBe('/etc/mycontacts/data/mycontacts.db');
    expect(readStorageConfig({ DATA_DIR: '/srv/data' }, file).dataDirectory).toBe('/srv/data');
    expect(() => readStorageConfig({}, fileOf('dataDirectroy: data\n'))).toThrow('Did you mean dataDirectory?');
  });
});

describe('the example of a configuration file', () => {
  const example = readFileSync(
    fileURLToPath(new URL('../../../docs/examples/mycontacts.yaml', import.meta.url)),
    'utf8',
  );
  const uncommented = example.replaceAll(/^( *)#(?=\w+:)/gm, '$1');

  it('can be used as it is', () => {
    expect(problems(example)).toEqual([]);
  });

  it('can be used with every setting uncommented', () => {
    // The address of a database server is read at once; the example's file is not there.
    const directory = mkdtempSync(join(tmpdir(), 'mycontacts-config-'));
    const file = join(directory, 'database-url');
    writeFileSync(file, 'postgresql://mycontacts@127.0.0.1/mycontacts');
    const usable = uncommented.replace('/etc/mycontacts/database-url', file);
    try {
      expect(usable).toContain(file);
      expect(problems(usable)).toEqual([]);
    } finally {
      rmSync(directory, { recursive: true });
    }
    expect(uncommented.length).toBeLessThan(example.length - 10);
  });

  it.each(Object.entries(allSettings).filter(([, setting]) => !('environmentOnly' in setting)))(
    'shows %s with its variable',
    (key, { variable }) => {
      const name = key.split('.').at(-1) ?? '';
      expect(example).toMatch(new RegExp(`^ *#?${name}: \\S.*# ${variable}$`, 'm'));
    },
  );
});

describe('which configuration file is read', () => {
  const directory = mkdtempSync(join(tmpdir(), 'mycontacts-config-'));
  const write = (name: string, text: string) => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };

  it('is the one that --config names, then CONFIG_FILE, then the one of the working directory', () => {
    const here = { workingDirectory: directory };
    const named = write('named.yaml', '# named');
    const other = write('other.yaml', '# other');
    expect(findConfigFile(['user', '--config', named, 'list'], { CONFIG_FILE: other }, here)).toEqual({
      args: ['user', 'list'],
      file: { path: named, text: '# named' },
      named,
    });
    expect(findConfigFile([`--config=${named}`], {}, here).file?.path).toBe(named);
    expect(findConfigFile([], { CONFIG_FILE: other }, here).file?.text).toBe('# other');
    expect(findConfigFile([], { CONFIG_FILE: '' }, here).file).toBeUndefined();
    write('mycontacts.yaml', '# here');
    expect(findConfigFile([], {}, here).file?.text).toBe('# here');
  });

  it('is an error when it was named and is not there', () => {
    expect(() => findConfigFile(['--config', join(directory, 'gone.yaml')], {})).toThrow('there is no such file');
    expect(() => findConfigFile(['--config'], {})).toThrow('--config: name the file behind it.');
  });

  it('may be still to come where a restore brings it', () => {
    const coming = join(directory, 'gone.yaml');
    expect(findConfigFile(['--config', coming], {}, { mayBeMissing: true })).toEqual({
      args: [],
      file: undefined,
      named: coming,
    });
  });
});
