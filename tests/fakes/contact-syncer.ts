/**
 * Syncs a model mailbox step by step, as a pane does, so that anything can happen between two steps: another pane, an
 * edit, the end. Folders are read at the same time, and a page may wait before it is sent.
 */
import type { ContactChange } from '../../shared/contact-sync';
import { ServiceError } from '../../shared/errors';
import type { SyncService } from '../../sync-service/contacts/sync.service';
import type { ModelMailbox, ModelRound } from './contact-model';

interface Page {
  readonly folderId: string;
  readonly restarted: boolean;
  readonly changes: ContactChange[];
  readonly state?: string;
}

interface Running {
  readonly id: string;
  readonly folders: readonly { id: string; name: string }[];
  readonly states: ReadonlyMap<string, string>;
  readonly rounds: Map<string, ModelRound | 'done'>;
  /** Read and not sent yet, per folder. */
  readonly unsent: Map<string, Page[]>;
  /** Sent and heard of, to be sent once more. */
  readonly sent: { n: number; batch: Parameters<SyncService['putBatch']>[3] }[];
  batches: number;
}

export interface SyncerSetup {
  readonly syncs: SyncService;
  readonly userId: string;
  readonly mailbox: ModelMailbox;
  readonly name: string;
  options(): { skipContactsWithoutNumber: boolean };
}

const account = { kind: 'graph', key: 'mailbox@example.org', name: 'Mailbox' } as const;

export class Syncer {
  private running: Running | undefined;

  constructor(private readonly setup: SyncerSetup) {}

  get idle(): boolean {
    return this.running === undefined;
  }

  /** The pane is closed: nothing of its memory remains. */
  forget(): void {
    this.running = undefined;
  }

  /**
   * Does the next thing. `choice` decides between what is possible (which folder, read or send, repeat or not).
   * What the service refuses ends this sync; the next step begins another one.
   */
  async step(choice: number, mode: 'delta' | 'full' = 'delta', pageSize = 2): Promise<void> {
    try {
      if (this.running === undefined) await this.open(mode);
      else await this.goOn(this.running, choice, pageSize);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      this.running = undefined;
      if (error.code === 'removal-needs-confirmation') await this.decide(choice, error);
      else if (!['sync-running', 'sync-outdated', 'sync-unknown'].includes(error.code)) throw error;
    }
  }

  /** From wherever it is to the end of a sync of its own, without anybody in between; removals are confirmed. */
  async complete(mode: 'delta' | 'full' = 'delta'): Promise<void> {
    this.running = undefined;
    await this.step(0, mode);
    for (let steps = 0; !this.idle; steps += 1) {
      if (steps > 10_000) throw new Error('The sync does not come to an end');
      await this.step(0);
    }
  }

  private async open(mode: 'delta' | 'full'): Promise<void> {
    const { syncs, userId, mailbox, name } = this.setup;
    const known = (await syncs.list(userId)).find((candidate) => candidate.key === account.key);
    const folders = [...mailbox.folders].map(([id, folder]) => ({ id, name: folder.name }));
    const opened = await syncs.open(userId, {
      account,
      mode,
      generation: known?.generation ?? 0,
      options: this.setup.options(),
      by: name,
    });
    this.running = {
      id: opened.id,
      folders,
      states: new Map(opened.folders.map((folder) => [folder.id, folder.state])),
      rounds: new Map(),
      unsent: new Map(),
      sent: [],
      batches: 0,
    };
    await this.send(this.running, { folders, changes: [] });
  }

  private async goOn(running: Running, choice: number, pageSize: number): Promise<void> {
    const again = running.sent[choice % Math.max(1, running.sent.length)];
    if (choice % 7 === 6 && again !== undefined) {
      await this.setup.syncs.putBatch(this.setup.userId, running.id, again.n, again.batch);
      return;
    }
    const open = running.folders.filter(
      ({ id }) => running.rounds.get(id) !== 'done' || (running.unsent.get(id) ?? []).length > 0,
    );
    const folder = open[choice % Math.max(1, open.length)];
    if (folder === undefined) {
      const { syncs, userId } = this.setup;
      if (choice % 5 === 4) await syncs.commit(userId, running.id, { preview: true });
      else {
        const first = await syncs.commit(userId, running.id, { batches: running.batches });
        if (choice % 3 === 2) {
          const second = await syncs.commit(userId, running.id, { batches: running.batches });
          if (JSON.stringify([second.generation, second.result]) !== JSON.stringify([first.generation, first.result])) {
            throw new Error('A commit sent twice was answered in two ways');
          }
        }
        this.running = undefined;
      }
      return;
    }
    const unsent = running.unsent.get(folder.id) ?? [];
    if (running.rounds.get(folder.id) !== 'done' && (unsent.length === 0 || choice % 2 === 0)) {
      this.read(running, folder.id, choice, pageSize);
    } else await this.sendNext(running, unsent, choice);
  }

  private read(running: Running, folderId: string, choice: number, pageSize: number): void {
    const { mailbox } = this.setup;
    let round = running.rounds.get(folderId);
    const unsent = running.unsent.get(folderId) ?? [];
    let restarted = false;
    if (round === undefined || round === 'done' || !mailbox.knows(round)) {
      // A state forgotten in the middle of a round: the folder begins again.
      const state = round === undefined ? running.states.get(folderId) : undefined;
      round = mailbox.begin(folderId, state, pageSize);
      if (round === undefined) {
        // The folder is gone since the list was read: the source fails, the pane gives up.
        this.running = undefined;
        return;
      }
      restarted = round.restarted;
      if (choice % 4 === 3) round.pages.reverse();
    }
    const ids = round.pages.shift() ?? [];
    const last = round.pages.length === 0;
    const page: Page = {
      folderId,
      restarted,
      changes: mailbox.read(folderId, ids),
      ...(last ? { state: round.nextState } : {}),
    };
    unsent.push(page);
    // A page told twice: the second time as it was the first time, before the end of the round.
    if (choice % 6 === 5 && !last) unsent.push({ ...page, restarted: false });
    running.unsent.set(folderId, unsent);
    running.rounds.set(folderId, last ? 'done' : round);
  }

  private async sendNext(running: Running, unsent: Page[], choice: number): Promise<void> {
    const page = unsent.shift();
    if (page === undefined) return;
    const { folderId: id, restarted, changes, state } = page;
    const batch = {
      folder: { id, ...(restarted ? { restarted } : {}), ...(state === undefined ? {} : { state }) },
      changes,
    };
    await this.send(running, batch);
    // The answer was lost: the same batch once more.
    if (choice % 5 === 3) await this.setup.syncs.putBatch(this.setup.userId, running.id, running.batches, batch);
  }

  private async send(running: Running, batch: Parameters<SyncService['putBatch']>[3]): Promise<void> {
    running.batches += 1;
    await this.setup.syncs.putBatch(this.setup.userId, running.id, running.batches, batch);
    running.sent.push({ n: running.batches, batch });
  }

  /** The person says yes, says no, or closes the pane. */
  private async decide(choice: number, error: ServiceError): Promise<void> {
    const { syncs, userId } = this.setup;
    const waiting = (await syncs.list(userId)).find((candidate) => candidate.key === account.key)?.waiting;
    if (waiting === undefined) throw new Error('A removal is held back and is not shown as waiting', { cause: error });
    if (choice % 3 === 0) await syncs.commit(userId, waiting.id, { confirm: waiting.planHash });
    else if (choice % 3 === 1) await syncs.cancel(userId, waiting.id);
  }
}
