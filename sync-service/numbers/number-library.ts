/** The complete set of metadata, for the service: what it reads is what is stored. */
import * as libphonenumber from 'libphonenumber-js/max';
import { adaptLibphonenumber } from '../../shared/number-library';

/** Knows each country's kinds of numbers with their lengths and digits. */
export const numberLibrary = adaptLibphonenumber(libphonenumber, 'max');
