/** Turning it on and off, running and pausing: for the user's own mailbox, and for administrators. */
import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../database/database';
import type { AdministeredMailbox, OwnUnattendedSync } from '../../shared/api/unattended-sync';
import type { UnattendedMode } from '../../shared/unattended-sync';
import { decideFirstRun } from './decide-next-run';
import { CredentialError } from './mailbox-credentials';
import type { OwnerSignIn } from './owner-sign-in';
import { secretContext } from './run-mailbox';
import type { SecretSeal } from './sealed-secret';
import { addSignIn, removeSignIns, takeSignIn } from './sign-in-store';
import * as store from './unattended-mailbox-store';
import type { UnattendedMailbox } from './unattended-mailbox-store';
import {
  noMailboxAt,
  noSuchMailbox,
  noSuchUser,
  notByApplication,
  ownMailboxUnknown,
  unavailable,
} from './unattended-sync.errors';

/** Users as far as their mailboxes need them. */
export interface MailboxOwners {
  /** Undefined when there is no such user (any more). */
  find(userId: string): Promise<MailboxOwner | undefined>;
  /** Undefined when nobody has this user name. */
  idOf(userName: string): Promise<string | undefined>;
}
export interface MailboxOwner {
  readonly userName: string;
  readonly displayName: string;
  /** As the administrator has entered it. */
  readonly email: string | undefined;
  /** Minutes between two syncs; 0 is off. */
  readonly intervalMinutes: number;
}

export type MailboxAct = 'run' | 'paused' | 'resumed';
/** What the audit trail tells of a mailbox. */
export type MailboxAuditAct = MailboxAct | 'added' | 'removed';

export interface UnattendedSyncDeps {
  readonly database: Database;
  /** How this installation reads mailboxes by itself; undefined where it does not. */
  readonly mode: UnattendedMode | undefined;
  readonly owners: MailboxOwners;
  /** With `delegated`. */
  readonly signIn: OwnerSignIn | undefined;
  readonly seal: SecretSeal | undefined;
  now(): Date;
  random(): number;
  newId(): string;
  /** Something may be due now. */
  look(): void;
  /** Writes an administrator's act into the audit trail. */
  audit(db: Database, actor: string, act: MailboxAuditAct, mailboxId: string): Promise<void>;
}

/** What became of a sign-in, for the page that tells it. */
export type SignInResult = 'done' | 'declined' | 'consent-needed' | 'other-account' | 'outdated' | 'failed';

export interface UnattendedSyncService {
  own(userId: string): Promise<OwnUnattendedSync>;
  /** @throws ServiceError `unattended-sync-unavailable`, `own-mailbox-unknown` */
  begin(userId: string): Promise<{ signInUrl?: string }>;
  /** What the provider's page sent back. Never rejects for what came from outside. */
  finishSignIn(answer: { state?: string; code?: string; error?: string; description?: string }): Promise<SignInResult>;
  end(userId: string): Promise<void>;
  /** @throws ServiceError `not-found` */
  runOwn(userId: string): Promise<OwnUnattendedSync>;
  /** Takes up another interval of the user's settings. */
  settingsChanged(userId: string): Promise<void>;
  list(
    after: string | undefined,
    limit: number,
  ): Promise<{ mode?: UnattendedMode; items: AdministeredMailbox[]; nextCursor?: string }>;
  /**
   * Maps a mailbox to a user, at an administrator's word.
   * @throws ServiceError `not-found`, `own-mailbox-unknown`, `unattended-sync-unavailable`
   */
  add(actor: string, mailbox: { userName: string; address?: string | undefined }): Promise<AdministeredMailbox>;
  /** @throws ServiceError `not-found` */
  remove(actor: string, mailboxId: string): Promise<void>;
  /** An administrator's act on the mailboxes of that address. @throws ServiceError `not-found` */
  actAt(actor: string, act: MailboxAct, address: string): Promise<AdministeredMailbox[]>;
  /** An administrator's act. @throws ServiceError `not-found` */
  act(actor: string, act: MailboxAct, mailboxId: string): Promise<AdministeredMailbox>;
}

/** Milliseconds that a person may take on the provider's page. */
const signInTimeMs = 15 * 60_000;

