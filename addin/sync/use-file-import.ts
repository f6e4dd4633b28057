/** Importing a file: first what it would do, then, at the user's word, the import itself. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { importContacts } from '../../shared/api/contacts';
import type { RouteResult } from '../../shared/api/route';
import { useServices } from '../shell/services';
import { formatOfFile } from './file-format';

export type ImportResult = RouteResult<typeof importContacts>;

export type FileImportState =
  | { readonly status: 'idle' }
  | { readonly status: 'checking' | 'importing'; readonly name: string }
  /** What the file would do. */
  | { readonly status: 'planned'; readonly name: string; readonly result: ImportResult }
  | { readonly status: 'done'; readonly name: string; readonly result: ImportResult }
  | { readonly status: 'too-large' | 'several' }
  | { readonly status: 'failed'; readonly error: unknown };

/** Character sets that are offered; undefined is recognised by the service. */
export const charsets = ['utf-8', 'windows-1252', 'iso-8859-1', 'windows-1250', 'utf-16le'] as const;
export type Charset = (typeof charsets)[number];

/** Milliseconds that a large file may take. */
const importTimeoutMs = 120_000;

export interface FileImport {
  readonly state: FileImportState;
  readonly charset: Charset | undefined;
  /** Takes the files that were dropped or chosen. */
  offer(files: readonly File[]): void;
  /** Checks the file again with another character set. */
  setCharset(charset: Charset | undefined): void;
  /** Imports the checked file. */
  accept(): void;
  /** Ends what runs, or puts the file away. */
  dismiss(): void;
}

export function useFileImport(): FileImport {
  const { client } = useServices();
  const [state, setState] = useState<FileImportState>({ status: 'idle' });
  const [charset, setCharsetState] = useState<Charset>();
  const file = useRef<File>(undefined);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const send = useCallback(
    async (chosen: File, set: Charset | undefined, preview: boolean) => {
      running.current?.abort();
      const mine = new AbortController();
      running.current = mine;
      const { name } = chosen;
      setState({ status: preview ? 'checking' : 'importing', name });
      try {
        const format = await formatOfFile(chosen);
        const result = await client.call(
          importContacts,
          {
            query: { format, preview: preview ? 'true' : 'false', ...(set === undefined ? {} : { charset: set }) },
            // Browsers name the type of such files by what is installed; the format says what is meant.
            file: new Blob([chosen], { type: format === 'vcard' ? 'text/vcard' : 'text/csv' }),
          },
          { signal: mine.signal, timeoutMs: importTimeoutMs },
        );
        if (!mine.signal.aborted) setState({ status: preview ? 'planned' : 'done', name, result });
      } catch (error) {
        if (!mine.signal.aborted) setState({ status: 'failed', error });
      }
    },
    [client],
  );

  return {
    state,
    charset,
    offer(files) {
      const [chosen, ...others] = files;
      if (chosen === undefined) return;
      if (others.length > 0) setState({ status: 'several' });
      else if (chosen.size > importContacts.file.maxBytes) setState({ status: 'too-large' });
      else {
        file.current = chosen;
        void send(chosen, charset, true);
      }
    },
    setCharset(set) {
      setCharsetState(set);
      if (file.current !== undefined && state.status !== 'done') void send(file.current, set, true);
    },
    accept() {
      if (file.current !== undefined) void send(file.current, charset, false);
    },
    dismiss() {
      running.current?.abort();
      file.current = undefined;
      setState({ status: 'idle' });
    },
  };
}
