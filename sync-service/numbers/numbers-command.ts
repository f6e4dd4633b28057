/** What `npm run numbers` is asked for, and what it answers. Everything from outside is handed in. */
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { dialPlanSchema } from '../../shared/dial-plan';
import type { DialPlan } from '../../shared/dial-plan';
import type { NumberRules } from '../../shared/phone-number';
import { numberTable, tableFormats } from './number-table';
import type { TableFormat } from './number-table';

export const numbersUsage = `Usage: npm run numbers -- FILE [--site NAME] [--format table|tsv|json]
       npm run numbers -- FILE --country 49 [--area 89] [--access-code 0] [--national-prefix 0]
                               [--international-prefix 00] [--block +49897007]... [--extension-length 3]
                               [--emergency 110]... [--local-area 646]... [--own-area-digits 7]
Reads one number a line (FILE "-" is the standard input) and prints all its forms: E.164, for people, to dial,
extension, what was assumed, or why it cannot be read. The dial plan is that of a site of the installation; with
--country it stands in the options, and no installation is needed.`;

/** Something in the arguments, the file or the installation is missing; the text says what to do. */
export class NumbersRefused extends Error {}

export interface NumbersCommandDeps {
  readonly rules: Pick<NumberRules, 'readNumber'>;
  /** Rejects as node's readFile does. `-` is the standard input. */
  readonly readFile: (path: string) => Promise<string>;
  /** The installation's sites. */
  readonly sites: () => Promise<readonly { readonly name: string; readonly dialPlan: DialPlan }[]>;
}

/** Emergency numbers by country code, where there are others than 112: a site of the installation names its own. */
const emergencyNumbers: Readonly<Record<string, readonly string[]>> = {
  '1': ['911'],
  '33': ['112', '15', '17', '18'],
  '39': ['112', '113', '115', '118'],
  '41': ['112', '117', '118', '144'],
  '43': ['112', '122', '133', '144'],
  '44': ['112', '999'],
  '49': ['110', '112'],
  '55': ['190', '192', '193'],
};

/** Prefixes of a country whose dial plan is not written out. */
function planFromOptions(values: ReturnType<typeof readOptions>['values']): DialPlan {
  const { country = '' } = values;
  const northAmerica = country === '1';
  const length = values['extension-length'] ?? '3';
  const found = z.safeParse(dialPlanSchema, {
    countryCode: country.replace(/^\+/, ''),
    areaCode: values.area ?? '',
    trunkAccessCode: values['access-code'] ?? '',
    nationalPrefix: values['national-prefix'] ?? (northAmerica ? '1' : country === '39' ? '' : '0'),
    internationalPrefix: values['international-prefix'] ?? (northAmerica ? '011' : '00'),
    numberBlocks: values.block ?? [],
    extensionLength: /^\d+$/.test(length) ? Number(length) : length,
    ...(values['local-area'] && { localAreaCodes: values['local-area'] }),
    ...(values['own-area-digits'] !== undefined && { ownAreaDigits: Number(values['own-area-digits']) }),
    emergencyNumbers: values.emergency ?? emergencyNumbers[country] ?? ['112'],
  });
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw new NumbersRefused(`The dial plan is not right (${issue?.path.join('.') ?? ''}).\n${numbersUsage}`);
}

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        site: { type: 'string' },
        format: { type: 'string' },
        country: { type: 'string' },
        area: { type: 'string' },
        'access-code': { type: 'string' },
        'national-prefix': { type: 'string' },
        'international-prefix': { type: 'string' },
        block: { type: 'string', multiple: true },
        'extension-length': { type: 'string' },
        emergency: { type: 'string', multiple: true },
        'local-area': { type: 'string', multiple: true },
        'own-area-digits': { type: 'string' },
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw new NumbersRefused(`${error instanceof Error ? error.message : String(error)}\n${numbersUsage}`);
  }
}

async function planOfSite(wanted: string | undefined, sites: NumbersCommandDeps['sites']): Promise<DialPlan> {
  const all = await sites();
  const names = all.map(({ name }) => name).join(', ');
  const found = wanted === undefined ? all : all.filter(({ name }) => name === wanted);
  const [site] = found;
  if (site !== undefined && found.length === 1) return site.dialPlan;
  if (all.length === 0) {
    throw new NumbersRefused('There is no site yet: say the dial plan with --country, or add one with npm run manage.');
  }
  throw new NumbersRefused(
    wanted === undefined ? `Say which site with --site: ${names}.` : `There is no site ${wanted}. There are: ${names}.`,
  );
}

const isFormat = (text: string): text is TableFormat => tableFormats.some((format) => format === text);

/** The lines to print. Throws {@link NumbersRefused}. */
export async function runNumbers(args: readonly string[], deps: NumbersCommandDeps): Promise<string[]> {
  const { values, positionals } = readOptions(args);
  const [path] = positionals;
  const format = values.format ?? 'table';
  if (path === undefined || positionals.length > 1 || !isFormat(format)) throw new NumbersRefused(numbersUsage);
  if (values.country !== undefined && values.site !== undefined) {
    throw new NumbersRefused('Say either --site or --country, not both.');
  }
  let text: string;
  try {
    text = await deps.readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw new NumbersRefused(
      code === 'ENOENT'
        ? `There is no file ${path}.`
        : `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const plan = values.country === undefined ? await planOfSite(values.site, deps.sites) : planFromOptions(values);
  return numberTable(text.replace(/^\uFEFF/, '').split(/\r\n?|\n/), plan, deps.rules, format);
}
