/** Importing a file: first what it would do and how it is read, corrected where need be, then the import itself. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from '../api/api-error';
import { importContacts } from '../../shared/api/contacts';
import type { RouteResult } from '../../shared/api/route';
import { type ColumnUse, type TableReading, writeColumnChoices } from '../../shared/contact-file';
import { useServices } from '../shell/services';
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

export interface FileImport {
  readonly state: FileImportState;
  readonly charset: Charset | undefined;
  /** Takes the files that were dropped or chosen. */
  offer(files: readonly File[]): void;
  /** Checks the file again with another character set. */
  setCharset(charset: Charset | undefined): void;
  /** Checks the file again with a column taken for something else; undefined passes it over. */
  setColumn(table: TableReading, index: number, use: ColumnUse | undefined): void;
  /** Checks the file again, with its first row taken for names of columns or for a contact. */
  setHeader(header: boolean): void;
  /** Imports the checked file. */
  accept(): void;
  /** Ends what runs, or puts the file away. */
  dismiss(): void;
}

export function useFileImport(): FileImport {
  const { client, events } = useServices();
  const [state, setState] = useState<FileImportState>({ status: 'idle' });
  const [reading, setReading] = useState<Reading>({});
  const file = useRef<File>(undefined);
  const running = useRef<AbortController>(undefined);
  const requestId = useRef('');
  const patience = useRef<Patience>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  useEffect(
    () =>
      events.subscribe((event) => {
        if (event.type !== 'import-progress' || event.requestId !== requestId.current) return;
        const { done, total } = event;
        patience.current?.renew();
        setState((now) => (now.status === 'importing' ? { ...now, progress: { done, total } } : now));
      }),
    [events],
  );

  const send = useCallback(
    async (chosen: File, { charset, header, columns }: Reading, preview: boolean) => {
      running.current?.abort();
      const mine = new AbortController();
      running.current = mine;
      requestId.current = crypto.randomUUID();
      const tooLate = new ApiError('timeout');
      const waiting = createPatience(importPatienceMs, () => mine.abort(tooLate));
      patience.current = waiting;
      const { name } = chosen;
      // While the file is checked again the person goes on with what he sees of it.
      setState((now) =>
        preview
          ? { status: 'checking', name, result: 'result' in now ? now.result : undefined }
          : { status: 'importing', name },
      );
      try {
        const format = await formatOfFile(chosen);
        const choices = columns && writeColumnChoices([...columns].map(([index, use]) => ({ index, use })));
        const result = await client.call(
          importContacts,
          {
            query: {
              format,
              preview: preview ? 'true' : 'false',
              requestId: requestId.current,
              ...(charset === undefined ? {} : { charset }),
              ...(header === undefined ? {} : { header: header ? 'true' : 'false' }),
              ...(choices === undefined ? {} : { columns: choices }),
            },
            // Browsers name the type of such files by what is installed; the format says what is meant.
            file: new Blob([chosen], { type: contentTypeOf[format] }),
          },
          { signal: mine.signal, timeoutMs: longestImportMs },
        );
        if (!mine.signal.aborted) setState({ status: preview ? 'planned' : 'done', name, result });
      } catch (error) {
        if (!mine.signal.aborted || error === tooLate) setState({ status: 'failed', error });
      } finally {
        waiting.end();
      }
    },
    [client],
  );
  const readAs = (next: Reading) => {
    setReading(next);
    if (file.current !== undefined && state.status !== 'done') void send(file.current, next, true);
  };

  return {
    state,
    charset: reading.charset,
    offer(files) {
      const [chosen, ...others] = files;
      if (chosen === undefined) return;
      if (others.length > 0) setState({ status: 'several' });
      else if (chosen.size > importContacts.file.maxBytes) setState({ status: 'too-large' });
      else {
        file.current = chosen;
        // Columns of one file say nothing of the next; the character set stays as it is shown.
        const next = { charset: reading.charset };
        setReading(next);
        setState({ status: 'idle' });
        void send(chosen, next, true);
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
      setState((now) =>
        withTable(now, { ...table, columns: table.columns.map((c) => ({ ...c, use: columns.get(c.index) })) }),
      );
      readAs({ ...reading, header: table.header, columns });
    },
    accept() {
      if (file.current !== undefined) void send(file.current, reading, false);
    },
    dismiss() {
      running.current?.abort();
      file.current = undefined;
      setState({ status: state.status === 'importing' ? 'cancelled' : 'idle' });
    },
  };
}

/** What is shown of a file, its columns taken for what the person has chosen. */
function withTable(state: FileImportState, table: TableReading): FileImportState {
  if (state.status !== 'planned' && state.status !== 'checking') return state;
  return state.result === undefined ? state : { ...state, result: { ...state.result, table } };
}
