/** From what a user typed to what is dialled, or the error that says why nothing is. */
import type { Logger } from 'pino';
import type { DialPlan } from '../../shared/dial-plan';
import type { CallDevice, DialRules, DialWays, NumberRulesForCalls } from './caller-directory';
import { notAllowed, notDialable } from './calls.errors';
import { dialMode } from './dial-mode';
import { dialRefusal, reachedExtension } from './dial-permission';

export interface DialCheckDeps {
  readonly numbers: NumberRulesForCalls;
  readonly rules: DialRules;
  readonly dialPlanOf: (siteId: string) => Promise<DialPlan>;
  /** All devices of the installation. */
  readonly devices: () => readonly CallDevice[];
  readonly logger: Logger;
}

/**
 * What to call first in place of the user's telephone when he dials this; undefined where it is the telephone. Throws
 * ServiceError `number-not-allowed`, naming `field`.
 */
export type CallBackCheck = (
  user: { readonly id: string; readonly siteId: string },
  dialString: string,
  field: string,
) => Promise<string | undefined>;

/** `callsBack`: whether the telephone system of a site can call a mobile. */
export function createCallBackCheck(
  { numbers, rules, dialPlanOf }: Pick<DialCheckDeps, 'numbers' | 'rules' | 'dialPlanOf'>,
  ways: DialWays,
  callsBack: (siteId: string) => boolean,
): CallBackCheck {
  return async ({ id, siteId }, dialString, field) => {
    const way = await ways.wayOf(id);
    const plan = await dialPlanOf(siteId);
    const reading = numbers.readDialled(dialString, plan);
    const isPremiumRate = (international: string): boolean => rules.isPremiumRate(international);
    const found = dialMode({ way, callsBack: callsBack(siteId), dialString, reading, plan, numbers, isPremiumRate });
    if ('refusal' in found) throw notAllowed(found.refusal, field);
    return found.callBackTo;
  };
}

/** What a telephone can be told to dial; longer ones there are none. */
const dialable = /^[\d*#]{1,40}$/;

/**
 * The dial string for a number that this user may dial at his site. Throws ServiceError `number-not-dialable` and
 * `number-not-allowed`, both naming `field`.
 */
export type DialCheck = (
  user: { readonly id: string; readonly siteId: string },
  number: string,
  field: string,
) => Promise<string>;

export function createDialCheck({ numbers, rules, dialPlanOf, devices, logger }: DialCheckDeps): DialCheck {
  async function isKnown(siteId: string, extension: string): Promise<boolean> {
    if (devices().some((device) => device.siteId === siteId && device.extension === extension)) return true;
    try {
      return await rules.isExtensionKnown(siteId, extension);
    } catch (error) {
      // The telephone system knows better than a directory that cannot be read.
      logger.warn({ err: error }, 'an extension could not be looked up; it is dialled');
      return true;
    }
  }

  return async (user, number, field) => {
    const plan = await dialPlanOf(user.siteId);
    const dialled = numbers.toDialString(number, plan);
    if ('problem' in dialled) throw notDialable(dialled.problem, field);
    const { dialString } = dialled;
    if (!dialable.test(dialString)) throw notDialable('not-a-number', field);
    const reading = numbers.readDialled(dialString, plan);
    const extension = reachedExtension(dialString, reading, plan);
    const refusal = dialRefusal({
      dialString,
      reading,
      plan,
      ownExtensions: devices()
        .filter(({ userId, siteId }) => userId === user.id && siteId === user.siteId)
        .map((device) => device.extension),
      isExtensionKnown: extension === undefined || (await isKnown(user.siteId, extension)),
      demo: rules.demo,
      isPremiumRate: (international) => rules.isPremiumRate(international),
    });
    if (refusal !== undefined) throw notAllowed(refusal, field);
    return dialString;
  };
}
