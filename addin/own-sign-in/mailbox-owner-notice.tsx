/** Says that the Microsoft account is not the one of the open mailbox, and what to do. */
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { useText } from '../shell/i18n/text';
import { ownSignInTexts } from './texts';
import type { MailboxOwnerModel } from './use-mailbox-owner';

const useStyles = makeStyles({ bar: { flexShrink: 0 } });

export function MailboxOwnerNotice({ model }: { readonly model: MailboxOwnerModel }) {
  const styles = useStyles();
  const t = useText(ownSignInTexts);
  const { signOut } = useText();
  const { owner } = model;
  if (owner.is !== 'somebody-else') return null;
  return (
    <MessageBar className={styles.bar} intent="warning" layout="multiline" role="status">
      <MessageBarBody>{t.mailboxIsNot(owner.mailbox, owner.signedInAs)}</MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={model.signOut}>
          {signOut}
        </Button>
        <Button size="small" onClick={model.bothMine}>
          {t.bothMine}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
