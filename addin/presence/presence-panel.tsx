/** "My presence": each status with where calls go while it lasts, return and text of the present one, and who may see it. */
import {
  Button,
  Checkbox,
  Field,
  makeStyles,
  mergeClasses,
  MessageBar,
  MessageBarBody,
  PresenceBadge,
  Select,
  tokens,
} from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { forwardedStatuses, type ForwardedStatus } from '../../shared/forwarding';
import { presenceStatuses, presenceVisibilities, type OwnPresence, type PresenceStatus } from '../../shared/presence';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useAttempt } from '../shell/use-attempt';
import { useErrorText } from '../shell/use-error-text';
import { ForwardingEditor, ForwardingTargetButton } from './forwarding-editor';
import { PresenceDetails } from './presence-details';
import { badgeOf } from './presence-words';
import { presenceTexts } from './texts';
import { useForwarding } from './use-forwarding';

const useStyles = makeStyles({
  panel: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalM}`,
  },
  head: { display: 'flex', justifyContent: 'space-between', alignItems: 'center' },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalXXS,
  },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
  },
  status: {
    justifyContent: 'start',
    minWidth: 0,
    fontWeight: tokens.fontWeightRegular,
    textAlign: 'start',
    overflowWrap: 'anywhere',
  },
  present: {
    fontWeight: tokens.fontWeightSemibold,
    borderLeft: `${tokens.strokeWidthThickest} solid ${tokens.colorBrandStroke1}`,
    borderTopLeftRadius: 0,
    borderBottomLeftRadius: 0,
  },
  below: { paddingLeft: tokens.spacingHorizontalL, paddingBottom: tokens.spacingVerticalS },
  hint: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

interface Props {
  readonly own: OwnPresence;
  /** Gives the keyboard back to what opened the panel. */
  readonly onClose: () => void;
}

const isForwarded = (status: PresenceStatus): status is ForwardedStatus =>
  forwardedStatuses.some((known) => known === status);

export default function PresencePanel({ own, onClose }: Props) {
  const styles = useStyles();
  const t = useText(presenceTexts);
  const errorText = useErrorText();
  const { presence, announce } = useServices();
  const { error, attempt } = useAttempt();
  const { forwarding, error: readError, change } = useForwarding();
  const [edited, setEdited] = useState<ForwardedStatus>();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.querySelector<HTMLElement>('[aria-pressed=true]')?.focus(), []);

  const choose = (status: PresenceStatus) =>
    attempt(async () => {
      // Chosen again it stays with its return and text.
      if (status !== own.status) await presence.set({ status });
      announce(t.saved(t.statuses[status]));
      if (status === 'office') onClose();
    });
  const closeEditor = (status: ForwardedStatus) => {
    setEdited(undefined);
    panel.current?.querySelector<HTMLElement>(`[data-forwarding=${status}]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    if (edited) closeEditor(edited);
    else onClose();
  };
  const unavailable = own.unavailable[0]?.reason;
  const failure = error ?? readError;
  const putBack = own.putBack && t.putBack(t.statuses[own.putBack.status], t.unavailable[own.putBack.reason]);
  const targetPutBack =
    forwarding?.putBack &&
    t.putBack(t.statuses[forwarding.putBack.status], t.targetProblems[forwarding.putBack.reason]);
  return (
    // Escape closes it from wherever the focus is inside.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section ref={panel} className={styles.panel} aria-label={t.title} onKeyDown={onKeyDown}>
      <div className={styles.head}>
        <h2 className={styles.title}>{t.title}</h2>
        <Button appearance="subtle" size="small" icon={<Dismiss20Regular />} aria-label={t.close} onClick={onClose} />
      </div>
      {failure !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{errorText(failure)}</MessageBarBody>
        </MessageBar>
      )}
      {[putBack, targetPutBack].map(
        (words) =>
          words !== undefined && (
            <MessageBar key={words} intent="warning" layout="multiline">
              <MessageBarBody>{words}</MessageBarBody>
            </MessageBar>
          ),
      )}
      {(!own.inForce || forwarding?.inForce === false) && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t.notInForce}</MessageBarBody>
        </MessageBar>
      )}
      <ul className={styles.list}>
        {presenceStatuses.map((status) => {
          const present = own.status === status;
          const barred = status === 'do-not-disturb' && unavailable !== undefined;
          return (
            <li key={status}>
              <div className={styles.row}>
                <Button
                  className={mergeClasses(styles.status, present && styles.present)}
                  appearance="subtle"
                  icon={<PresenceBadge {...badgeOf[status]} size="small" aria-hidden />}
                  aria-pressed={present}
                  disabledFocusable={barred}
                  data-status={status}
                  onClick={() => void choose(status)}
                >
                  {t.statuses[status]}
                </Button>
                {isForwarded(status) && forwarding && (
                  <ForwardingTargetButton
                    status={status}
                    rule={forwarding.rules[status]}
                    open={edited === status}
                    onOpen={() => (edited === status ? closeEditor(status) : setEdited(status))}
                  />
                )}
              </div>
              {barred && <p className={mergeClasses(styles.hint, styles.below)}>{t.unavailable[unavailable]}</p>}
              {edited === status && isForwarded(status) && forwarding && (
                <div className={styles.below}>
                  <ForwardingEditor
                    status={status}
                    rule={forwarding.rules[status]}
                    change={change}
                    onClose={() => closeEditor(status)}
                  />
                </div>
              )}
              {present && (
                <div className={styles.below}>
                  <PresenceDetails
                    key={`${status} ${own.changedBy === 'user' ? '' : own.changedAt}`}
                    own={own}
                    onSaved={onClose}
                  />
                </div>
              )}
            </li>
          );
        })}
      </ul>
      <Visibility own={own} onChange={(next) => void attempt(() => presence.changeVisibility(next))} />
    </section>
  );
}

function Visibility({
  own,
  onChange,
}: {
  readonly own: OwnPresence;
  readonly onChange: (change: { visibility?: OwnPresence['visibility']; sickVisible?: boolean }) => void;
}) {
  const t = useText(presenceTexts);
  return (
    <>
      <Field label={t.visibility}>
        <Select
          value={own.visibility}
          onChange={(_, { value }) => {
            const visibility = presenceVisibilities.find((known) => known === value);
            if (visibility) onChange({ visibility });
          }}
        >
          {presenceVisibilities.map((visibility) => (
            <option key={visibility} value={visibility}>
              {t.visibilities[visibility]}
            </option>
          ))}
        </Select>
      </Field>
      <Checkbox
        label={t.sickVisible}
        checked={own.sickVisible}
        onChange={(_, { checked }) => onChange({ sickVisible: checked === true })}
      />
    </>
  );
}
