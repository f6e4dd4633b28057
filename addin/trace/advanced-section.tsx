/** Advanced (DE Erweitert): the level of the trace, the trace file, and diagnostics (SYN-9). */
import { Button, Field, makeStyles, Select, tokens } from '@fluentui/react-components';
import { ArrowDownload20Regular, Copy20Regular } from '@fluentui/react-icons';
import { Disclosure } from '../shell/disclosure';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { SettingsGroup } from '../shell/settings-group';
import { useStore } from '../shell/use-store';
import type { LastSync } from './diagnostics';
import { DiagnosticsView } from './diagnostics-view';
import { traceTexts } from './texts';
import { traceLevels } from './trace-entry';
import { useTraceFile } from './use-diagnostics';

const useStyles = makeStyles({
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

export function AdvancedSection({ lastSync }: { readonly lastSync: LastSync | undefined }) {
  const styles = useStyles();
  const t = useText(traceTexts);
  const { trace } = useServices();
  const { level } = useStore(trace.setting);
  const file = useTraceFile(lastSync);
  return (
    <SettingsGroup section="advanced" title={t.advanced}>
      <Field label={t.level}>
        <Select
          value={level}
          onChange={(_, { value }) => {
            const chosen = traceLevels.find((known) => known === value);
            if (chosen) trace.choose(chosen);
          }}
        >
          {traceLevels.map((each) => (
            <option key={each} value={each}>
              {t.levels[each]}
            </option>
          ))}
        </Select>
      </Field>
      <p className={styles.text}>{t.hint}</p>
      <div className={styles.buttons}>
        <Button icon={<ArrowDownload20Regular />} onClick={() => void file.save()}>
          {t.save}
        </Button>
        <Button icon={<Copy20Regular />} onClick={() => void file.copy()}>
          {t.copy}
        </Button>
      </div>
      {file.outcome !== undefined && (
        <p className={styles.text} role="status">
          {file.outcome === 'copied' ? t.copied : t.copyFailed}
        </p>
      )}
      <Disclosure title={t.diagnostics}>
        <DiagnosticsView lastSync={lastSync} />
      </Disclosure>
    </SettingsGroup>
  );
}
