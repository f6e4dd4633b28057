/** The line states of all users, told to everybody when they change; what changes together is told together. */
import type { Logger } from 'pino';
import type { Audience, LiveEvent } from '../../shared/events';
import type { DialPlan } from '../../shared/dial-plan';
import type { LineState } from '../../shared/line-state';
import type { Connection, Party } from '../telephone-system/telephone-system';
import type { Timers } from '../telephone-system/timers';
import type { CallDevice, NumberRulesForCalls } from './caller-directory';
import { isOver } from './call-state';
import { scopeOf, userLineState } from './line-states';

export interface LineBoardDeps {
  readonly timers: Timers;
  readonly deviceAt: (siteId: string, address: string) => CallDevice | undefined;
  readonly numbers: NumberRulesForCalls;
  readonly dialPlanOf: (siteId: string) => Promise<DialPlan>;
  readonly publish: (audience: Audience, event: LiveEvent) => void;
  readonly logger: Logger;
}

export interface LineBoard {
  take(siteId: string, connection: Connection): void;
  /** All sides there are. */
  takeAll(siteId: string, connections: readonly Connection[]): void;
  /** Nothing is known of the site any more: its lines are told as idle at once. */
  clear(siteId: string): void;
  /** What was told last of everybody who is not idle: of users in the directory, and of the viewer himself. */
  statesFor(userId: string): LineState[];
}

interface Told {
  readonly siteId: string;
  readonly inDirectory: boolean;
  readonly state: LineState;
}

export function createLineBoard(deps: LineBoardDeps): LineBoard {
  const { timers, deviceAt, numbers, dialPlanOf, publish, logger } = deps;
  const sites = new Map<string, Map<string, Connection>>();
  /** Users who are not idle, as they were told. */
  const told = new Map<string, Told>();
  const changedSites = new Set<string>();
  let running = false;

  const connectionsOf = (siteId: string): Map<string, Connection> => {
    const known = sites.get(siteId) ?? new Map<string, Connection>();
    sites.set(siteId, known);
    return known;
  };

  /** Those in the directory to everybody, the others to themselves. */
  function tell(changes: readonly { readonly inDirectory: boolean; readonly state: LineState }[]): void {
    const forAll = changes.filter(({ inDirectory }) => inDirectory).map(({ state }) => state);
    if (forAll.length > 0) publish({ everybody: true }, { type: 'line-states', lineStates: forAll });
    for (const { inDirectory, state } of changes) {
      if (!inDirectory) publish({ user: state.userId }, { type: 'line-states', lineStates: [state] });
    }
  }

  function readScope(plan: DialPlan | undefined) {
    return (party: Party, direction: Connection['direction']) => {
      if (party.number === undefined || plan === undefined) return undefined;
      const reading =
        direction === 'outgoing' ? numbers.readDialled(party.number, plan) : numbers.readSignalled(party.number, plan);
      return scopeOf(party.number, reading, plan);
    };
  }

  async function planOf(siteId: string): Promise<DialPlan | undefined> {
    try {
      return await dialPlanOf(siteId);
    } catch (error) {
      logger.warn({ err: error }, 'line states are told without inside and outside: there is no dial plan');
      return undefined;
    }
  }

  async function refresh(siteId: string): Promise<void> {
    const plan = await planOf(siteId);
    // From here on nothing is waited for: what is told is what is.
    const ofUser = new Map<string, { readonly device: CallDevice; readonly connections: Connection[] }>();
    for (const connection of connectionsOf(siteId).values()) {
      const device = deviceAt(siteId, connection.device);
      if (device === undefined) continue;
      const user = ofUser.get(device.userId) ?? { device, connections: [] };
      user.connections.push(connection);
      ofUser.set(device.userId, user);
    }
    const changes: { inDirectory: boolean; state: LineState }[] = [];
    for (const [userId, before] of [...told]) {
      if (before.siteId !== siteId || ofUser.has(userId)) continue;
      told.delete(userId);
      changes.push({ inDirectory: before.inDirectory, state: { userId, state: 'idle' } });
    }
    const scope = readScope(plan);
    for (const [userId, { device, connections }] of ofUser) {
      const state = userLineState(userId, connections, scope);
      const before = told.get(userId)?.state;
      if (before?.state === state.state && before.scope === state.scope) continue;
      told.set(userId, { siteId, inDirectory: device.inDirectory, state });
      changes.push({ inDirectory: device.inDirectory, state });
    }
    tell(changes);
  }

  async function work(): Promise<void> {
    for (const siteId of changedSites) {
      changedSites.delete(siteId);
      await refresh(siteId);
    }
    running = false;
  }

  function changed(siteId: string): void {
    changedSites.add(siteId);
    if (running) return;
    running = true;
    timers.after(0, () => void work());
  }

  return {
    take(siteId, connection) {
      const connections = connectionsOf(siteId);
      if (isOver(connection)) connections.delete(connection.id);
      else connections.set(connection.id, connection);
      changed(siteId);
    },
    takeAll(siteId, connections) {
      const live = connections.filter((connection) => !isOver(connection));
      sites.set(siteId, new Map(live.map((connection) => [connection.id, connection])));
      changed(siteId);
    },
    clear(siteId) {
      sites.delete(siteId);
      const gone = [...told].filter(([, before]) => before.siteId === siteId);
      for (const [userId] of gone) told.delete(userId);
      tell(gone.map(([userId, { inDirectory }]) => ({ inDirectory, state: { userId, state: 'idle' } })));
    },
    statesFor: (userId) =>
      [...told.values()]
        .filter(({ inDirectory, state }) => inDirectory || state.userId === userId)
        .map(({ state }) => state),
  };
}
