/** Whose mailbox is open, and whether the user has said that it is his as well. */
import { useEffect, useState } from 'react';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';
import { mailboxOwnerOf, type MailboxOwner } from './mailbox-owner';

/** Key under which the browser keeps for which pair of user and mailbox the user has said that both are his. */
const bothMineKey = 'own-sign-in.both-mine';

export interface MailboxOwnerModel {
  readonly owner: MailboxOwner;
  /** A Microsoft account is signed in that is not the mailbox's, and the user has not said yet that he means it so. */
  readonly warns: boolean;
  readonly bothMine: () => void;
  readonly signOut: () => void;
}

export function useMailboxOwner(): MailboxOwnerModel {
  const { host, session } = useServices();
  const state = useStore(session.state);
  const [mailbox, setMailbox] = useState(host.mailboxAddress);
  const [accepted, setAccepted] = useState<string>();
  useEffect(() => {
    let gone = false;
    void host.ready.then(() => {
      if (gone) return;
      setMailbox(host.mailboxAddress);
      setAccepted(host.storage.get(bothMineKey));
    });
    return () => {
      gone = true;
    };
  }, [host]);
  const owner = mailboxOwnerOf(mailbox, state);
  const userId = state.status === 'signed-in' ? state.user.id : '';
  const pair = `${userId} ${owner.is === 'somebody-else' ? owner.mailbox.toLowerCase() : ''}`;
  const byMicrosoft = state.status === 'signed-in' && state.signedInBy === 'microsoft';
  return {
    owner,
    warns: owner.is === 'somebody-else' && byMicrosoft && accepted !== pair,
    bothMine: () => {
      host.storage.set(bothMineKey, pair);
      setAccepted(pair);
    },
    signOut: () => void session.signOut(),
  };
}
