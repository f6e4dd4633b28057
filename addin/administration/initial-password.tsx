/** An initial password that was drawn a moment ago: it is here this once. */
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, tokens } from '@fluentui/react-components';
import { Copy16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { AdministeredUser } from '../../shared/api/administration-users';
import { useText } from '../shell/i18n/text';
import { administrationTexts } from './texts';

const useStyles = makeStyles({
  password: {
    display: 'block',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase500,
    userSelect: 'all',
  },
});

interface Props {
  readonly user: AdministeredUser;
  readonly password: string;
}

export function InitialPassword({ user, password }: Props) {
  const styles = useStyles();
  const t = useText(administrationTexts);
  const [copied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard.writeText(password).then(
      () => setCopied(true),
      () => {
        // Outlook may forbid it; the text can be marked by hand.
      },
    );
  };
  return (
    <MessageBar intent="success" layout="multiline" role="status">
      <MessageBarBody>
        {t.initialPassword(user.displayName)}
        <code className={styles.password} data-initial-password="">
          {password}
        </code>
        {t.initialPasswordHint}
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" icon={<Copy16Regular />} onClick={copy}>
          {copied ? t.copied : t.copy}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
