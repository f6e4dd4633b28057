/**
 * Decides what becomes of the users when an administrator's wishes come true, or why they cannot. Pure: the state goes
 * in, the changes come out. A whole import is one plan, so two users may exchange their extensions in one file.
 */
import { ownNumber } from './own-number';
import { changedFields, findSite, numberProblem } from './people-plan-rules';
import type { NumberRules, Outcome, Site, UserWish, WishProblem } from './people-model';
import { userNameKey } from './people-model';
import { unknown } from './people.errors';
import type { GroupRow } from './people-groups-store';
import type { DeviceRow, UserRow } from './people-store';

/** A wish with the password to start with, which only a new user takes. */
export interface UserPlanWish extends UserWish {
  readonly password?: { readonly hash: string; readonly mustChange: boolean } | undefined;
}

/** `add`: must be new. `change`: must exist. `save`: either, as in an import. */
export type WishMode = 'add' | 'change' | 'save';

/** Every site; users, devices and groups that a name, extension or address of the wishes leads to. */
export interface PeopleState {
  readonly sites: readonly Site[];
  readonly users: readonly UserRow[];
  readonly devices: readonly DeviceRow[];
  readonly groups: readonly GroupRow[];
}

export interface UserPlan {
  /** By position of the wishes. */
  readonly outcomes: readonly Outcome[];
  /** By position of the wishes. */
  readonly ids: readonly string[];
  readonly added: readonly UserRow[];
  /** Users as they become. */
  readonly changed: readonly UserRow[];
  /** Users whose extension becomes another one or none: let go of it first. */
  readonly released: readonly string[];
  readonly devices: {
    readonly removed: readonly string[];
    readonly added: readonly DeviceRow[];
    readonly changed: readonly DeviceRow[];
  };
}

interface Draft {
  readonly before: UserRow | undefined;
  readonly devicesBefore: readonly DeviceRow[];
  readonly user: UserRow;
  readonly devices: readonly DeviceRow[];
  /** Position of the wish; undefined for bystanders. */
  readonly position: number | undefined;
}

export function planUsers(
  wishes: readonly UserPlanWish[],
  state: PeopleState,
  { mode, newId, now, rules }: { mode: WishMode; newId: () => string; now: () => Date; rules: NumberRules },
): { plan: UserPlan } | { problems: WishProblem[] } {
  const problems: WishProblem[] = [];
  const drafts = new Map(
    state.users.map((user): [string, Draft] => {
      const devices = state.devices.filter((device) => device.user_id === user.id);
      return [user.user_name_key, { before: user, devicesBefore: devices, user, devices, position: undefined }];
    }),
  );
  const wished: Draft[] = [];

  wishes.forEach((wish, position) => {
    const refuse = (field: string, reason: string, message: string) =>
      problems.push({ position, field, reason, message });
    const key = userNameKey(wish.userName);
    const known = drafts.get(key);
    if (known?.position !== undefined) return refuse('userName', 'repeated', `${wish.userName} is named twice`);
    if (known !== undefined && mode === 'add') {
      return refuse('userName', 'taken', `there is a user ${wish.userName} already; choose another user name`);
    }
    if (known === undefined && mode === 'change')
      return problems.push(unknown('user', wish.userName, position, 'userName'));

    const site = findSite(state.sites, wish.site, known?.user.site_id);
    if ('message' in site) return refuse('site', site.reason, site.message);
    const displayName = wish.displayName ?? known?.user.display_name;
    if (displayName === undefined) return refuse('displayName', 'missing', `${wish.userName} needs a display name`);

    const canonical = (field: 'mobileNumber' | 'externalNumber'): string | null | undefined => {
      const written = wish[field];
      if (written === undefined || written === null) return written;
      const read = ownNumber(written, site.dialPlan, rules);
      if ('e164' in read) return read.e164;
      refuse(
        field,
        read.problem,
        `${field} ${written} cannot be read; write it with country code, as in +49 89 1234567`,
      );
      return undefined;
    };
    const user: UserRow = {
      ...(known?.user ?? newUser(newId(), now(), wish.password)),
      site_id: site.id,
      user_name: wish.newUserName ?? known?.user.user_name ?? wish.userName,
      user_name_key: userNameKey(wish.newUserName ?? wish.userName),
      display_name: displayName,
      ...changedFields({
        given_name: wish.givenName,
        surname: wish.surname,
        extension: wish.extension,
        email: wish.email,
        mobile_number: canonical('mobileNumber'),
        external_number: canonical('externalNumber'),
        role: wish.role,
        in_directory: wish.inDirectory === undefined ? undefined : Number(wish.inDirectory),
        mobility: wish.mobility === undefined ? undefined : Number(wish.mobility),
      }),
    };
    const stays = user.extension === known?.user.extension && user.site_id === known.user.site_id;
    const wrong = stays ? undefined : numberProblem(user.extension, site.dialPlan);
    if (wrong !== undefined) refuse('extension', 'invalid', wrong);
    const devicesBefore = known?.devices ?? [];
    const devices = planDevices(user, devicesBefore, wish, newId);
    const draft: Draft = { before: known?.user, devicesBefore, user, devices, position };
    drafts.set(key, draft);
    wished.push(draft);
  });

  problems.push(...conflicts([...drafts.values()], state.groups));
  if (problems.length > 0) return { problems };
  return { plan: planOf(wished) };
}

