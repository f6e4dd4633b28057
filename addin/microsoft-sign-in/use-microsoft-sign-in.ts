/** Signing in with Microsoft: silently when the pane opens where Outlook knows its user, else at a click. */
import { useEffect, useRef, useState } from 'react';
import { errorCodeOf } from '../api/api-error';
import type { SessionKeeper } from '../api/session-keeper';
import type { MicrosoftAccess } from '../outlook/host';
import { MicrosoftFailure } from '../outlook/microsoft-failure';

export type MicrosoftSignInState =
  | { readonly status: 'idle' }
  /** `asking`: in a window that the user may have closed; he may begin again. */
  | { readonly status: 'busy'; readonly asking: boolean }
  /** The account is nobody's yet: {@link LinkAccount} makes it somebody's. */
  | { readonly status: 'unknown-account'; readonly accountName: string }
  /** A {@link MicrosoftFailure}, or an error of our service. */
  | { readonly status: 'failed'; readonly error: unknown };

/** Signs in with user name and password, and from then on with the Microsoft account. */
export type LinkAccount = (userName: string, password: string) => Promise<void>;

interface Deps {
  readonly access: MicrosoftAccess;
  readonly session: SessionKeeper;
  /** Try without a question. Not after the user has signed out himself. */
  readonly atOnce: boolean;
  readonly onLink: (link: LinkAccount | undefined) => void;
}

export function useMicrosoftSignIn({ access, session, atOnce, onLink }: Deps) {
  const trySilently = atOnce && access.knowsUser;
  const [state, setState] = useState<MicrosoftSignInState>(
    trySilently ? { status: 'busy', asking: false } : { status: 'idle' },
  );
  const begun = useRef(false);
  const round = useRef(0);

  const attempt = async (interactive: boolean): Promise<MicrosoftSignInState> => {
    let accountName = '';
    // Later the service asks for a token again when a cookie does not renew the session: then nobody is asked.
    let mayAsk = interactive;
    const token = async () => {
      const got = await access.token({ interactive: mayAsk });
      mayAsk = false;
      accountName = got.accountName;
      return got.accessToken;
    };
    try {
      await session.signInWithMicrosoft(token);
      return { status: 'idle' };
    } catch (error) {
      if (errorCodeOf(error) === 'microsoft-account-unknown') {
        onLink((userName, password) => session.signInWithMicrosoft(token, { userName, password }));
        return { status: 'unknown-account', accountName };
      }
      const nobodyKnown = error instanceof MicrosoftFailure && error.reason === 'sign-in-needed';
      return !interactive && nobodyKnown ? { status: 'idle' } : { status: 'failed', error };
    }
  };
  const run = async (interactive: boolean) => {
    const mine = (round.current += 1);
    const next = await attempt(interactive);
    // What an earlier window says counts no more.
    if (mine === round.current) setState(next);
  };

  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    access.prepare();
    if (trySilently) void run(false);
    // Once, when it is first shown.
  });

  return {
    state,
    signIn: () => {
      setState({ status: 'busy', asking: true });
      onLink(undefined);
      void run(true);
    },
  };
}
