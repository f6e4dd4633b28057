/** A view in the place Sync that holds a list of changes: its heading takes the focus when it opens. */
import { makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useRef, type ReactNode } from 'react';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  head: {
    display: 'grid',
    flexShrink: 0,
    gap: tokens.spacingVerticalS,
    justifyItems: 'start',
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
  },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
    ':focus': { outline: 'none' },
  },
});

interface Props {
  readonly title: string;
  /** Above the title. */
  readonly back?: ReactNode;
  readonly children: ReactNode;
  readonly list: ReactNode;
}

export function ChangesFrame({ title, back, children, list }: Props) {
  const styles = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className={styles.view} aria-labelledby="changes-title">
      <div className={styles.head}>
        {back}
        <h2 ref={heading} tabIndex={-1} className={styles.title} id="changes-title">
          {title}
        </h2>
        {children}
      </div>
      {list}
    </section>
  );
}
