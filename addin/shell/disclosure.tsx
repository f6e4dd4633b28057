/** A part that opens below its heading when asked for; what is in it is not made before. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronDown20Regular, ChevronRight20Regular } from '@fluentui/react-icons';
import { useId, useState, type ReactNode } from 'react';

const useStyles = makeStyles({
  button: { justifySelf: 'start', minWidth: 0, paddingLeft: 0 },
  content: { paddingLeft: tokens.spacingHorizontalXXL },
});

interface Props {
  readonly title: string;
  readonly children: ReactNode;
}

export function Disclosure({ title, children }: Props) {
  const styles = useStyles();
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <div>
      <Button
        className={styles.button}
        appearance="transparent"
        icon={open ? <ChevronDown20Regular /> : <ChevronRight20Regular />}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {title}
      </Button>
      <div id={id} className={styles.content} hidden={!open}>
        {open && children}
      </div>
    </div>
  );
}
