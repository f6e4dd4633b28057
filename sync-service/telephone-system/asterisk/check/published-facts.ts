/** What the check asks of presence and forwarding: what the database of Asterisk keeps, and whether the office asks for it. */
import type { AmiConnection } from '../ami-connection';
import { field } from '../ami-message';
import type { DatabaseQuestions } from '../published-states';
import { extensionBatches, stateOf } from '../published-values';

export interface PublishedFacts {
  /** Extensions under which the database (AstDB, family `uc`) keeps something, with the id of the user whose it is. */
  readonly databaseKeys: ReadonlyMap<string, string | undefined>;
  /** Day on which a call last came through `uc-forward`, as Asterisk writes it; undefined where none ever did. */
  readonly forwardAsked: string | undefined;
}

/** Written by `uc-forward`. */
const forwardKey = 'DB(uc-forward/asked)';

/** @throws AmiError when the link is lost, TelephoneSystemError when nothing is answered */
export async function readPublishedFacts(
  ami: Pick<AmiConnection, 'action'>,
  questions: Pick<DatabaseQuestions, 'ask'>,
): Promise<PublishedFacts> {
  const asked = await ami.action('Getvar', { Variable: forwardKey });
  const listed = await questions.ask('uc-db-list', []);
  const extensions = listed
    .flatMap((event) => (field(event, 'Extensions') ?? '').split('/'))
    .filter((key) => key !== '');
  const databaseKeys = new Map<string, string | undefined>(extensions.map((extension) => [extension, undefined]));
  for (const batch of extensionBatches(extensions)) {
    for (const event of await questions.ask('uc-db-read', [`UC_EXTENSIONS=${batch.join('/')}`])) {
      const state = stateOf(event);
      if (state !== undefined) databaseKeys.set(state.extension, state.userId);
    }
  }
  return { databaseKeys, forwardAsked: field(asked, 'Value') };
}
