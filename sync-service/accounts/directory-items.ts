/** The rows behind the entries of the internal and the system directory, as they are shown. */
import type { DialPlan } from '../../shared/dial-plan';
import type { DirectoryItem } from '../../shared/directory';
import type { Database } from '../database/database';
import { itemOfGroup, itemOfSpeedDial, itemOfUser } from './people-directory-entries';
import type { EntryRef } from './people-directory-store';
import { createGroupStore, createSpeedDialStore } from './people-groups-store';
import type { NumberRules } from './people-model';
import { createUserStore } from './people-store';

export interface DirectoryItems {
  /** By id; what is not there any more is missing. Numbers are read by the plan. */
  of(refs: readonly EntryRef[], plan: DialPlan, rules: NumberRules): Promise<Map<string, DirectoryItem>>;
}

export function createDirectoryItems(database: Database): DirectoryItems {
  const users = createUserStore(database);
  const groups = createGroupStore(database);
  const speedDials = createSpeedDialStore(database);
  return {
    async of(refs, plan, rules) {
      const idsOf = (kind: EntryRef['kind']) => [
        ...new Set(refs.filter((ref) => ref.kind === kind).map((ref) => ref.id)),
      ];
      const items = [
        ...(await users.touched({ ids: idsOf('user') })).map((user) => itemOfUser(user, plan, rules)),
        ...(await groups.byIds(idsOf('group'))).map((group) => itemOfGroup(group, plan, rules)),
        ...(await speedDials.byIds(idsOf('speed-dial'))).map((dial) => itemOfSpeedDial(dial, plan, rules)),
      ];
      return new Map(items.map((item) => [item.id, item]));
    },
  };
}
