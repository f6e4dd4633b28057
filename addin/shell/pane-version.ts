/** The version that this pane was built as; the service tells its own with each answer. */
// By name: of the whole file nothing else gets into the build.
import { version } from '../../package.json';

export const paneVersion: string = version;
