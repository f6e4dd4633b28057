/** The pane as a user uses it, in a real browser with the whole demo behind it. */
import { describe, expect, it } from 'vitest';
import { describeCalls } from './pane-calls';
import { describeContacts } from './pane-contacts';
import { describeDirectory } from './pane-directory';
import { describeLineStates } from './pane-line-states';
import { describePeople } from './pane-people';
import { describeSettings } from './pane-settings';
import { describeSignIn } from './pane-sign-in';
import { describeSync } from './pane-sync';
import { createPaneWorld } from './pane-world';

const world = createPaneWorld({ DEMO_CONTACTS: '60', DEMO_LATENCY_MS: '5' });

/** What has its own file of tests: the own profile, the journal, the favourites, the server connections, pictures, past syncs, files; and what a button says while it works. */
const triedElsewhere = new Set([
  'tab Journal',
  'tab Favourites',
  'button Add … to the favourites',
  'button View: …',
  'button Tell me when … is free',
  'button Put away: …',
  'button Call … now',
  'button Call back',
  'button Show in the journal',
  'button Choose a picture',
  'button Save profile',
  'button Change password',
  'combobox Date format',
  'checkbox Set my presence from the Outlook calendar',
  'button Add a connection',
  'button Change',
  'button Sign in again',
  'button UC server …',
  'button Stop',
  'button Go on',
  'checkbox Import profile pictures',
  'button Checking …',
  'button Preview changes',
  'button Show them',
  'button Sync of …',
  'button Show all …',
  'button My presence: …',
  'button Columns: …',
  'button CSV template',
  'button XML template',
  'combobox Format',
  'button Export contacts',
  'button Save list as CSV',
  'button Country code assumed: …',
  'button Pictures not taken: …',
]);

describeSignIn(world);
describePeople(world);
describeDirectory(world);
describeContacts(world);
describeCalls(world);
describeLineStates(world);
describeSettings(world);
describeSync(world);

describe('every control', () => {
  it('that was seen in the pane has been pressed and held to its effect', () => {
    expect(world.ledger.seen().length).toBeGreaterThan(40);
    expect(world.ledger.untried().filter((name) => !triedElsewhere.has(name))).toEqual([]);
  });
});
