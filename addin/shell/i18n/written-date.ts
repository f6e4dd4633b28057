/** A day as the user wants dates written (SET-4). Pure. */
import type { DateFormat } from '../../../shared/profile';

/** @param language whose short form is taken for `auto` */
export function writtenDate(date: Date, format: DateFormat, language: string): string {
  if (format === 'auto') return new Intl.DateTimeFormat(language, { dateStyle: 'short' }).format(date);
  const values: Readonly<Record<string, string>> = {
    dd: String(date.getDate()).padStart(2, '0'),
    mm: String(date.getMonth() + 1).padStart(2, '0'),
    yyyy: String(date.getFullYear()).padStart(4, '0'),
  };
  return format.replace(/yyyy|mm|dd/g, (part) => values[part] ?? part);
}
