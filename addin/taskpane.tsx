/** The pane inside Outlook. */
import { startPane } from './start-pane';

startPane({ ownWindow: false });
