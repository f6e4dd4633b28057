/** What is usual in a country's telephone network: an administrator names the country, the rest follows. */
import type { DialPlan } from '../../shared/dial-plan';

/** Prefixes of ITU-T E.164 annexed national lists ("Dialling procedures"), where they differ from 0 and 00. */
const prefixes: Readonly<Record<string, { readonly national: string; readonly international: string }>> = {
  '1': { national: '1', international: '011' },
  '7': { national: '8', international: '810' },
  '30': { national: '', international: '00' },
  '34': { national: '', international: '00' },
  '36': { national: '06', international: '00' },
  '39': { national: '', international: '00' },
  '45': { national: '', international: '00' },
  '47': { national: '', international: '00' },
  '48': { national: '', international: '00' },
  '61': { national: '0', international: '0011' },
  '81': { national: '0', international: '010' },
  '82': { national: '0', international: '00700' },
  '351': { national: '', international: '00' },
  '352': { national: '', international: '00' },
  '356': { national: '', international: '00' },
  '372': { national: '', international: '00' },
  '420': { national: '', international: '00' },
};

const emergencyNumbers: Readonly<Record<string, readonly string[]>> = {
  '1': ['911'],
  '33': ['112', '15', '17', '18'],
  '41': ['112', '117', '118', '144'],
  '43': ['112', '122', '133', '144'],
  '44': ['999', '112'],
  '49': ['110', '112'],
  '61': ['000', '112'],
  '81': ['110', '119'],
};

/** A dial plan for a new site: what was named, and for the rest what is usual in the country. */
export function dialPlanFor(named: Partial<DialPlan> & Pick<DialPlan, 'countryCode'>): DialPlan {
  const usual = prefixes[named.countryCode] ?? { national: '0', international: '00' };
  return {
    countryCode: named.countryCode,
    areaCode: named.areaCode ?? '',
    trunkAccessCode: named.trunkAccessCode ?? '',
    nationalPrefix: named.nationalPrefix ?? usual.national,
    internationalPrefix: named.internationalPrefix ?? usual.international,
    numberBlocks: named.numberBlocks ?? [],
    extensionLength: named.extensionLength ?? 3,
    emergencyNumbers: named.emergencyNumbers ?? [...(emergencyNumbers[named.countryCode] ?? ['112'])],
    ...(named.localAreaCodes && { localAreaCodes: named.localAreaCodes }),
    ...(named.ownAreaDigits && { ownAreaDigits: named.ownAreaDigits }),
  };
}
