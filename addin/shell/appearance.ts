/** Language and skin: Outlook's, unless the user chose others (SET-4). What was chosen shows before anybody has signed in. */
import { dateFormats, languages, skins, type Settings } from '../../shared/profile';
import { createStore, type ReadableStore } from '../api/store';
import type { HostTheme, OutlookHost } from '../outlook/host';
import { languageFor, type PaneLanguage } from './i18n/catalogue';

export interface Look {
  readonly language: PaneLanguage;
  readonly theme: HostTheme;
  readonly dateFormat: Settings['dateFormat'];
}

export interface Appearance {
  readonly look: ReadableStore<Look>;
  /** Takes the user's settings over and keeps them for the next start. */
  choose(choice: Choice): void;
}

type Choice = Pick<Settings, 'language' | 'skin' | 'dateFormat'>;

/** The look of this pane; follows Outlook as long as the choice is `auto`. */
export function createAppearance(host: OutlookHost): Appearance {
  let choice: Choice = {
    language: languages.find((language) => language === host.storage.get('language')) ?? 'auto',
    skin: skins.find((skin) => skin === host.storage.get('skin')) ?? 'auto',
    dateFormat: dateFormats.find((format) => format === host.storage.get('date-format')) ?? 'auto',
  };
  const decide = (): Look => decideLook(choice, { language: host.language, theme: host.theme() });
  const look = createStore(decide());
  const refresh = () => {
    const next = decide();
    const now = look.get();
    const same = next.language === now.language && next.theme === now.theme && next.dateFormat === now.dateFormat;
    if (!same) look.set(next);
  };
  host.onThemeChanged(refresh);
  void host.ready.then(refresh);
  return {
    look,
    choose({ language, skin, dateFormat }) {
      choice = { language, skin, dateFormat };
      host.storage.set('language', language);
      host.storage.set('skin', skin);
      host.storage.set('date-format', dateFormat);
      refresh();
    },
  };
}

/** The user's choice over what Outlook shows. */
export function decideLook(choice: Choice, host: { readonly language: string; readonly theme: HostTheme }): Look {
  return {
    language: choice.language === 'auto' ? languageFor(host.language) : choice.language,
    theme: choice.skin === 'auto' ? host.theme : choice.skin,
    dateFormat: choice.dateFormat,
  };
}
