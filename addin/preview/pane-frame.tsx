/** The task pane: the real page of the add-in in a frame, which lives and dies as in Outlook. */
import { Button, mergeClasses, ToggleButton, Tooltip } from '@fluentui/react-components';
import { Dismiss20Regular, Pin20Filled, Pin20Regular, ResizeSmall20Regular } from '@fluentui/react-icons';
import { paneWidths, type PreviewModel, type PreviewState } from './preview-model';
import type { PreviewText } from './preview-texts';
import { useStyles } from './styles';

interface Props {
  readonly model: PreviewModel;
  readonly state: PreviewState;
  readonly text: (key: PreviewText) => string;
}

export function PaneFrame({ model, state, text }: Props) {
  const styles = useStyles();
  const { open, pinned, width, life, place } = state.pane;
  const item = state.items.find(({ id }) => id === state.selected);
  // With nothing selected only a pinned pane stays.
  if (!open || (item === undefined && !pinned)) return null;
  const pinnable = item === undefined || item.kind === 'mail';
  const other = paneWidths.find((candidate) => candidate !== width) ?? width;
  return (
    <aside className={mergeClasses(styles.column, styles.pane)} style={{ width }} aria-label="myContacts">
      <div className={styles.paneHead}>
        <span className={styles.paneTitle}>myContacts</span>
        <Tooltip content={`${text('paneWidth')}: ${other} px`} relationship="label">
          <Button appearance="subtle" icon={<ResizeSmall20Regular />} onClick={() => model.resize(other)} />
        </Tooltip>
        {pinnable && (
          <Tooltip content={text(pinned ? 'unpin' : 'pin')} relationship="label">
            <ToggleButton
              appearance="transparent"
              checked={pinned}
              icon={pinned ? <Pin20Filled /> : <Pin20Regular />}
              onClick={() => model.pin(!pinned)}
            />
          </Tooltip>
        )}
        <Tooltip content={text('closePane')} relationship="label">
          <Button appearance="subtle" icon={<Dismiss20Regular />} onClick={() => model.closePane()} />
        </Tooltip>
      </div>
      <iframe
        key={life}
        className={styles.paneFrame}
        title="myContacts"
        data-life={life}
        src={`/taskpane.html${place === undefined ? '' : `#${place}`}`}
      />
    </aside>
  );
}

/** A ribbon function runs in a page of its own, without anything to see, which goes when it is done. */
export function CommandFrame({ state }: Pick<Props, 'state'>) {
  const styles = useStyles();
  if (state.command === undefined) return null;
  return <iframe className={styles.hidden} title={state.command} src="/commands.html" aria-hidden="true" />;
}
