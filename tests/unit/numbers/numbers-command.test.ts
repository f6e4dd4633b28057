import { describe, expect, it } from 'vitest';
import { createNumberRules } from '../../../shared/phone-number';
import { numberLibrary } from '../../../sync-service/numbers/number-library';
import { NumbersRefused, runNumbers } from '../../../sync-service/numbers/numbers-command';
import { munich, rome } from '../../fixtures/dial-plans';

const files: Readonly<Record<string, string>> = {
  'numbers.txt': '\uFEFF089 123456 App. 12\r\n\r\n+49 (89) 7007-321\n110\n089 123456 / 0171 1234567\n',
  'empty.txt': '',
};

function run(args: readonly string[], sites = [{ name: 'Munich', dialPlan: munich }]): Promise<string[]> {
  return runNumbers(args, {
    rules: createNumberRules(numberLibrary),
    readFile: (path) => {
      const text = files[path];
      if (text !== undefined) return Promise.resolve(text);
      const missing = path.startsWith('missing');
      return Promise.reject(Object.assign(new Error('EISDIR: a directory'), { code: missing ? 'ENOENT' : 'EISDIR' }));
    },
    sites: () => Promise.resolve(sites),
  });
}

describe('npm run numbers', () => {
  it('prints every number of a file in all its forms, by the dial plan of the only site', async () => {
    const lines = await run(['numbers.txt']);
    expect(lines.map((line) => line.replace(/ {2,}/g, ' | '))).toEqual([
      'written | e164 | display | dialable | extension | assumed | problem',
      '089 123456 App. 12 | +4989123456 | +49 (89) 123456 ext. 12 | 0123456 | 12 | country',
      '+49 (89) 7007-321 | +49897007321 | +49 (89) 7007-321 | 321 | 321',
      '110 | 110 | short-number',
      '089 123456 / 0171 1234567 | +4989123456 | +49 (89) 123456 | 0123456 | country',
      '089 123456 / 0171 1234567 | +491711234567 | +49 (171) 1234567 | 001711234567 | country',
    ]);
  });

  it('prints for a spreadsheet and for a program', async () => {
    const [head, first] = await run(['numbers.txt', '--format', 'tsv']);
    expect(head?.split('\t')).toHaveLength(7);
    expect(first?.split('\t').slice(0, 5)).toEqual([
      '089 123456 App. 12',
      '+4989123456',
      '+49 (89) 123456 ext. 12',
      '0123456',
      '12',
    ]);
    const objects = (await run(['numbers.txt', '--format', 'json'])).map((line): unknown => JSON.parse(line));
    expect(objects[3]).toMatchObject({ e164: '+4989123456', further: [{ e164: '+491711234567' }] });
    expect(await run(['empty.txt', '--format', 'json'])).toEqual([]);
  });

  it('takes the dial plan from the options, without an installation', async () => {
    const options = ['--country', '49', '--area', '30', '--access-code', '9'];
    const [, first] = await run(['numbers.txt', ...options, '--format', 'tsv'], []);
    expect(first?.split('\t')[3]).toBe('9089123456');
    const [, , , emergency] = await run(['numbers.txt', ...options, '--format', 'tsv'], []);
    expect(emergency?.split('\t')).toEqual(['110', '', '', '110', '', '', 'short-number']);
  });

  it.each([
    [['missing.txt'], 'There is no file missing.txt.'],
    [['folder'], 'folder cannot be read: EISDIR'],
    [[], 'Usage: npm run numbers'],
    [['numbers.txt', '--format', 'xml'], 'Usage: npm run numbers'],
    [['numbers.txt', '--colour'], "Unknown option '--colour'"],
    [['numbers.txt', '--site', 'Rome'], 'There is no site Rome. There are: Munich.'],
    [['numbers.txt', '--country', 'Germany'], 'The dial plan is not right (countryCode).'],
    [['numbers.txt', '--country', '49', '--site', 'Munich'], 'either --site or --country'],
  ])('says of %j: %s', async (args, text) => {
    const refused = await run(args).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(NumbersRefused);
    expect(String(refused)).toContain(text);
  });

  it('asks which site is meant', async () => {
    const two = [
      { name: 'Munich', dialPlan: munich },
      { name: 'Rome', dialPlan: rome },
    ];
    await expect(run(['numbers.txt'], two)).rejects.toThrow('Say which site with --site: Munich, Rome.');
    expect(await run(['numbers.txt', '--site', 'Rome'], two)).toHaveLength(6);
    await expect(run(['numbers.txt'], [])).rejects.toThrow('There is no site yet');
  });
});
