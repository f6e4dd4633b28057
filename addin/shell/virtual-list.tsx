/** A long list of which only what is seen is in the page. It scrolls by itself and fills its place. */
import { makeStyles } from '@fluentui/react-components';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';

const useStyles = makeStyles({
  // Docked calls may take nearly all of a small pane: then the place around scrolls, and what is typed here stays.
  scroll: { flexGrow: 1, minHeight: '160px', overflowY: 'auto', overflowX: 'hidden', contain: 'strict' },
  list: { position: 'relative', width: '100%' },
  row: { position: 'absolute', top: 0, left: 0, width: '100%' },
});

/** Where a list stands: a row, and how many pixels of the list's frame are above its upper edge. */
export interface ListPlace {
  readonly key: string;
  readonly distance: number;
}

interface Props<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** Height in pixels until the row has been measured. */
  readonly estimate: (row: T) => number;
  readonly render: (row: T) => ReactNode;
  /** The end is nearly in sight: more may be fetched. */
  readonly onNearEnd?: () => void;
  /** Indexes of the first and the last row in sight. */
  readonly onSight?: (first: number, last: number) => void;
  /** Where the list begins; its top where absent. */
  readonly startAt?: ListPlace | undefined;
  /** The list stands elsewhere; undefined at its top. */
  readonly onMoved?: (place: ListPlace | undefined) => void;
  /** For rows without controls: the list itself has the focus, so that the keyboard can scroll it. */
  readonly focusable?: boolean;
}

export function VirtualList<T>({
  label,
  rows,
  keyOf,
  estimate,
  render,
  onNearEnd,
  onSight,
  startAt,
  onMoved,
  focusable = false,
}: Props<T>) {
  const styles = useStyles();
  const scroll = useRef<HTMLDivElement>(null);
  const rowAt = (index: number): T | undefined => rows[index];
  // Its functions stay in this component, which is not compiled for memoization.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => {
      const row = rowAt(index);
      return row === undefined ? 0 : estimate(row);
    },
    getItemKey: (index) => {
      const row = rowAt(index);
      return row === undefined ? index : keyOf(row);
    },
    overscan: 6,
  });
  const visible = virtualizer.getVirtualItems();
  const last = visible[visible.length - 1]?.index ?? 0;
  const nearEnd = rows.length > 0 && last >= rows.length - 20;
  useEffect(() => {
    if (nearEnd) onNearEnd?.();
  }, [nearEnd, rows.length, onNearEnd]);
  const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 0, endIndex: 0 };
  useEffect(() => onSight?.(startIndex, endIndex), [startIndex, endIndex, rows, onSight]);

  /** The row that stays where it is when others come and go: the one that is used, else the uppermost one in sight. */
  const anchor = useRef(startAt);
  const shown = useRef<readonly T[]>(undefined);
  /** Where the list stood when that was noted. */
  const notedAt = useRef(0);
  const remember = () => {
    const frame = scroll.current;
    if (!frame) return;
    notedAt.current = frame.scrollTop;
    const used = document.activeElement?.closest<HTMLElement>('[data-index]');
    const top = frame.scrollTop > 0 ? virtualizer.getVirtualItemForOffset(frame.scrollTop) : undefined;
    const index = used && frame.contains(used) ? Number(used.dataset.index) : top?.index;
    const row = index === undefined ? undefined : rowAt(index);
    const start = index === undefined ? undefined : virtualizer.measurementsCache[index]?.start;
    anchor.current =
      row === undefined || start === undefined ? undefined : { key: keyOf(row), distance: start - frame.scrollTop };
    onMoved?.(anchor.current);
  };
  useLayoutEffect(() => {
    const frame = scroll.current;
    const place = anchor.current;
    // A list that was scrolled a moment ago says so after the next frame only; at its end a shorter list stands by itself.
    const isScrolled = (list: HTMLElement) =>
      Math.abs(list.scrollTop - notedAt.current) >= 1 && list.scrollTop < list.scrollHeight - list.clientHeight - 1;
    if (frame && place && shown.current !== rows && !isScrolled(frame)) {
      const index = rows.findIndex((row) => keyOf(row) === place.key);
      const start = virtualizer.measurementsCache[index]?.start;
      if (start !== undefined && Math.abs(start - place.distance - frame.scrollTop) >= 1)
        frame.scrollTop = start - place.distance;
    }
    shown.current = rows;
    remember();
  });
  useEffect(() => {
    const frame = scroll.current;
    frame?.addEventListener('focusin', remember);
    return () => frame?.removeEventListener('focusin', remember);
  });
  return (
    <div
      ref={scroll}
      className={styles.scroll}
      onScroll={remember}
      {...(focusable ? { role: 'region', 'aria-label': label, tabIndex: 0 } : {})}
    >
      <div role="list" aria-label={label} className={styles.list} style={{ height: virtualizer.getTotalSize() }}>
        {visible.map(({ index, key, start }) => {
          const row = rowAt(index);
          if (row === undefined) return null;
          return (
            <div
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              role="listitem"
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              className={styles.row}
              style={{ transform: `translateY(${start}px)` }}
            >
              {render(row)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
