/**
 * Importing a file: first what it would do and how it is read, corrected where need be, then the import itself. It goes on
 * while another place is looked at.
 */
import { ApiError } from '../api/api-error';
import type { ApiClient } from '../api/client';
import type { LiveEvents } from '../api/live-events';
import { createStore, type ReadableStore } from '../api/store';
import { importContacts } from '../../shared/api/contacts';
import type { RouteResult } from '../../shared/api/route';
import { type ColumnUse, type TableReading, writeColumnChoices } from '../../shared/contact-file';
import { contentTypeOf, formatOfFile } from './file-format';
import { createPatience, type Patience } from './patience';

export type ImportResult = RouteResult<typeof importContacts>;

export type FileImportState =
  | { readonly status: 'idle' }
  | { readonly status: 'checking'; readonly name: string; readonly result?: ImportResult | undefined }
  | {
      readonly status: 'importing';
      readonly name: string;
      readonly progress?: { readonly done: number; readonly total: number };
    }
  /** What the file would do. */
  | { readonly status: 'planned'; readonly name: string; readonly result: ImportResult }
  | { readonly status: 'done'; readonly name: string; readonly result: ImportResult }
  | { readonly status: 'too-large' | 'several' | 'cancelled' }
  | { readonly status: 'failed'; readonly error: unknown };

/** Character sets that are offered; undefined is recognised by the service. */
export const charsets = [
  ...(['utf-8', 'windows-1252', 'iso-8859-15', 'iso-8859-1', 'windows-1250', 'windows-1251'] as const),
  ...(['utf-16le', 'utf-16be', 'shift_jis', 'gb18030', 'big5', 'euc-kr', 'macintosh', 'cp850'] as const),
] as const;
export type Charset = (typeof charsets)[number];

/** Milliseconds without a sign of the service after which an import is given up. */
const importPatienceMs = 120_000;
/** Milliseconds that a file may take at most: an hour, as 20,000 large pictures take seven minutes. */
const longestImportMs = 3_600_000;

/** How a person wants the file to be read; what is absent is found out by the service. */
interface Reading {
  readonly charset?: Charset | undefined;
  readonly header?: boolean;
  readonly columns?: ReadonlyMap<number, ColumnUse>;
}

export interface FileImportView {
  readonly state: FileImportState;
  readonly charset: Charset | undefined;
}

export interface FileImportModel {
  readonly view: ReadableStore<FileImportView>;
  /** Takes the files that were dropped or chosen; nothing while one is imported. */
  offer(files: readonly File[]): void;
  /** Checks the file again with another character set. */
  setCharset(charset: Charset | undefined): void;
  /** Checks the file again with a column taken for something else; undefined passes it over. */
  setColumn(table: TableReading, index: number, use: ColumnUse | undefined): void;
  /** Checks the file again, with its first row taken for names of columns or for a contact. */
  setHeader(header: boolean): void;
  /** Imports the checked file. */
  accept(): void;
  /** Checks the file again, as it was to be read before it failed. */
  retry(): void;
  /** Ends what runs, or puts the file away. */
  dismiss(): void;
  /** Ends what runs, for good. */
  stop(): void;
}

export interface FileImportDeps {
  readonly client: Pick<ApiClient, 'call'>;
  readonly live: Pick<LiveEvents, 'subscribe'>;
}

export function createFileImport({ client, live }: FileImportDeps): FileImportModel {
  const view = createStore<FileImportView>({ state: { status: 'idle' }, charset: undefined });
  let reading: Reading = {};
  let file: File | undefined;
  let running: AbortController | undefined;
  let requestId = '';
  let patience: Patience | undefined;
  const state = () => view.get().state;
  const show = (next: FileImportState) => view.set({ state: next, charset: reading.charset });
  const end = live.subscribe((event) => {
    if (event.type !== 'import-progress' || event.requestId !== requestId) return;
    const { done, total } = event;
    patience?.renew();
    const now = state();
    if (now.status === 'importing') show({ ...now, progress: { done, total } });
  });

  async function send(chosen: File, preview: boolean): Promise<void> {
    const { charset, header, columns } = reading;
    running?.abort();
    const mine = new AbortController();
    running = mine;
    requestId = crypto.randomUUID();
    const tooLate = new ApiError('timeout');
    const waiting = createPatience(importPatienceMs, () => mine.abort(tooLate));
    patience = waiting;
    const { name } = chosen;
    const now = state();
    // While the file is checked again the person goes on with what he sees of it.
    const result = 'result' in now ? now.result : undefined;
    show(preview ? { status: 'checking', name, result } : { status: 'importing', name });
    try {
      const format = await formatOfFile(chosen);
      const choices = columns && writeColumnChoices([...columns].map(([index, use]) => ({ index, use })));
      const answer = await client.call(
        importContacts,
        {
          query: {
            format,
            preview: preview ? 'true' : 'false',
            requestId,
            ...(charset === undefined ? {} : { charset }),
            ...(header === undefined ? {} : { header: header ? 'true' : 'false' }),
            ...(choices === undefined ? {} : { columns: choices }),
          },
          // Browsers name the type of such files by what is installed; the format says what is meant.
          file: new Blob([chosen], { type: contentTypeOf[format] }),
        },
        { signal: mine.signal, timeoutMs: longestImportMs },
      );
      if (!mine.signal.aborted) show({ status: preview ? 'planned' : 'done', name, result: answer });
    } catch (error) {
      if (!mine.signal.aborted || error === tooLate) show({ status: 'failed', error });
    } finally {
      waiting.end();
    }
  }
  const readAs = (next: Reading) => {
    reading = next;
    const { status } = state();
    if (file !== undefined && status !== 'done' && status !== 'importing') void send(file, true);
    else show(state());
  };

  return {
    view,
    offer(files) {
      const [chosen, ...others] = files;
      if (chosen === undefined || state().status === 'importing') return;
      // Of the file before nothing is to be heard any more.
      running?.abort();
      file = undefined;
      if (others.length > 0) show({ status: 'several' });
      else if (chosen.size > importContacts.file.maxBytes) show({ status: 'too-large' });
      else {
        file = chosen;
        // Columns of one file say nothing of the next; the character set stays as it is shown.
        reading = { charset: reading.charset };
        show({ status: 'idle' });
        void send(chosen, true);
      }
    },
    // Other signs make other names: what was chosen by them is found out anew.
    setCharset: (charset) => readAs({ charset }),
    setHeader: (header) => readAs({ charset: reading.charset, header }),
    setColumn(table, index, use) {
      const columns = new Map(table.columns.flatMap((column) => (column.use ? [[column.index, column.use]] : [])));
      if (use === undefined) columns.delete(index);
      else columns.set(index, use);
      // At once, so that the next choice is added to this one although the service has not answered yet.
      show(withTable(state(), { ...table, columns: table.columns.map((c) => ({ ...c, use: columns.get(c.index) })) }));
      readAs({ ...reading, header: table.header, columns });
    },
    accept() {
      if (file !== undefined) void send(file, false);
    },
    retry() {
      if (file !== undefined) void send(file, true);
    },
    dismiss() {
      running?.abort();
      file = undefined;
      show({ status: state().status === 'importing' ? 'cancelled' : 'idle' });
    },
    stop() {
      running?.abort();
      end();
    },
  };
}

/** What is shown of a file, its columns taken for what the person has chosen. */
function withTable(state: FileImportState, table: TableReading): FileImportState {
  if (state.status !== 'planned' && state.status !== 'checking') return state;
  return state.result === undefined ? state : { ...state, result: { ...state.result, table } };
}
