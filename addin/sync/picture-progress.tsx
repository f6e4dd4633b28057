/** How far the import of pictures is, with what stops it and goes on. */
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  ProgressBar,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useFormats, useText } from '../shell/i18n/text';
import { useStore } from '../shell/use-store';
import type { PictureImport } from './picture-import';
import { syncTexts } from './texts';
import { useSyncErrorText } from './use-sync-error-text';

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalS },
});

export function PictureProgressView({ pictures }: { readonly pictures: PictureImport }) {
  const styles = useStyles();
  const t = useText(syncTexts);
  const { count } = useFormats();
  const errorText = useSyncErrorText();
  const state = useStore(pictures.state);
  if (state.status === 'idle') return null;
  if (state.status === 'failed')
    return (
      <MessageBar intent="warning" layout="multiline" data-pictures="failed">
        <MessageBarBody>
          {t.picturesFailed} {errorText(state.error)}
        </MessageBarBody>
        <MessageBarActions>
          <Button onClick={() => pictures.resume()}>{t.picturesResume}</Button>
        </MessageBarActions>
      </MessageBar>
    );
  const { done, total } = state.progress;
  const running = state.status === 'running';
  return (
    <div className={styles.section} data-pictures={state.status}>
      <ProgressBar aria-label={t.pictures} value={total === 0 ? 0 : done / total} />
      <Text>{(running ? t.picturesRunning : t.picturesStopped)(count(done), count(total))}</Text>
      <Button onClick={() => (running ? pictures.stop() : pictures.resume())}>
        {running ? t.picturesStop : t.picturesResume}
      </Button>
    </div>
  );
}
