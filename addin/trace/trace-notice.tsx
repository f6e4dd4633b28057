/** Reminds that the level of the trace is still raised (SYN-9). */
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { useText } from '../shell/i18n/text';
import { traceTexts } from './texts';
import type { TraceReminder } from './use-trace-reminder';

const useStyles = makeStyles({ bar: { flexShrink: 0 } });

export function TraceNotice({ reminder }: { readonly reminder: TraceReminder }) {
  const styles = useStyles();
  const t = useText(traceTexts);
  return (
    <MessageBar className={styles.bar} intent="info" layout="multiline" role="status">
      <MessageBarBody>{t.raised}</MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={reminder.lower}>
          {t.lower}
        </Button>
        <Button size="small" onClick={reminder.keep}>
          {t.keep}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
