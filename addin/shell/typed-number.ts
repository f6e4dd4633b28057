/** Whether what stands in the field is a number to dial or a name to search. */

/** Signs that people write between digits (NUM-1), and those that a telephone has besides digits. */
const numberSigns = /^[+\d\s()/\-:;.*#\u00a0\u2010-\u2013]+$/u;

/**
 * The number as it is dialled, or undefined when the text is no number. What was typed is sent as it is: the service
 * decides by the dial plan whether it holds the access code (NUM-2).
 */
export function typedNumber(typed: string): string | undefined {
  const text = typed.normalize('NFKC').trim().replace(/^tel:/i, '');
  return numberSigns.test(text) && /\d/.test(text) ? text : undefined;
}
