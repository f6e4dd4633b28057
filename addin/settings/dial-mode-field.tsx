/** Where the user's calls begin (CAL-6): for mobility users only. */
import { Field, makeStyles, Select, tokens } from '@fluentui/react-components';
import { dialModes, type Profile, type Settings } from '../../shared/profile';
import { useText } from '../shell/i18n/text';
import { settingsTexts } from './texts';

const useStyles = makeStyles({
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  // A select is as wide as its longest choice otherwise, which in German is wider than the pane.
  field: { gridTemplateColumns: 'minmax(0, 1fr)' },
  select: { minWidth: 0 },
});

interface Props {
  readonly profile: Profile | undefined;
  readonly dialMode: Settings['dialMode'];
  readonly onChange: (dialMode: Settings['dialMode']) => void;
}

export function DialModeField({ profile, dialMode, onChange }: Props) {
  const styles = useStyles();
  const t = useText(settingsTexts);
  if (profile?.mayCallBack !== true) return null;
  const mobile = profile.details.mobileNumber;
  // Without a number there is nothing to choose; but what was chosen before can be taken back.
  if (mobile === undefined && dialMode === 'office-phone') return <p className={styles.text}>{t.mobileMissing}</p>;
  const said =
    mobile === undefined
      ? { validationState: 'error' as const, validationMessage: t.mobileMissing }
      : { hint: dialMode === 'call-back' ? t.callBackHint(mobile) : '' };
  return (
    <Field className={styles.field} label={t.dialMode} {...said}>
      <Select
        className={styles.select}
        value={dialMode}
        onChange={(_, { value }) => {
          const chosen = dialModes.find((known) => known === value);
          if (chosen) onChange(chosen);
        }}
      >
        {dialModes.map((mode) => (
          <option key={mode} value={mode}>
            {t.dialModes[mode]}
          </option>
        ))}
      </Select>
    </Field>
  );
}
