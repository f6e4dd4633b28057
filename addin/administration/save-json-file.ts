/** Data as a file of JSON. */
import { saveFile } from '../shell/save-file';

export function saveJsonFile(name: string, data: unknown): void {
  saveFile(name, 'application/json', [JSON.stringify(data, undefined, 2)]);
}
