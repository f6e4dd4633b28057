import { describe, expect, it } from 'vitest';
import { microsoftFailureOf, officeDialogFailure } from '../../../addin/outlook/microsoft-failure';

describe('a failed sign-in with Microsoft', () => {
  it.each([
    [{ errorCode: 'invalid_grant', errorMessage: 'AADSTS65001: no consent' }, 'consent', 'AADSTS65001'],
    [{ errorCode: 'access_denied', errorMessage: 'AADSTS90094: an administrator has to' }, 'consent', 'AADSTS90094'],
    [{ errorCode: 'interaction_required', errorMessage: 'AADSTS53003: blocked' }, 'conditional-access', 'AADSTS53003'],
    [{ errorCode: 'interaction_required', subError: 'basic_action' }, 'conditional-access', 'interaction_required'],
    [{ errorCode: 'interaction_required', errorMessage: 'AADSTS50105: not assigned' }, 'not-assigned', 'AADSTS50105'],
    [{ errorCode: 'access_denied', errorMessage: 'AADSTS50020: of another tenant' }, 'wrong-account', 'AADSTS50020'],
    [{ errorCode: 'unauthorized_client', errorMessage: 'AADSTS700016: unknown' }, 'registration', 'AADSTS700016'],
    [{ errorCode: 'popup_window_error' }, 'popup-blocked', 'popup_window_error'],
    [{ errorCode: 'user_cancelled' }, 'cancelled', 'user_cancelled'],
    [{ errorCode: 'no_network_connectivity' }, 'unreachable', 'no_network_connectivity'],
    [{ errorCode: 'login_required', errorMessage: 'AADSTS50058: nobody' }, 'sign-in-needed', 'AADSTS50058'],
    [new TypeError('x'), 'unknown', undefined],
    ['text', 'unknown', undefined],
    [undefined, 'unknown', undefined],
  ])('%j is told as %s', (error, reason, code) => {
    const failure = microsoftFailureOf(error);
    expect([failure.reason, failure.code]).toEqual([reason, code]);
    expect(microsoftFailureOf(failure)).toBe(failure);
  });

  it.each([
    [12006, 'cancelled'],
    [12009, 'popup-blocked'],
    [12011, 'popup-blocked'],
    [12002, 'unknown'],
  ])('%i of the dialog is told as %s', (code, reason) => {
    expect(officeDialogFailure(code).reason).toBe(reason);
  });
});
