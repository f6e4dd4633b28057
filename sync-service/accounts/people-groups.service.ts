/** Groups with their members, and the speed dials of the system directory. */
import { entryOfGroup, entryOfSpeedDial } from './people-directory-entries';
import { groupWishSchema, speedDialWishSchema, userNameKey } from './people-model';
import type { Actor, Group, GroupWish, NumberRules, Outcome, Site, SpeedDial, SpeedDialWish } from './people-model';
import type { WishMode } from './people-plan';
import { findSite, numberProblem } from './people-plan-rules';
import { parseWishes } from './people-wishes';
import { WishesRefused, unknown } from './people.errors';
import type { Act, PeopleStores, PeopleWork } from './people-work';

export interface GroupService {
  listGroups(siteId?: string): Promise<Group[]>;
  /** Fulfils all wishes or none (WishesRefused); outcomes by position. */
  saveGroups(actor: Actor, wishes: readonly unknown[], mode: WishMode): Promise<Outcome[]>;
  removeGroup(actor: Actor, extension: string, site?: string): Promise<void>;
  listSpeedDials(siteId?: string): Promise<SpeedDial[]>;
  /** Fulfils all wishes or none (WishesRefused); outcomes by position. */
  saveSpeedDials(actor: Actor, wishes: readonly unknown[], mode: WishMode): Promise<Outcome[]>;
  removeSpeedDial(actor: Actor, name: string, site?: string): Promise<void>;
}

interface Deps {
  readonly rules: NumberRules;
  readonly newId: () => string;
}

export function createGroupService({
  stores,
  work,
  ...deps
}: { stores: PeopleStores; work: PeopleWork } & Deps): GroupService {
  return {
    async listGroups(siteId) {
      const groups = await stores.groups.list(siteId);
      const members = await stores.groups.members(groups.map((group) => group.id));
      const users = await stores.users.touched({ ids: [...members.values()].flat() });
      const names = new Map(users.map((user) => [user.id, user.user_name]));
      return groups.map((group) => ({
        id: group.id,
        siteId: group.site_id,
        name: group.name,
        extension: group.extension,
        inDirectory: group.in_directory === 1,
        members: (members.get(group.id) ?? []).flatMap((id) => names.get(id) ?? []).sort(),
      }));
    },

    async saveGroups(actor, raw, mode) {
      const wishes = parseWishes(groupWishSchema, raw);
      return work(actor, (act) =>
        each(wishes, (wish, position, site) => saveGroup(act, wish, position, site, mode, deps), act),
      );
    },

    async removeGroup(actor, extension, siteName) {
      await work(actor, async (act) => {
        const site = siteFor(await act.sites.list(), siteName, 0);
        const group = (await act.groups.byExtensions([extension])).find((one) => one.site_id === site.id);
        if (group === undefined) throw new WishesRefused([unknown('group', extension, 0, 'extension')]);
        await act.entries.replace([group.id], []);
        await act.groups.remove(group.id);
        act.record('group.removed', group.id);
      });
    },

    async listSpeedDials(siteId) {
      const rows = await stores.speedDials.list(siteId);
      return rows.map((row) => ({ id: row.id, siteId: row.site_id, name: row.name, number: row.raw }));
    },

    async saveSpeedDials(actor, raw, mode) {
      const wishes = parseWishes(speedDialWishSchema, raw);
      return work(actor, async (act) => {
        const known = new Map((await act.speedDials.list()).map((row) => [`${row.site_id} ${row.name}`, row]));
        return each(wishes, (wish, position, site) => saveSpeedDial(act, wish, position, site, mode, known, deps), act);
      });
    },

    async removeSpeedDial(actor, name, siteName) {
      await work(actor, async (act) => {
        const site = siteFor(await act.sites.list(), siteName, 0);
        const row = (await act.speedDials.list(site.id)).find((one) => one.name === name);
        if (row === undefined) throw new WishesRefused([unknown('speed dial', name)]);
        await act.entries.replace([row.id], []);
        await act.speedDials.remove(row.id);
        act.record('speed-dial.removed', row.id);
      });
    },
  };
}

/** One wish after the other in its site; the problems of all of them are thrown together. */
async function each<W extends { site?: string | undefined }>(
  wishes: readonly W[],
  save: (wish: W, position: number, site: Site) => Promise<Outcome>,
  act: Act,
): Promise<Outcome[]> {
  const sites = await act.sites.list();
  const outcomes: Outcome[] = [];
  const refusals: WishesRefused[] = [];
  for (const [position, wish] of wishes.entries()) {
    try {
      outcomes.push(await save(wish, position, siteFor(sites, wish.site, position)));
    } catch (error) {
      if (!(error instanceof WishesRefused)) throw error;
      refusals.push(error);
    }
  }
  if (refusals.length > 0) throw new WishesRefused(refusals.flatMap((refusal) => refusal.problems));
  return outcomes;
}

function siteFor(sites: readonly Site[], name: string | undefined, position: number): Site {
  const site = findSite(sites, name);
  if ('message' in site) throw new WishesRefused([{ position, field: 'site', ...site }]);
  return site;
}