function newUser(id: string, now: Date, password: UserPlanWish['password']): UserRow {
  return {
    id,
    site_id: '',
    user_name: '',
    user_name_key: '',
    display_name: '',
    given_name: null,
    surname: null,
    extension: null,
    email: null,
    role: 'user',
    password_hash: password?.hash ?? null,
    must_change_password: Number(password?.mustChange ?? true),
    in_directory: 1,
    mobility: 0,
    disabled_at: null,
    settings: '{}',
    created_at: now.toISOString(),
    mobile_number: null,
    external_number: null,
    profile_email: null,
    picture: null,
  };
}

/** A device stays the same one while its address stays with its user; at another user it is another device. */
function planDevices(
  user: UserRow,
  before: readonly DeviceRow[],
  wish: UserWish,
  newId: () => string,
): readonly DeviceRow[] {
  /** What the wish says of "my phone"; every other one is neither. */
  const flags = (known: DeviceRow | undefined, isMine: boolean) => ({
    mulap: Number(isMine && (wish.mulap ?? known?.mulap === 1)),
    intercept: Number(isMine && (wish.intercept ?? known?.intercept === 1)),
  });
  if (wish.devices === undefined)
    return before.map((device) => ({ ...device, site_id: user.site_id, ...flags(device, device.is_mine === 1) }));
  return wish.devices.map((wished, index) => {
    const known = before.find((device) => device.address === wished.address && device.site_id === user.site_id);
    return {
      id: known?.id ?? newId(),
      user_id: user.id,
      site_id: user.site_id,
      address: wished.address,
      name: wished.name ?? known?.name ?? wished.address,
      is_mine: Number(index === 0),
      ...flags(known, index === 0),
    };
  });
}

/** What two of them would share and must not. Named at the wish, at the later one of two. */
function conflicts(drafts: readonly Draft[], groups: readonly GroupRow[]): WishProblem[] {
  const problems: WishProblem[] = [];
  const taken = new Map(
    groups.map((group) => [`extension ${group.site_id} ${group.extension}`, `the group ${group.name}`]),
  );
  // Bystanders first: they keep what they have.
  const inOrder = [...drafts].sort((a, b) => (a.position ?? -1) - (b.position ?? -1));
  for (const { user, devices, position } of inOrder) {
    const claim = (key: string, field: string, what: string) => {
      const owner = taken.get(key);
      if (owner === undefined) taken.set(key, `the user ${user.user_name}`);
      else if (position !== undefined) {
        problems.push({
          position,
          field,
          reason: 'taken',
          message: `${what} is taken by ${owner}; choose another one`,
        });
      }
    };
    claim(`name ${user.user_name_key}`, 'newUserName', `the user name ${user.user_name}`);
    if (user.extension !== null) {
      claim(`extension ${user.site_id} ${user.extension}`, 'extension', `extension ${user.extension}`);
    }
    devices.forEach((device, index) => {
      claim(`address ${device.site_id} ${device.address}`, `devices.${index}.address`, `device ${device.address}`);
    });
  }
  return problems;
}

function planOf(drafts: readonly Draft[]): UserPlan {
  const isNew = (draft: Draft) => draft.before === undefined;
  const userChanged = ({ before, user }: Draft) => before !== undefined && !equal(before, user);
  const removed = drafts.flatMap((draft) => draft.devicesBefore.filter((old) => !draft.devices.some(sameAs(old))));
  const added = drafts.flatMap((draft) => draft.devices.filter((device) => !draft.devicesBefore.some(sameAs(device))));
  const changed = drafts.flatMap((draft) =>
    draft.devices.filter((device) => draft.devicesBefore.some((old) => old.id === device.id && !equal(old, device))),
  );
  const touchedDevices = new Set([...removed, ...added, ...changed].map((device) => device.user_id));
  return {
    outcomes: drafts.map((draft) => {
      if (isNew(draft)) return 'added';
      return userChanged(draft) || touchedDevices.has(draft.user.id) ? 'changed' : 'unchanged';
    }),
    ids: drafts.map((draft) => draft.user.id),
    added: drafts.filter(isNew).map((draft) => draft.user),
    changed: drafts.filter(userChanged).map((draft) => draft.user),
    released: drafts
      .filter(({ before, user }) => before?.extension !== undefined && before.extension !== user.extension)
      .map((draft) => draft.user.id),
    devices: { removed: removed.map((device) => device.id), added, changed },
  };
}

function sameAs(device: DeviceRow) {
  return (other: DeviceRow) => other.id === device.id;
}

function equal<T extends object>(a: T, b: T): boolean {
  const [first, second] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return first.size === second.size && [...first].every(([key, value]) => second.get(key) === value);
}
