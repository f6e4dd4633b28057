/** The own presence in the top bar; a click opens what changes it. Another click there changes the status. */
import { makeStyles, mergeClasses, Spinner, tokens } from '@fluentui/react-components';
import { ChevronDown16Regular, ChevronUp16Regular, Clock16Regular } from '@fluentui/react-icons';
import { lazy, Suspense, useId, useRef, useState, type ReactNode } from 'react';
import type { OwnPresence } from '../../shared/presence';
import type { SignedInUser } from '../../shared/profile';
import { ErrorBoundary } from '../shell/error-boundary';
import { useFormats, useText } from '../shell/i18n/text';
import { PersonAvatar } from '../shell/person-avatar';
import { useServices } from '../shell/services';
import { badgeOf, presenceWords } from './presence-words';
import { presenceTexts } from './texts';
import { useOwnPresence, usePassed } from './use-presence';

const loadPanel = () => import(/* webpackChunkName: "presence" */ './presence-panel');
const PresencePanel = lazy(loadPanel);

const useStyles = makeStyles({
  bar: {
    position: 'relative',
    display: 'flex',
    flexShrink: 0,
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
  },
  text: { minWidth: 0, flexGrow: 1 },
  name: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  },
  second: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalS },
  open: {
    display: 'inline-flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalXS,
    minWidth: 0,
    maxWidth: '100%',
    minHeight: '24px',
    padding: 0,
    border: 'none',
    background: 'none',
    font: 'inherit',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground1,
    cursor: 'pointer',
    borderRadius: tokens.borderRadiusMedium,
    // The whole bar can be clicked.
    '::after': { content: '""', position: 'absolute', inset: 0 },
    ':hover': { textDecorationLine: 'underline' },
    ':focus-visible': { outline: `${tokens.strokeWidthThick} solid ${tokens.colorStrokeFocus2}` },
  },
  words: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  icon: { flexShrink: 0 },
  panel: {
    flexShrink: 0,
    maxHeight: '60%',
    overflowY: 'auto',
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
});

interface Props {
  readonly user: SignedInUser;
  /** Hash of the own picture. */
  readonly picture: string | undefined;
  /** There is no connection: nothing of the own presence can be said or changed. */
  readonly fault: boolean;
  /** Beside the status: what the own line does, the extension, or what is wrong. */
  readonly children: ReactNode;
  /** What stands at the right edge. */
  readonly aside?: ReactNode;
}

export function OwnPresenceBar({ user, picture, fault, children, aside }: Props) {
  const styles = useStyles();
  const t = useText(presenceTexts);
  const { language } = useFormats();
  const { presence } = useServices();
  const id = useId();
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const own = useOwnPresence();
  const passed = usePassed(own?.returnAt);
  const shown = fault ? undefined : own;
  const close = () => {
    setOpen(false);
    trigger.current?.focus();
  };
  // Whoever has not returned by then sees it in the panel.
  const told = shown && (passed ? withoutReturn(shown) : shown);
  const words = told && presenceWords(told, t, presence.now(), language);
  const inForce = shown?.inForce ?? true;
  return (
    <>
      <header className={styles.bar}>
        <PersonAvatar
          name={user.displayName}
          picture={picture}
          size={40}
          {...(shown && { badge: badgeOf[shown.status] })}
        />
        <div className={styles.text}>
          <h1 className={styles.name}>{user.displayName}</h1>
          <div className={styles.second}>
            {shown && words !== undefined && (
              <button
                ref={trigger}
                type="button"
                className={styles.open}
                aria-expanded={open}
                aria-controls={id}
                aria-label={t.change(inForce ? words : `${words}, ${t.notInForceShort}`)}
                title={inForce ? words : t.notInForce}
                data-own-presence={shown.status}
                onClick={() => setOpen(!open)}
                onPointerEnter={() => void loadPanel().catch(() => undefined)}
                onFocus={() => void loadPanel().catch(() => undefined)}
              >
                <span className={styles.words} dir="auto">
                  {words}
                </span>
                {!inForce && <Clock16Regular className={styles.icon} />}
                {open ? (
                  <ChevronUp16Regular className={styles.icon} />
                ) : (
                  <ChevronDown16Regular className={styles.icon} />
                )}
              </button>
            )}
            {children}
          </div>
        </div>
        {aside}
      </header>
      <div id={id} className={mergeClasses(open && styles.panel)}>
        {open && own && (
          <ErrorBoundary>
            <Suspense fallback={<Spinner size="small" />}>
              <PresencePanel own={own} onClose={close} />
            </Suspense>
          </ErrorBoundary>
        )}
      </div>
    </>
  );
}

function withoutReturn({ status, text }: OwnPresence): Pick<OwnPresence, 'status' | 'text'> {
  return { status, ...(text !== undefined && { text }) };
}
