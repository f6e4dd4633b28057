/** A part of the settings with its heading. A ribbon menu leads to a part that has a name: it is scrolled to and has the focus. */
import { makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useRef, type ReactNode } from 'react';
import type { SettingsSection } from './places';
import { useServices } from './services';
import { useStore } from './use-store';

const useStyles = makeStyles({
  group: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  heading: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    scrollMarginTop: tokens.spacingVerticalM,
  },
});

interface Props {
  readonly title: string;
  /** Name by which the address leads here. */
  readonly section?: SettingsSection;
  readonly children: ReactNode;
}

export function SettingsGroup({ title, section, children }: Props) {
  const styles = useStyles();
  const { navigation } = useServices();
  const wanted = useStore(navigation.location).section;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (section === undefined || wanted?.name !== section) return;
    heading.current?.scrollIntoView();
    heading.current?.focus({ preventScroll: true });
  }, [section, wanted]);
  return (
    <section className={styles.group} aria-label={title}>
      <h2 ref={heading} className={styles.heading} {...(section === undefined ? {} : { tabIndex: -1 })}>
        {title}
      </h2>
      {children}
    </section>
  );
}