async function saveGroup(
  act: Act,
  wish: GroupWish,
  position: number,
  site: Site,
  mode: WishMode,
  { rules, newId }: Deps,
): Promise<Outcome> {
  const refused = (field: string, reason: string, message: string) =>
    new WishesRefused([{ position, field, reason, message }]);
  const inSite = (one: { site_id: string }) => one.site_id === site.id;
  const known = (await act.groups.byExtensions([wish.extension])).find(inSite);
  if (known !== undefined && mode === 'add') {
    throw refused('extension', 'taken', `extension ${wish.extension} is taken by the group ${known.name}`);
  }
  if (known === undefined && mode === 'change') {
    throw new WishesRefused([unknown('group', wish.extension, position, 'extension')]);
  }
  const name = wish.name ?? known?.name;
  if (name === undefined) throw refused('name', 'missing', `group ${wish.extension} needs a name`);

  const extension = wish.newExtension ?? wish.extension;
  if (extension !== known?.extension) {
    const wrong = numberProblem(extension, site.dialPlan);
    if (wrong !== undefined) throw refused('extension', 'invalid', wrong);
    const user = (await act.users.touched({ extensions: [extension] })).find(inSite);
    const other = user?.user_name ?? (await act.groups.byExtensions([extension])).find(inSite)?.name;
    if (other !== undefined) throw refused('extension', 'taken', `extension ${extension} is taken by ${other}`);
  }
  const group = {
    id: known?.id ?? newId(),
    site_id: site.id,
    name,
    extension,
    in_directory: wish.inDirectory === undefined ? (known?.in_directory ?? 1) : Number(wish.inDirectory),
  };
  const membersBefore = known === undefined ? [] : ((await act.groups.members([known.id])).get(known.id) ?? []);
  const members = wish.members === undefined ? membersBefore : await memberIds(act, wish.members, position);
  const sameMembers = members.length === membersBefore.length && members.every((id) => membersBefore.includes(id));
  const isSame = known?.name === group.name && known.extension === group.extension;
  if (isSame && known.in_directory === group.in_directory && sameMembers) return 'unchanged';

  await (known === undefined ? act.groups.insert(group) : act.groups.update(group));
  if (!sameMembers) await act.groups.setMembers(group.id, members);
  const entry = entryOfGroup(group, site.dialPlan, rules);
  await act.entries.replace([group.id], entry === undefined ? [] : [entry]);
  const outcome = known === undefined ? 'added' : 'changed';
  act.record(`group.${outcome}`, group.id);
  return outcome;
}

async function memberIds(act: Act, userNames: readonly string[], position: number): Promise<string[]> {
  const users = await act.users.touched({ userNameKeys: userNames.map(userNameKey) });
  const ids = new Map(users.map((user) => [user.user_name_key, user.id]));
  const missing = userNames.filter((name) => !ids.has(userNameKey(name)));
  if (missing.length > 0) throw new WishesRefused(missing.map((name) => unknown('user', name, position, 'members')));
  return [...new Set(userNames.flatMap((name) => ids.get(userNameKey(name)) ?? []))];
}

async function saveSpeedDial(
  act: Act,
  wish: SpeedDialWish,
  position: number,
  site: Site,
  mode: WishMode,
  known: Map<string, { id: string; site_id: string; name: string; raw: string }>,
  { rules, newId }: Deps,
): Promise<Outcome> {
  const refused = (field: string, reason: string, message: string) =>
    new WishesRefused([{ position, field, reason, message }]);
  const before = known.get(`${site.id} ${wish.name}`);
  if (before !== undefined && mode === 'add') {
    throw refused('name', 'taken', `there is a speed dial ${wish.name} already`);
  }
  if (before === undefined && mode === 'change') {
    throw new WishesRefused([unknown('speed dial', wish.name, position)]);
  }
  const raw = wish.number ?? before?.raw;
  if (raw === undefined) throw refused('number', 'missing', `speed dial ${wish.name} needs a number`);
  const { problem } = rules.read(raw, site.dialPlan);
  if (raw !== before?.raw && problem !== undefined && problem !== 'short-number') {
    throw refused('number', problem, `the number ${raw} of ${wish.name} cannot be read (${problem})`);
  }
  const name = wish.newName ?? wish.name;
  if (name !== wish.name && known.has(`${site.id} ${name}`)) {
    throw refused('newName', 'taken', `there is a speed dial ${name} already`);
  }
  if (before?.name === name && before.raw === raw) return 'unchanged';

  const speedDial = { id: before?.id ?? newId(), site_id: site.id, name, raw };
  await (before === undefined ? act.speedDials.insert([speedDial]) : act.speedDials.update(speedDial));
  known.delete(`${site.id} ${wish.name}`);
  known.set(`${site.id} ${name}`, speedDial);
  await act.entries.replace([speedDial.id], [entryOfSpeedDial(speedDial, site.dialPlan, rules)]);
  const outcome = before === undefined ? 'added' : 'changed';
  act.record(`speed-dial.${outcome}`, speedDial.id);
  return outcome;
}
