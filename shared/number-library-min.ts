/** The small set of metadata, for the pane: `const { numberLibrary } = await import('…/number-library-min')`. */
import * as libphonenumber from 'libphonenumber-js/min';
import { adaptLibphonenumber } from './number-library';

/** Knows each country's lengths and leading digits, not each kind of number. */
export const numberLibrary = adaptLibphonenumber(libphonenumber, 'min');
