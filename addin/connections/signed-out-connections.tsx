/** The server connections while nobody is signed in. */
import { Button, makeStyles, Title3, tokens } from '@fluentui/react-components';
import { ArrowLeft20Regular } from '@fluentui/react-icons';
import { useText } from '../shell/i18n/text';
import ConnectionsView from './connections-view';
import { connectionsTexts } from './texts';

const useStyles = makeStyles({
  page: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalXL,
    maxWidth: '400px',
    margin: '0 auto',
  },
  title: { margin: 0 },
  left: { justifySelf: 'start' },
});

export default function SignedOutConnections({ onBack }: { readonly onBack: () => void }) {
  const styles = useStyles();
  const t = useText(connectionsTexts);
  const { back } = useText();
  return (
    <div className={styles.page}>
      <Button className={styles.left} icon={<ArrowLeft20Regular />} onClick={onBack}>
        {back}
      </Button>
      <Title3 as="h1" className={styles.title}>
        {t.title}
      </Title3>
      <ConnectionsView signedInAs={undefined} onSignInHere={onBack} />
    </div>
  );
}
