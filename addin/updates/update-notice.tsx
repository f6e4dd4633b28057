/** Another version of the pane is there: update now, remind later, or skip it (SYN-10). */
import {
  Button,
  Link,
  makeStyles,
  Menu,
  MenuButton,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  MessageBar,
  MessageBarBody,
  tokens,
} from '@fluentui/react-components';
import { useText } from '../shell/i18n/text';
import { paneVersion } from '../shell/pane-version';
import { useServices } from '../shell/services';
import { useErrorText } from '../shell/use-error-text';
import { updatesTexts } from './texts';
import type { PaneUpdate } from './use-pane-update';

const hour = 60 * 60 * 1000;
const delays = { hour, hours: 4 * hour, day: 24 * hour, week: 7 * 24 * hour } as const;

const useStyles = makeStyles({
  bar: { flexShrink: 0, alignItems: 'start' },
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} 0`,
  },
});

export function UpdateNotice({ update }: { readonly update: PaneUpdate }) {
  const styles = useStyles();
  const t = useText(updatesTexts);
  const errorText = useErrorText();
  const { navigation } = useServices();
  const { advice, version } = update;
  if (version === undefined || (advice !== 'offer' && advice !== 'still-old')) return null;
  const isOffer = advice === 'offer';
  return (
    <MessageBar className={styles.bar} intent={isOffer ? 'info' : 'warning'} layout="multiline" role="status">
      <MessageBarBody>
        {isOffer ? t.newVersion(version) : t.stillOld(version, paneVersion)} {isOffer && t.newVersionHint}{' '}
        <Link onClick={() => navigation.goTo('settings', 'about')}>{t.whatIsNew}</Link>
        {update.error !== undefined && ` ${errorText(update.error)}`}
        <div className={styles.buttons}>
          <Button size="small" appearance="primary" onClick={update.updateNow}>
            {t.updateNow}
          </Button>
          <Menu>
            <MenuTrigger disableButtonEnhancement>
              <MenuButton size="small">{t.remindLater}</MenuButton>
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                {(['hour', 'hours', 'day', 'week'] as const).map((name) => (
                  <MenuItem key={name} onClick={() => update.remindIn(delays[name])}>
                    {t.delays[name]}
                  </MenuItem>
                ))}
              </MenuList>
            </MenuPopover>
          </Menu>
          <Button size="small" onClick={update.skip}>
            {t.skip}
          </Button>
        </div>
      </MessageBarBody>
    </MessageBar>
  );
}
