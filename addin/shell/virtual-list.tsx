/** A long list of which only what is seen is in the page. It scrolls by itself and fills its place. */
import { makeStyles } from '@fluentui/react-components';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';

const useStyles = makeStyles({
  scroll: { flexGrow: 1, minHeight: 0, overflowY: 'auto', overflowX: 'hidden', contain: 'strict' },
  list: { position: 'relative', width: '100%' },
  row: { position: 'absolute', top: 0, left: 0, width: '100%' },
});

interface Props<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** Height in pixels until the row has been measured. */
  readonly estimate: (row: T) => number;
  readonly render: (row: T) => ReactNode;
  /** The end is nearly in sight: more may be fetched. */
  readonly onNearEnd?: () => void;
}

export function VirtualList<T>({ label, rows, keyOf, estimate, render, onNearEnd }: Props<T>) {
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
  return (
    <div ref={scroll} className={styles.scroll}>
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
