/** About (DE Info): versions, licence, release notes, and the software of others in it. */
import { makeStyles, tokens } from '@fluentui/react-components';
import { Disclosure } from '../shell/disclosure';
import { useText } from '../shell/i18n/text';
import { paneVersion } from '../shell/pane-version';
import { SettingsGroup } from '../shell/settings-group';
import { ReleaseNotes } from './release-notes';
import { updatesTexts } from './texts';
import { ThirdParties } from './third-parties';
import { useServiceVersion } from './use-about';

const useStyles = makeStyles({
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
});

export function AboutSection() {
  const styles = useStyles();
  const t = useText(updatesTexts);
  const shared = useText();
  const service = useServiceVersion();
  return (
    <SettingsGroup section="about" title={t.about}>
      <div>
        <p className={styles.text}>{shared.productName}</p>
        <p className={styles.text}>{t.paneVersion(paneVersion)}</p>
        {service !== undefined && <p className={styles.text}>{t.serviceVersion(service)}</p>}
        <p className={styles.text}>{t.licence}</p>
      </div>
      <div>
        <Disclosure title={t.releaseNotes}>
          <ReleaseNotes />
        </Disclosure>
        <Disclosure title={t.thirdParties}>
          <ThirdParties />
        </Disclosure>
      </div>
    </SettingsGroup>
  );
}
