/** Sites: their dial plans, time zones and telephone systems. */
import { ServiceError } from '../../shared/errors';
import { keepByVersion } from '../database/heard-version';
import type { DialPlan } from '../../shared/dial-plan';
import { changedFields } from './people-plan-rules';
import { entryOfGroup, entryOfSpeedDial, entryOfUser } from './people-directory-entries';
import { siteWishSchema, usualJournalDays } from './people-model';
import type { Actor, NumberRules, Outcome, Site, SiteWish, WishProblem } from './people-model';
import type { WishMode } from './people-plan';
import { parseWishes } from './people-wishes';
import { WishesRefused, unknown } from './people.errors';
import type { Act, PeopleStores, PeopleWork } from './people-work';
import { dialPlanFor } from './site-defaults';

export interface SiteService {
  listSites(): Promise<Site[]>;
  /** Throws `not-found`. */
  siteNamed(name: string): Promise<Site>;
  /** Throws `not-found`. */
  dialPlanOf(siteId: string): Promise<DialPlan>;
  /** Days that journal entries of the site are kept. */
  journalDaysOf(siteId: string): Promise<number>;
  /** Fulfils all wishes or none (WishesRefused); outcomes by position. */
  saveSites(actor: Actor, wishes: readonly unknown[], mode: WishMode): Promise<Outcome[]>;
  /** Removes a site with its groups and speed dials. Throws `site-not-empty` where it has users, WishesRefused. */
  removeSite(actor: Actor, name: string): Promise<void>;
  /** Number of users by site id, disabled ones included; a site without any is not there. */
  usersBySite(): Promise<Map<string, number>>;
  /** Finds the directories' entries anew where the rules of reading numbers have changed; to be called at start. */
  refreshDirectories(): Promise<void>;
}

export function createSiteService({
  stores,
  work,
  rules,
  newId,
  timeZone,
  heardVersion = () => undefined,
}: {
  stores: PeopleStores;
  work: PeopleWork;
  rules: NumberRules;
  newId: () => string;
  /** Of a new site for which none is named. IANA name. */
  timeZone: string;
  /** See PeopleDeps. */
  heardVersion?: (() => string | undefined) | undefined;
}): SiteService {
  // Asked at nearly every request.
  const planOf = keepByVersion(heardVersion, async (siteId) => (await stores.sites.find(siteId))?.dialPlan);

  return {
    listSites: () => stores.sites.list(),

    async siteNamed(name) {
      const site = (await stores.sites.list()).find((each) => each.name === name);
      if (site === undefined) throw new WishesRefused([unknown('site', name, 0, 'site')]);
      return site;
    },

    async dialPlanOf(siteId) {
      const plan = await planOf(siteId);
      if (plan === undefined) throw new ServiceError('not-found', 'The site does not exist any more.');
      return plan;
    },

    async journalDaysOf(siteId) {
      return (await stores.sites.find(siteId))?.journalDays ?? usualJournalDays;
    },

    async saveSites(actor, raw, mode) {
      const wishes = parseWishes(siteWishSchema, raw);
      return work(actor, async (act) => {
        const outcomes: Outcome[] = [];
        for (const [position, wish] of wishes.entries()) {
          outcomes.push(await saveSite(act, wish, position, mode, { newId, timeZone, rules }));
        }
        return outcomes;
      });
    },

    removeSite: (actor, name) => work(actor, (act) => removeSite(act, name)),

    usersBySite: () => stores.users.countBySite(),

    async refreshDirectories() {
      for (const site of await stores.sites.list()) {
        if ((await stores.sites.fact(keysFact(site))) === rules.version(site.dialPlan)) continue;
        await work('service', (act) => refreshDirectory(act, site, rules));
      }
    },
  };
}

