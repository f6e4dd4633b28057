/** The language of the pane, and how a component gets at its texts. */
import { createContext, useContext, useEffect, useMemo, type ReactNode } from 'react';
import type { DateFormat } from '../../../shared/profile';
import { de } from './de';
import { en } from './en';
import type { Catalogue, PaneLanguage, Texts, TextsOf } from './catalogue';
import { writtenDate } from './written-date';

const LanguageContext = createContext<PaneLanguage>('en');
const DateFormatContext = createContext<DateFormat>('auto');

interface Props {
  readonly language: PaneLanguage;
  readonly dateFormat: DateFormat;
  readonly children: ReactNode;
}

/** Sets the language, and how dates are written, of everything inside. */
export function LanguageProvider({ language, dateFormat, children }: Props) {
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <LanguageContext value={language}>
      <DateFormatContext value={dateFormat}>{children}</DateFormatContext>
    </LanguageContext>
  );
}

/** The texts that all capabilities share. */
const shellTexts = { en, de };
export type ShellTexts = TextsOf<Catalogue<typeof en>>;

/**
 * The texts of the shell, or of the capability whose catalogue is given:
 * `const t = useText(syncTexts); t.start; t.progress(3, 100)`.
 */
export function useText(): ShellTexts;
export function useText<T extends Texts>(catalogue: Catalogue<T>): TextsOf<Catalogue<T>>;
export function useText(catalogue: Catalogue<Texts> = shellTexts): unknown {
  return catalogue[useContext(LanguageContext)];
}

/** The language with formats of numbers and dates in it. */
export function useFormats() {
  const language = useContext(LanguageContext);
  const dateFormat = useContext(DateFormatContext);
  return useMemo(() => {
    const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
    const both = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' });
    return {
      language,
      dateFormat,
      count: (value: number) => new Intl.NumberFormat(language).format(value),
      /** A day as the user wants dates written (SET-4). */
      date: (day: Date) => writtenDate(day, dateFormat, language),
      dateTime: (iso: string) => {
        const moment = new Date(iso);
        if (dateFormat === 'auto') return both.format(moment);
        return `${writtenDate(moment, dateFormat, language)}, ${time.format(moment)}`;
      },
    };
  }, [language, dateFormat]);
}
