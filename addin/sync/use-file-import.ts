/** The import of a file, as the components of the place use it. */
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';
import { createFileImport, type FileImportModel, type FileImportView } from './file-import-model';
import { useKeptFileImport } from './use-sync';

/** What the components of the place see of it, and what they do. */
export type FileImport = FileImportView & Omit<FileImportModel, 'view' | 'stop'>;

/** Made when the place is first shown, and kept after that: an import of minutes does not end with a look elsewhere. */
export function useFileImport(): FileImport {
  const { client, events } = useServices();
  const kept = useKeptFileImport();
  const model = (kept.current ??= createFileImport({ client, live: events }));
  const { view, ...actions } = model;
  return { ...useStore(view), ...actions };
}
