/**
 * Tabs by the pattern of the ARIA guide: one stop of the Tab key, arrow keys, Home and End within. Fluent's TabList puts
 * focusable elements that are hidden from screen readers beside its tabs, which accessibility checkers rightly report.
 */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';

const useStyles = makeStyles({
  list: { display: 'grid', gridAutoFlow: 'column', gridAutoColumns: 'minmax(min-content, 1fr)', flexShrink: 0 },
  rows: { gridAutoFlow: 'row', gridTemplateColumns: 'repeat(3, minmax(0, 1fr))' },
  byContent: { display: 'flex', '& > *': { flex: '1 1 auto', minWidth: 0 } },
  tab: {
    position: 'relative',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXXS}`,
    border: 'none',
    background: 'none',
    font: 'inherit',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
    cursor: 'pointer',
    borderRadius: tokens.borderRadiusMedium,
    ':hover': { color: tokens.colorNeutralForeground2Hover, backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': {
      outline: `${tokens.strokeWidthThick} solid ${tokens.colorStrokeFocus2}`,
      outlineOffset: '-2px',
    },
  },
  selected: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    '::after': {
      content: '""',
      position: 'absolute',
      bottom: 0,
      left: '10%',
      right: '10%',
      // A border, unlike a background, is drawn when the operating system enforces its colours.
      borderBottom: `${tokens.strokeWidthThicker} solid ${tokens.colorCompoundBrandStroke}`,
      borderRadius: tokens.borderRadiusCircular,
    },
  },
});

export interface TabOption<T extends string> {
  readonly value: T;
  readonly content: ReactNode;
  /** What the tab is called for screen readers, where that is more than its content says. */
  readonly name?: string;
}

interface Props<T extends string> {
  readonly label: string;
  readonly options: readonly TabOption<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** Ids of the tabs are this and the value: `place-sync`. */
  readonly idPrefix: string;
  /** Id of what the tabs switch. */
  readonly controls: string;
  /** Arrow keys only move; Enter or space opens. For tabs whose opening gives something up. */
  readonly manual?: boolean;
  /** More than fit side by side: three in each row. */
  readonly rows?: boolean;
  /** As wide as what they say, and less where a large font leaves no room: then their contents shorten themselves. */
  readonly byContent?: boolean;
}

/** The place of the tab that a key leads to; undefined for other keys. */
export function tabForKey(key: string, index: number, count: number): number | undefined {
  if (key === 'ArrowRight') return (index + 1) % count;
  if (key === 'ArrowLeft') return (index + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

export function Tabs<T extends string>({
  label,
  options,
  value,
  onChange,
  idPrefix,
  controls,
  manual = false,
  rows = false,
  byContent = false,
}: Props<T>) {
  const styles = useStyles();
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const next = tabForKey(event.key, index, options.length);
    const option = next === undefined ? undefined : options[next];
    if (next === undefined || !option) return;
    event.preventDefault();
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
    if (!manual) onChange(option.value);
  };
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={label}
      className={mergeClasses(styles.list, rows && styles.rows, byContent && styles.byContent)}
    >
      {options.map((option, index) => {
        const selected = option.value === value;
        return (
          <button
            key={option.value}
            type="button"
            role="tab"
            id={`${idPrefix}-${option.value}`}
            aria-selected={selected}
            aria-label={option.name}
            aria-controls={controls}
            tabIndex={selected ? 0 : -1}
            className={mergeClasses(styles.tab, selected && styles.selected)}
            onClick={() => onChange(option.value)}
            onKeyDown={(event) => onKeyDown(event, index)}
          >
            {option.content}
          </button>
        );
      })}
    </div>
  );
}