export function createUnattendedSyncService(deps: UnattendedSyncDeps): UnattendedSyncService {
  const { database, mode, owners } = deps;
  const at = () => deps.now().toISOString();
  const own = async (userId: string): Promise<OwnUnattendedSync> => {
    const [mailbox] = await store.mailboxesOf(database, userId);
    const address = (await owners.find(userId))?.email?.toLowerCase();
    return {
      ...(mode === undefined ? {} : { mode }),
      ...(address === undefined ? {} : { address }),
      ...(mailbox === undefined ? {} : { mailbox: store.stateOf(mailbox, at()) }),
    };
  };
  const shown = async (mailbox: UnattendedMailbox): Promise<AdministeredMailbox> => {
    const owner = await owners.find(mailbox.userId);
    const { userName, displayName } = owner ?? { userName: '', displayName: '' };
    return { id: mailbox.id, userName, displayName, ...store.stateOf(mailbox, at()) };
  };
  const ownAddress = async (userId: string): Promise<{ address: string; intervalMinutes: number }> => {
    const owner = await owners.find(userId);
    if (owner?.email === undefined) throw ownMailboxUnknown();
    return { address: owner.email.toLowerCase(), intervalMinutes: owner.intervalMinutes };
  };
  const put = async (
    db: Database,
    userId: string,
    mailbox: Pick<UnattendedMailbox, 'address' | 'secret' | 'mode' | 'intervalMinutes'> & { readonly first: Date },
  ): Promise<string> => {
    const { intervalMinutes } = mailbox;
    const id = deps.newId();
    // One mailbox for a user: another address is another mailbox, and what the old one left is not needed any more.
    for (const old of await store.mailboxesOf(db, userId)) {
      if (old.address !== mailbox.address) await store.removeMailbox(db, old.id);
    }
    await store.putMailbox(db, {
      id,
      userId,
      mode: mailbox.mode,
      address: mailbox.address,
      secret: mailbox.secret,
      intervalMinutes,
      nextRunAt: mailbox.first.toISOString(),
      at: at(),
    });
    const [kept] = await store.mailboxesOf(db, userId);
    return kept?.id ?? id;
  };

  const service: UnattendedSyncService = {
    own,
    async begin(userId) {
      const { address, intervalMinutes } = await ownAddress(userId);
      if (mode === 'app-only') {
        await put(database, userId, { address, secret: undefined, mode, intervalMinutes, first: deps.now() });
        deps.look();
        return {};
      }
      if (mode === undefined || deps.signIn === undefined || deps.seal === undefined) throw unavailable();
      const state = randomBytes(32).toString('base64url');
      const verifier = randomBytes(48).toString('base64url');
      const stateHash = hashOf(state);
      await addSignIn(
        database,
        {
          stateHash,
          userId,
          address,
          verifier: deps.seal.seal(verifier, stateHash),
          until: new Date(deps.now().getTime() + signInTimeMs).toISOString(),
        },
        at(),
      );
      return { signInUrl: await deps.signIn.pageUrl({ state, verifier, address }) };
    },
    async finishSignIn({ state, code, error, description }) {
      const { signIn, seal } = deps;
      if (state === undefined || signIn === undefined || seal === undefined) return 'outdated';
      const begun = await takeSignIn(database, hashOf(state), at());
      if (begun === undefined) return 'outdated';
      if (code === undefined) {
        // AADSTS65004: declined by the user. AADSTS65001, 90094: only an administrator may consent.
        if (/AADSTS(65001|90094|90095)/.test(description ?? '') || error === 'consent_required')
          return 'consent-needed';
        return error === 'access_denied' ? 'declined' : 'failed';
      }
      const verifier = seal.open(begun.verifier, begun.stateHash);
      if (verifier === undefined) return 'outdated';
      try {
        const { secret, addresses } = await signIn.redeem({ code, verifier });
        // Whoever follows a link that somebody else has begun must not give that one his contacts.
        const owner = await owners.find(begun.userId);
        if (!addresses.includes(begun.address) || owner?.email?.toLowerCase() !== begun.address) return 'other-account';
        const sealed = seal.seal(secret, secretContext(begun.userId, begun.address));
        await put(database, begun.userId, {
          address: begun.address,
          secret: sealed,
          mode: 'delegated',
          intervalMinutes: owner.intervalMinutes,
          first: deps.now(),
        });
        deps.look();
        return 'done';
      } catch (problem) {
        if (!(problem instanceof CredentialError)) throw problem;
        return problem.problem === 'consent-needed' ? 'consent-needed' : 'failed';
      }
    },
    async end(userId) {
      await removeSignIns(database, userId);
      await store.removeMailboxes(database, userId);
    },
    async runOwn(userId) {
      const [mailbox] = await store.mailboxesOf(database, userId);
      if (mailbox === undefined) throw noSuchMailbox();
      await store.requestRun(database, mailbox.id, at());
      deps.look();
      return own(userId);
    },
    async settingsChanged(userId) {
      const owner = await owners.find(userId);
      for (const mailbox of await store.mailboxesOf(database, userId)) {
        if (owner === undefined || owner.intervalMinutes === mailbox.intervalMinutes) continue;
        const next = decideFirstRun(owner.intervalMinutes, deps.now(), deps.random());
        await store.setInterval(database, mailbox.id, owner.intervalMinutes, next?.toISOString());
      }
    },
    async list(after, limit) {
      const page = await store.pageOfMailboxes(database, readCursor(after), limit);
      const last = page.length === limit ? page.at(-1) : undefined;
      return {
        ...(mode === undefined ? {} : { mode }),
        items: await Promise.all(page.map(shown)),
        ...(last === undefined ? {} : { nextCursor: JSON.stringify([last.address, last.id]) }),
      };
    },
    async add(actor, { userName, address: given }) {
      if (mode !== 'app-only') throw notByApplication();
      const userId = await owners.idOf(userName);
      if (userId === undefined) throw noSuchUser();
      const { intervalMinutes = 0 } = (await owners.find(userId)) ?? {};
      const address = given?.toLowerCase() ?? (await ownAddress(userId)).address;
      const added = await database.transaction().execute(async (db) => {
        const id = await put(db, userId, { address, secret: undefined, mode, intervalMinutes, first: deps.now() });
        await deps.audit(db, actor, 'added', id);
        return store.findMailbox(db, id);
      });
      deps.look();
      if (added === undefined) throw noSuchMailbox();
      return shown(added);
    },
    async remove(actor, mailboxId) {
      await database.transaction().execute(async (db) => {
        const mailbox = await store.findMailbox(db, mailboxId);
        if (mailbox === undefined) throw noSuchMailbox();
        await store.removeMailbox(db, mailboxId);
        await deps.audit(db, actor, 'removed', mailboxId);
      });
    },
    async actAt(actor, act, address) {
      const mailboxes = await store.mailboxesAt(database, address.toLowerCase());
      if (mailboxes.length === 0) throw noMailboxAt(address);
      const acted: AdministeredMailbox[] = [];
      for (const { id } of mailboxes) acted.push(await service.act(actor, act, id));
      return acted;
    },
    async act(actor, act, mailboxId) {
      const changed = await database.transaction().execute(async (db) => {
        const mailbox = await store.findMailbox(db, mailboxId);
        if (mailbox === undefined) throw noSuchMailbox();
        if (act === 'run') await store.requestRun(db, mailboxId, at());
        else if (act === 'paused') await store.pauseMailbox(db, mailboxId, 'administrator', at());
        else await store.resumeMailbox(db, mailboxId, mailbox.intervalMinutes === 0 ? undefined : at());
        await deps.audit(db, actor, act, mailboxId);
        return store.findMailbox(db, mailboxId);
      });
      deps.look();
      if (changed === undefined) throw noSuchMailbox();
      return shown(changed);
    },
  };
  return service;
}

function hashOf(state: string): string {
  return createHash('sha256').update(state).digest('base64url');
}

function readCursor(cursor: string | undefined): { address: string; id: string } | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [address, id] = JSON.parse(cursor) as unknown[];
    return typeof address === 'string' && typeof id === 'string' ? { address, id } : undefined;
  } catch {
    return undefined;
  }
}
