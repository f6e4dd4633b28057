/** The signed-in user's profile, settings and picture, and who hears of their changes. */
import type { Settings } from '../shared/profile';
import { withCanonicalNumbers } from './accounts/own-number';
import type { People } from './accounts/people';
import type { NumberRules } from './accounts/people-model';
import type { BoundRoute } from './http/binding';
import type { PictureScaler } from './pictures/scale-picture';
import { profileRoutes } from './profile/profile.routes';
import { createProfileService } from './profile/profile.service';

export interface ProfileWiring {
  readonly people: Pick<People, 'accounts' | 'ownProfiles'>;
  readonly scaler: PictureScaler;
  readonly rules: NumberRules;
  /** Whether the telephone system of the site can let calls begin at a mobile. */
  readonly callsBack: (siteId: string) => boolean;
  readonly settingsChanged: (userId: string) => Promise<void>;
  /** Numbers or telephones of the user may have changed. */
  readonly changed: (userId: string) => Promise<void>;
}

export function wireProfile(wiring: ProfileWiring): BoundRoute[] {
  const { people, scaler, rules, callsBack, settingsChanged, changed } = wiring;
  const { accounts, ownProfiles } = people;
  const source = {
    ...ownProfiles,
    async profileOf(userId: string) {
      const profile = await accounts.profileOf(userId);
      if (profile === undefined) return undefined;
      return {
        ...profile,
        details: withCanonicalNumbers(profile.details, profile.site.dialPlan, rules),
        mayCallBack: profile.mayCallBack && callsBack(profile.site.id),
      };
    },
    async saveSettings(userId: string, settings: Settings) {
      await accounts.saveSettings(userId, settings);
      await settingsChanged(userId);
    },
  };
  return profileRoutes(createProfileService({ source, scaler, changed }));
}
