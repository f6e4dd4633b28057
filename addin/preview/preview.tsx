/** The preview page: an Outlook with the pane in it, a desk phone beside it, and the switches of the demo. */
import {
  Avatar,
  Button,
  FluentProvider,
  Menu,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  teamsHighContrastTheme,
  webDarkTheme,
  webLightTheme,
  type Theme,
} from '@fluentui/react-components';
import {
  CallRegular,
  DarkTheme20Regular,
  GridDots24Regular,
  LocalLanguage20Regular,
  Search20Regular,
} from '@fluentui/react-icons';
import { useState, useSyncExternalStore } from 'react';
import { DeskPhone } from './desk-phone';
import type { PreviewPerson } from './items';
import { AppRail, FolderList, ItemList } from './mail-list';
import { CommandFrame, PaneFrame } from './pane-frame';
import type { DemoPhone, PhoneClient } from './phone-client';
import type { PreviewLanguage, PreviewModel, PreviewTheme } from './preview-model';
import { previewText, type PreviewText } from './preview-texts';
import { ReadingPane } from './reading-pane';
import { Ribbon } from './ribbon';
import { useStyles } from './styles';

export interface PreviewProps {
  readonly model: PreviewModel;
  readonly me: PreviewPerson;
  readonly phoneClient: PhoneClient;
  readonly phone: DemoPhone | undefined;
  readonly colleague: DemoPhone | undefined;
  readonly ringing: DemoPhone | undefined;
}

const themes: Record<PreviewTheme, Theme> = {
  light: webLightTheme,
  dark: webDarkTheme,
  'high-contrast': teamsHighContrastTheme,
};

export function Preview(props: PreviewProps) {
  const { model } = props;
  const state = useSyncExternalStore(model.subscribe, model.state);
  const text = (key: PreviewText, values?: Record<string, string>) => previewText(state.language, key, values);
  return (
    <FluentProvider theme={themes[state.theme]} dir="ltr">
      <Page {...props} text={text} />
      <CommandFrame state={state} />
    </FluentProvider>
  );
}

type Text = (key: PreviewText, values?: Record<string, string>) => string;

function Page({ model, me, phoneClient, phone, colleague, ringing, text }: PreviewProps & { readonly text: Text }) {
  const styles = useStyles();
  const state = useSyncExternalStore(model.subscribe, model.state);
  const [phoneShown, setPhoneShown] = useState(true);
  return (
    <div className={styles.page} lang={state.language}>
      <header className={styles.titleBar}>
        <div className={styles.titleLeft}>
          <GridDots24Regular aria-hidden="true" />
          <span className={styles.product}>Outlook</span>
        </div>
        <div className={styles.search} aria-hidden="true">
          <Search20Regular /> {text('search')}
        </div>
        <div className={styles.titleRight}>
          <ThemeMenu model={model} theme={state.theme} text={text} />
          <LanguageMenu model={model} language={state.language} text={text} />
          <Button
            appearance="transparent"
            className={styles.onBrand}
            icon={<CallRegular />}
            aria-label={text(phoneShown ? 'hidePhone' : 'showPhone')}
            aria-pressed={phoneShown}
            onClick={() => setPhoneShown(!phoneShown)}
          />
          <Avatar name={me.name} size={32} aria-label={me.name} />
        </div>
      </header>
      <Ribbon model={model} state={state} text={text} />
      <div className={styles.body}>
        <AppRail model={model} state={state} text={text} />
        <FolderList model={model} state={state} text={text} />
        <ItemList model={model} state={state} text={text} />
        <ReadingPane model={model} state={state} text={text} />
        <PaneFrame model={model} state={state} text={text} />
        {phoneShown && (
          <div className={styles.side}>
            <section className={styles.demo} aria-label={text('demoTitle')}>
              <h2 className={styles.demoTitle}>{text('demoTitle')}</h2>
              <p className={styles.demoText}>
                {text('demoHint')}
                <br />
                {text('demoUser')}: <strong>{demoUser.user}</strong>
                <br />
                {text('demoPassword')}: <strong>{demoUser.password}</strong>
              </p>
              <p className={styles.demoText} style={{ margin: 0 }}>
                {text('demoData')}
              </p>
            </section>
            {phone !== undefined && (
              <DeskPhone client={phoneClient} phone={phone} colleague={colleague} ringing={ringing} text={text} />
            )}
          </div>
        )}
      </div>
    </div>
  );
}

/** The user of the demo site whose mailbox and telephone this page shows. */
export const demoUser = { user: '330', password: 'Demo-330!' };

function ThemeMenu({ model, theme, text }: { model: PreviewModel; theme: PreviewTheme; text: Text }) {
  const styles = useStyles();
  const choices: readonly PreviewTheme[] = ['light', 'dark', 'high-contrast'];
  return (
    <Menu checkedValues={{ theme: [theme] }}>
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="transparent"
          className={styles.onBrand}
          icon={<DarkTheme20Regular />}
          aria-label={text('theme')}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {choices.map((choice) => (
            <MenuItemRadio key={choice} name="theme" value={choice} onClick={() => model.setTheme(choice)}>
              {text(choice)}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

const languageNames: readonly (readonly [PreviewLanguage, string])[] = [
  ['en', 'English'],
  ['de', 'Deutsch'],
];

function LanguageMenu({ model, language, text }: { model: PreviewModel; language: PreviewLanguage; text: Text }) {
  const styles = useStyles();
  return (
    <Menu checkedValues={{ language: [language] }}>
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="transparent"
          className={styles.onBrand}
          icon={<LocalLanguage20Regular />}
          aria-label={text('language')}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {languageNames.map(([value, name]) => (
            <MenuItemRadio key={value} name="language" value={value} onClick={() => model.setLanguage(value)}>
              {name}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