/** Adds or changes one site inside an act. Throws WishesRefused. */
export async function saveSite(
  act: Act,
  wish: SiteWish,
  position: number,
  mode: WishMode,
  { newId, timeZone, rules }: { newId: () => string; timeZone: string; rules: NumberRules },
): Promise<Outcome> {
  const sites = await act.sites.list();
  const known = sites.find((site) => site.name === wish.name);
  const problem = saveProblem(wish, known, sites, position, mode);
  if (problem !== undefined) throw new WishesRefused([problem]);

  const { countryCode, ...rest } = changedFields(wish.dialPlan ?? {});
  const base = known ?? {
    id: newId(),
    name: wish.name,
    timeZone,
    dialPlan: dialPlanFor({ ...rest, countryCode: countryCode ?? '' }),
  };
  const telephoneSystem = wish.telephoneSystem === undefined ? known?.telephoneSystem : wish.telephoneSystem;
  const journalDays = wish.journalDays ?? known?.journalDays;
  const site: Site = {
    id: base.id,
    name: wish.newName ?? base.name,
    timeZone: wish.timeZone ?? base.timeZone,
    dialPlan: { ...base.dialPlan, ...changedFields(wish.dialPlan ?? {}) },
    ...(telephoneSystem === null || telephoneSystem === undefined ? {} : { telephoneSystem }),
    ...(journalDays === undefined ? {} : { journalDays }),
  };
  if (known === undefined) {
    await act.sites.insert(site);
    act.record('site.added', site.id);
  } else if (JSON.stringify(inOrder(known)) === JSON.stringify(inOrder(site))) {
    return 'unchanged';
  } else {
    await act.sites.update(site);
    act.record('site.changed', site.id);
  }
  await refreshDirectory(act, site, rules);
  return known === undefined ? 'added' : 'changed';
}

async function removeSite(act: Act, name: string): Promise<void> {
  const site = (await act.sites.list()).find((each) => each.name === name);
  if (site === undefined) throw new WishesRefused([unknown('site', name, 0, 'site')]);
  const users = (await act.users.countBySite()).get(site.id) ?? 0;
  if (users > 0) {
    throw new ServiceError(
      'site-not-empty',
      `The site ${name} has ${users} ${users === 1 ? 'user' : 'users'}. Move them to another site or erase them first.`,
      { details: [{ reason: 'users', value: users }] },
    );
  }
  const groups = await act.groups.list(site.id);
  const speedDials = await act.speedDials.list(site.id);
  await act.entries.replace(
    [...groups, ...speedDials].map((row) => row.id),
    [],
  );
  for (const { id } of groups) {
    await act.groups.remove(id);
    act.record('group.removed', id);
  }
  for (const { id } of speedDials) {
    await act.speedDials.remove(id);
    act.record('speed-dial.removed', id);
  }
  await act.sites.removeFact(keysFact(site));
  await act.sites.remove(site.id);
  act.record('site.removed', site.id);
}

function saveProblem(
  wish: SiteWish,
  known: Site | undefined,
  sites: readonly Site[],
  position: number,
  mode: WishMode,
): WishProblem | undefined {
  const taken = (name: string, field: string): WishProblem => ({
    position,
    field,
    reason: 'taken',
    message: `there is a site ${name} already`,
  });
  if (known !== undefined && mode === 'add') return taken(wish.name, 'name');
  if (known === undefined && mode === 'change') return unknown('site', wish.name, position);
  const { newName } = wish;
  if (newName !== undefined && sites.some((site) => site.name === newName && site !== known)) {
    return taken(newName, 'newName');
  }
  if (known === undefined && wish.dialPlan?.countryCode === undefined) {
    return { position, field: 'dialPlan.countryCode', reason: 'missing', message: `${wish.name} needs a country code` };
  }
  return undefined;
}

/** Which reading of numbers a site's directory keys stand for. */
function keysFact(site: Site): string {
  return `directory-keys:${site.id}`;
}

/** Writes all entries of the site anew, by its dial plan as it is now. */
async function refreshDirectory(act: Act, site: Site, rules: NumberRules): Promise<void> {
  const version = rules.version(site.dialPlan);
  if ((await act.sites.fact(keysFact(site))) === version) return;
  const [users, groups, speedDials] = [
    await act.users.list(site.id),
    await act.groups.list(site.id),
    await act.speedDials.list(site.id),
  ];
  const plan = site.dialPlan;
  await act.entries.replace(
    [...users, ...groups, ...speedDials].map((row) => row.id),
    [
      ...users.flatMap((user) => entryOfUser(user, plan, rules) ?? []),
      ...groups.flatMap((group) => entryOfGroup(group, plan, rules) ?? []),
      ...speedDials.map((speedDial) => entryOfSpeedDial(speedDial, plan, rules)),
    ],
  );
  await act.sites.setFact(keysFact(site), version);
}

/** The same order of keys, so that equal sites have equal texts. */
function inOrder(site: Site): unknown {
  const sorted = (value: object) => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return [site.name, site.timeZone, sorted(site.dialPlan), sorted(site.telephoneSystem ?? {}), site.journalDays];
}
