/** What stands in the form for a site, and what it says to the service. Pure. */
import type { AdministeredSite } from '../../shared/api/administration-sites';
import { linesOf } from './field-problems';

export interface SiteFormValues {
  readonly name: string;
  readonly countryCode: string;
  readonly areaCode: string;
  readonly trunkAccessCode: string;
  /** One in each line. */
  readonly numberBlocks: string;
  readonly extensionLength: string;
  readonly timeZone: string;
  readonly journalDays: string;
  readonly nationalPrefix: string;
  readonly internationalPrefix: string;
  /** With commas. */
  readonly emergencyNumbers: string;
  /** With commas; North America only, as the next. */
  readonly localAreaCodes: string;
  readonly ownAreaDigits: string;
}

/** Whether a site there may dial seven, ten and eleven digits side by side. */
export function mixesForms({ countryCode }: Pick<SiteFormValues, 'countryCode'>): boolean {
  return countryCode.trim().replace(/^\+/, '') === '1';
}

export function valuesOfSite(site: AdministeredSite | undefined): SiteFormValues {
  const plan = site?.dialPlan;
  return {
    name: site?.name ?? '',
    countryCode: plan?.countryCode ?? '',
    areaCode: plan?.areaCode ?? '',
    trunkAccessCode: plan?.trunkAccessCode ?? '',
    numberBlocks: (plan?.numberBlocks ?? []).join('\n'),
    extensionLength: String(plan?.extensionLength ?? 3),
    timeZone: site?.timeZone ?? '',
    journalDays: site?.journalDays === undefined ? '' : String(site.journalDays),
    nationalPrefix: plan?.nationalPrefix ?? '',
    internationalPrefix: plan?.internationalPrefix ?? '',
    emergencyNumbers: (plan?.emergencyNumbers ?? []).join(', '),
    localAreaCodes: (plan?.localAreaCodes ?? []).join(', '),
    ownAreaDigits: plan?.ownAreaDigits === undefined ? '' : String(plan.ownAreaDigits),
  };
}

/** What is sent. For a new site an empty prefix or list is left to what is usual in the country. */
export function fieldsOfSite(values: SiteFormValues, isNew: boolean) {
  const said = (text: string) => (text.trim() === '' ? undefined : text.trim());
  const number = (text: string) => (text.trim() === '' ? undefined : Number(text));
  const emergency = linesOf(values.emergencyNumbers);
  const known = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
    // Object.fromEntries forgets which keys the fields had.
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
      [K in keyof T]?: Exclude<T[K], undefined>;
    };
  return {
    name: values.name.trim(),
    ...known({ timeZone: said(values.timeZone), journalDays: number(values.journalDays) }),
    dialPlan: known({
      countryCode: values.countryCode.trim().replace(/^\+/, ''),
      areaCode: values.areaCode.trim(),
      trunkAccessCode: values.trunkAccessCode.trim(),
      numberBlocks: linesOf(values.numberBlocks),
      extensionLength: number(values.extensionLength),
      nationalPrefix: isNew ? said(values.nationalPrefix) : values.nationalPrefix.trim(),
      internationalPrefix: said(values.internationalPrefix),
      emergencyNumbers: isNew && emergency.length === 0 ? undefined : emergency,
      // Of other countries nothing is said.
      localAreaCodes: mixesForms(values) ? linesOf(values.localAreaCodes) : undefined,
      ownAreaDigits: mixesForms(values) ? (number(values.ownAreaDigits) ?? 11) : undefined,
    }),
  };
}
