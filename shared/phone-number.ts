import type { DialPlan } from './dial-plan';
import type { ContactNumber, NumberProblem } from './contact';

/** What a written number turned out to be: all known forms, or the reason why it could not be read. */
export type NumberReading = Omit<ContactNumber, 'kind'>;

/** Reads a number as people write it, by the dial plan of the reader's site. Total: never throws. */
export declare function readNumber(raw: string, plan: DialPlan): NumberReading;
export type { NumberProblem };
