/** The part of google-libphonenumber that tests ask; the package has no types of its own. */
declare module 'google-libphonenumber' {
  export interface PhoneNumber {
    getCountryCode(): number;
  }
  export const PhoneNumberFormat: {
    readonly E164: 0;
    readonly INTERNATIONAL: 1;
    readonly NATIONAL: 2;
    readonly RFC3966: 3;
  };
  export class PhoneNumberUtil {
    static getInstance(): PhoneNumberUtil;
    getSupportedRegions(): string[];
    getExampleNumberForType(region: string, type: number): PhoneNumber | null;
    getNddPrefixForRegion(region: string, stripNonDigits: boolean): string | null;
    getCountryCodeForRegion(region: string): number;
    getRegionCodeForCountryCode(countryCode: number): string;
    parse(number: string, region?: string): PhoneNumber;
    isValidNumber(number: PhoneNumber): boolean;
    format(number: PhoneNumber, format: 0 | 1 | 2 | 3): string;
  }
}
