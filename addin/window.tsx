/** The same pane as a window of its own: it rings while Outlook's pane is closed. */
import { startPane } from './start-pane';

startPane({ ownWindow: true });
