/**
 * A cell that a spreadsheet would calculate. Programs take a cell that begins with one of these signs (some of them also in
 * the full width of East Asian writing) for a formula, and a
 * contact's name comes from others: such a cell is written with an apostrophe before it, as spreadsheets mark text, and
 * read without it. A written number such as `+49 (89) 7007-98765` has nothing in it that a formula could do harm with,
 * and other address books want it as it is.
 */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;
const marked = /^'+[=+\-@\t\r\n＝＋－＠]/;
const plainNumber = /^\+[0-9 ()./-]*$/;
/** `="0891234"`: how programs keep a spreadsheet from taking the zero of a number away. */
const textFormula = /^="([^"]*)"$/;

/** The cell as it is written, without quotes. */
export function writeCell(text: string): string {
  return formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}

/** The text of a cell; the identity after {@link writeCell}. A formula that is nothing but a text is that text. */
export function readCell(cell: string): string {
  return marked.test(cell) ? cell.slice(1) : (textFormula.exec(cell)?.[1] ?? cell);
}
