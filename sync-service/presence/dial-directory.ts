/** How the sites of the installation dial: what forwarding needs of it. Handed in by `app.ts`. */
import type { Destination } from './forwarding-target';

/** The numbers of one site, by its dial plan. */
export interface SiteNumbers {
  /** Where a number as typed leads. */
  readonly read: (number: string) => Destination;
  /** A dialled number as one would write it, so that reading it leads there again. */
  readonly written: (dialString: string) => string;
}

export interface DialDirectory {
  numbersOf(siteId: string): Promise<SiteNumbers>;
  /** Whether anything is known by this extension; true where that cannot be said just now. */
  isExtensionKnown(siteId: string, extension: string): Promise<boolean>;
}
