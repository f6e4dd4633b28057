/** The language of the pane, and how a component gets at its texts. */
import { createContext, useContext, useEffect, useMemo, type ReactNode } from 'react';
import { de } from './de';
import { en } from './en';
import type { Catalogue, PaneLanguage, Texts, TextsOf } from './catalogue';

const LanguageContext = createContext<PaneLanguage>('en');

/** Sets the language of everything inside. */
export function LanguageProvider({ language, children }: { language: PaneLanguage; children: ReactNode }) {
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <LanguageContext value={language}>{children}</LanguageContext>;
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
  return useMemo(
    () => ({
      language,
      count: (value: number) => new Intl.NumberFormat(language).format(value),
      dateTime: (iso: string) =>
        new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(new Date(iso)),
    }),
    [language],
  );
}
