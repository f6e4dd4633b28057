/** Signing in with Microsoft: silently when the pane opens where Outlook knows its user, else at a click. */
import { useEffect, useRef, useState } from 'react';
import { errorCodeOf } from '../api/api-error';
import type { SessionKeeper } from '../api/session-keeper';
import type { MicrosoftAccess } from '../outlook/host';
import { MicrosoftFailure } from '../outlook/microsoft-failure';

export type MicrosoftSignInState =
  | { readonly status: 'idle' }
  | { readonly status: 'busy' }
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
  const [state, setState] = useState<MicrosoftSignInState>({ status: 'idle' });
  const tried = useRef(false);

  const run = async (interactive: boolean) => {
    setState({ status: 'busy' });
    onLink(undefined);
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
    } catch (error) {
      if (errorCodeOf(error) === 'microsoft-account-unknown') {
        setState({ status: 'unknown-account', accountName });
        onLink((userName, password) => session.signInWithMicrosoft(token, { userName, password }));
      } else if (!interactive && error instanceof MicrosoftFailure && error.reason === 'sign-in-needed') {
        setState({ status: 'idle' });
      } else setState({ status: 'failed', error });
    }
  };

  useEffect(() => {
    if (tried.current) return;
    tried.current = true;
    access.prepare();
    if (atOnce && access.knowsUser) void run(false);
    // Once, when it is first shown.
  });

  return { state, signIn: () => void run(true) };
}
