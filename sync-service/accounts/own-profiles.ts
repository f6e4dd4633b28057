/** What users say of themselves (SET-1, SET-2): further numbers, an address, a picture, which telephone is theirs. */
import { ServiceError } from '../../shared/errors';
import type { Database } from '../database/database';
import { entryOfUser } from './people-directory-entries';
import { emailKey } from './people-model';
import type { NumberRules } from './people-model';
import { ownNumber } from './own-number';
import { changedFields } from './people-plan-rules';
import type { UserRow } from './people-store';
import { peopleVersionFact } from './people-work';
import type { Act, PeopleStores, PeopleWork } from './people-work';
import { removeUserPicture, saveUserPicture, visibleUserPicture } from './user-picture-store';

/** Absent stays, null clears. Numbers as typed. */
export interface OwnDetails {
  readonly mobileNumber?: string | null | undefined;
  readonly externalNumber?: string | null | undefined;
  readonly email?: string | null | undefined;
}

export interface OwnProfiles {
  /**
   * Keeps the numbers in canonical form. An empty address is the administrator's again.
   * @throws ServiceError `number-not-dialable` with the field, `already-exists` for an address of somebody else, `not-found`.
   */
  saveDetails(userId: string, details: OwnDetails): Promise<void>;
  savePicture(userId: string, hash: string, bytes: Uint8Array): Promise<void>;
  removePicture(userId: string): Promise<void>;
  /** The picture of that hash, if the viewer may see it: his own, and those of users in his internal directory. */
  picture(viewerId: string, hash: string): Promise<Uint8Array | undefined>;
  /** Makes one of the user's devices "my phone". @throws ServiceError `device-unknown`, `not-found`. */
  choosePhone(userId: string, deviceId: string): Promise<void>;
}

export function createOwnProfiles({
  database,
  work,
  rules,
  newId,
}: {
  readonly database: Database;
  readonly work: PeopleWork;
  readonly rules: NumberRules;
  readonly newId: () => string;
}): OwnProfiles {
  /** Runs an act of the user on himself; it is none of administration, so no audit trail tells of it. */
  const change = <T>(userId: string, act: (act: Act, user: UserRow) => Promise<T>): Promise<T> =>
    work(userId, async (inside) => {
      const user = await inside.users.byId(userId);
      if (user === undefined) throw new ServiceError('not-found', 'This user is not there any more.');
      return act(inside, user);
    });

  return {
    saveDetails: (userId, details) =>
      change(userId, async (act, user) => {
        const site = await act.sites.find(user.site_id);
        if (site === undefined) throw new ServiceError('not-found', 'This site is not there any more.');
        const numberOf = (field: 'mobileNumber' | 'externalNumber'): string | null | undefined => {
          const written = details[field]?.trim();
          if (written === undefined) return details[field] === null ? null : undefined;
          if (written === '') return null;
          const read = ownNumber(written, site.dialPlan, rules);
          if ('e164' in read) return read.e164;
          throw new ServiceError('number-not-dialable', 'Write the number with country code, such as +49 89 1234567.', {
            details: [{ field: `body.${field}`, reason: read.problem }],
          });
        };
        const email = details.email === undefined ? undefined : details.email?.trim() || null;
        if (email) await refuseOthersAddress(act, user, email);
        const fields = changedFields({
          mobile_number: numberOf('mobileNumber'),
          external_number: numberOf('externalNumber'),
          profile_email: email,
        });
        if (Object.keys(fields).length === 0) return;
        await act.users.update(userId, fields);
        const entry = entryOfUser({ ...user, ...fields }, site.dialPlan, rules);
        await act.entries.replace([userId], entry === undefined ? [] : [entry]);
        await act.sites.setFact(peopleVersionFact, newId());
      }),

    savePicture: (userId, hash, bytes) =>
      change(userId, async ({ transaction, sites, entries }) => {
        await saveUserPicture(transaction, userId, hash, bytes);
        await entries.renewVersion();
        await sites.setFact(peopleVersionFact, newId());
      }),
    removePicture: (userId) =>
      change(userId, async ({ transaction, sites, entries }) => {
        await removeUserPicture(transaction, userId);
        await entries.renewVersion();
        await sites.setFact(peopleVersionFact, newId());
      }),
    picture: (viewerId, hash) => visibleUserPicture(database, viewerId, hash),

    choosePhone: (userId, deviceId) =>
      change(userId, async (act) => {
        const devices = await act.users.devicesOf([userId]);
        if (!devices.some(({ id }) => id === deviceId)) {
          throw new ServiceError('device-unknown', 'This telephone is not one of yours. Choose another one.');
        }
        for (const device of devices) {
          const is_mine = Number(device.id === deviceId);
          if (device.is_mine !== is_mine) await act.users.updateDevice(device.id, { ...device, is_mine });
        }
        await act.sites.setFact(peopleVersionFact, newId());
      }),
  };

  /** Whoever is looked up by an address must not turn out to be somebody who only says that it is his. */
  async function refuseOthersAddress(act: PeopleStores, user: UserRow, email: string): Promise<void> {
    if (user.email !== null && emailKey(user.email) === emailKey(email)) return;
    if (await act.users.hasAddress(emailKey(email), user.id)) {
      throw new ServiceError('already-exists', 'This address is a colleague’s. Write your own one.', {
        details: [{ field: 'body.email', reason: 'taken' }],
      });
    }
  }
}
