/** Routes of `shared/api/microsoft-sign-in.ts`. */
import {
  getSignInWays,
  linkMicrosoftAccount,
  signInWithMicrosoft,
  unlinkMicrosoftAccounts,
} from '../../shared/api/microsoft-sign-in';
import type { PasswordKind } from '../../shared/api/microsoft-sign-in';
import { ServiceError } from '../../shared/errors';
import { bind } from '../http/binding';
import type { BoundRoute } from '../http/binding';
import type { Account, AccountDirectory } from './account-directory';
import type { MicrosoftLinks, MicrosoftSignIn } from './microsoft-sign-in.service';
import type { SessionAnswers } from './session-answers';

/** `signIn` is absent where the installation has no sign-in with Microsoft: then both routes answer `not-found`. */
export function microsoftSignInRoutes(deps: {
  readonly signIn: MicrosoftSignIn | undefined;
  readonly links: MicrosoftLinks;
  readonly accounts: Pick<AccountDirectory, 'findUserById'>;
  readonly answers: SessionAnswers;
}): BoundRoute[] {
  const { answers, links } = deps;
  const signIn = () => {
    if (deps.signIn !== undefined) return deps.signIn;
    throw new ServiceError('not-found', 'This installation has no sign-in with Microsoft. Use user name and password.');
  };
  return [
    bind(signInWithMicrosoft, async ({ body }, context) => {
      answers.refuseForeignOrigin(context);
      return answers.answer(await signIn().signIn(body.accessToken), context);
    }),
    bind(linkMicrosoftAccount, async ({ body: { accessToken, ...credentials } }, context) => {
      answers.refuseForeignOrigin(context);
      return answers.answer(await signIn().link(accessToken, credentials, context.clientAddress), context);
    }),
    bind(getSignInWays, async (_input, { caller }) => {
      const [account, linked] = await Promise.all([
        deps.accounts.findUserById(caller.user.id),
        links.listOf(caller.user.id),
      ]);
      return {
        password: passwordKindOf(account),
        microsoftAccounts: linked.map(({ name, linkedBy, linkedAt }) => ({ name, linkedBy, linkedAt })),
      };
    }),
    bind(unlinkMicrosoftAccounts, async (_input, { caller }) => {
      await links.unlink(caller.user.id, caller.user.id);
      return undefined;
    }),
  ];
}

function passwordKindOf(account: Account | undefined): PasswordKind {
  if (account === undefined || account.passwordHash === null) return 'none';
  return account.mustChangePassword ? 'initial' : 'own';
}
