/** The packages of others in pane and service, with their licences. */
import { Link, makeStyles, MessageBar, MessageBarBody, Spinner, tokens } from '@fluentui/react-components';
import { useFormats, useText } from '../shell/i18n/text';
import { useErrorText } from '../shell/use-error-text';
import { VirtualList } from '../shell/virtual-list';
import { updatesTexts } from './texts';
import { useThirdParties } from './use-about';

const useStyles = makeStyles({
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  list: { display: 'flex', flexDirection: 'column', height: '200px', margin: `${tokens.spacingVerticalS} 0` },
  row: { display: 'flex', justifyContent: 'space-between', gap: tokens.spacingHorizontalS },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  licence: { flexShrink: 0, color: tokens.colorNeutralForeground2 },
});

export function ThirdParties() {
  const styles = useStyles();
  const t = useText(updatesTexts);
  const shared = useText();
  const { count } = useFormats();
  const errorText = useErrorText();
  const { value: packages, error } = useThirdParties();
  if (error !== undefined)
    return (
      <MessageBar intent="error" layout="multiline" role="alert">
        <MessageBarBody>{errorText(error)}</MessageBarBody>
      </MessageBar>
    );
  if (packages === undefined) return <Spinner size="tiny" label={shared.loading} />;
  return (
    <>
      <p className={styles.text}>{t.thirdPartiesHint(count(packages.length))}</p>
      <div className={styles.list}>
        <VirtualList
          label={t.thirdParties}
          rows={packages}
          keyOf={({ name, version }) => `${name} ${version}`}
          estimate={() => 20}
          render={({ name, version, licence }) => (
            <div className={styles.row}>
              <span className={styles.name}>
                {name} {version}
              </span>
              <span className={styles.licence}>{licence}</span>
            </div>
          )}
        />
      </div>
      <Link href="third-party-notices.txt" target="_blank" rel="noopener">
        {t.licenceTexts}
      </Link>
    </>
  );
}
