import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../../addin/api/api-error';
import type { ApiClient } from '../../../../addin/api/client';
import { signInSilently } from '../../../../addin/microsoft-sign-in/sign-in-silently';
import type { MicrosoftAccess } from '../../../../addin/outlook/host';
import { MicrosoftFailure } from '../../../../addin/outlook/microsoft-failure';

const microsoft = {
  clientId: 'c',
  authority: 'https://login.example/t',
  graphBaseUrl: 'https://graph.example/v1.0',
  signIn: { scope: 'api://c/access_as_user', tenantId: 't' },
};

function setUp(plan: { installation?: object; access?: Partial<MicrosoftAccess> | null; refuses?: Error } = {}) {
  const asked: boolean[] = [];
  const access: MicrosoftAccess = {
    knowsUser: true,
    prepare: () => undefined,
    token: ({ interactive }) => {
      asked.push(interactive);
      return Promise.resolve({ accessToken: 'token', accountName: 'anna@contoso.com' });
    },
    ...plan.access,
  };
  const sent: string[] = [];
  const deps = {
    host: { ready: Promise.resolve(), microsoftAccess: () => (plan.access === null ? undefined : access) },
    session: {
      signInWithMicrosoft: async (token: () => Promise<string>) => {
        sent.push(await token());
        if (plan.refuses) throw plan.refuses;
      },
    },
    // Only the installation is asked.
    client: {
      call: () => Promise.resolve(plan.installation ?? { version: '1', microsoft }),
    } as unknown as Pick<ApiClient, 'call'>,
  };
  return { deps, asked, sent };
}

describe('The ribbon’s sign-in with Microsoft', () => {
  it('happens without a question where Outlook knows its user', async () => {
    const { deps, asked, sent } = setUp();
    expect(await signInSilently(deps)).toBe('signed-in');
    expect([asked, sent]).toEqual([[false], ['token']]);
  });

  it('is not tried where installation or Outlook have none, or would have to ask', async () => {
    expect(await signInSilently(setUp({ installation: { version: '1' } }).deps)).toBe('no-way');
    expect(await signInSilently(setUp({ access: null }).deps)).toBe('no-way');
    expect(await signInSilently(setUp({ access: { knowsUser: false } }).deps)).toBe('no-way');
  });

  it('says what a person has to do', async () => {
    const failing = (error: Error) => ({ access: { token: () => Promise.reject(error) } });
    expect(await signInSilently(setUp(failing(new MicrosoftFailure('consent'))).deps)).toBe('consent');
    expect(await signInSilently(setUp(failing(new MicrosoftFailure('unreachable'))).deps)).toBe('unreachable');
    const unknown = new ApiError('microsoft-account-unknown');
    expect(await signInSilently(setUp({ refuses: unknown }).deps)).toBe('unknown-account');
    await expect(signInSilently(setUp({ refuses: new ApiError('unreachable') }).deps)).rejects.toThrow();
  });
});
