/**
 * What `npm run asterisk:check` asks an Asterisk. It only reads: Getvar, ListCommands, and Originate into those contexts of
 * ours that tell what is published, with the account of the service.
 */
import type { AmiConnection } from '../ami-connection';
import type { AsteriskSettings } from '../asterisk-settings';
import { field } from '../ami-message';
import type { DatabaseQuestions } from '../published-states';
import { dialplanEntries } from './dialplan-entries';
import { readPublishedFacts } from './published-facts';
import type { PublishedFacts } from './published-facts';

/** Whose phone it is and how Asterisk calls it. */
export interface CheckedPhone {
  readonly extension: string;
  readonly address: string;
  /** Id of the user whose it is. */
  readonly userId: string;
}

export interface AsteriskFacts {
  /** Manager actions that the account may use, by name. */
  readonly actions: ReadonlyMap<string, string>;
  /** Parts of our dialplan that are not there, as `context,extension`. */
  readonly missingEntries: readonly string[];
  /** Functions that are not loaded. */
  readonly missingFunctions: readonly string[];
  /** Extensions of users that the office's dialplan cannot reach from {@link officeContext}. */
  readonly unreachable: readonly string[];
  /** Addresses of phones that Asterisk does not know; undefined where it cannot say (func_devstate is not loaded). */
  readonly unknownPhones: readonly string[] | undefined;
  /** What is published; undefined where the parts that tell it are missing. */
  readonly published: PublishedFacts | undefined;
}

/** Context in which our dialplan dials. */
export const officeContext = 'uc-office';

/** A function of the dialplan, with an argument and what it must give. */
const functions: readonly (readonly [name: string, expression: string, result: string])[] = [
  ['FILTER (func_strings)', 'FILTER(0-9,1a2)', '12'],
  ['URIDECODE (func_uri)', 'URIDECODE(%41)', 'A'],
  ['DIALPLAN_EXISTS (func_dialplan)', 'DIALPLAN_EXISTS(nothing-of-this-name,s,1)', '0'],
  ['DB_EXISTS (func_db)', 'DB_EXISTS(uc-nothing/of-this-name)', '0'],
  ['BASE64_ENCODE (func_base64)', 'BASE64_ENCODE(A)', 'QQ=='],
  ['PRESENCE_STATE (func_presencestate)', 'PRESENCE_STATE(CustomPresence:uc-nothing,value)', 'not_set'],
];

/** Asks everything. @throws AmiError when the link is lost. */
export async function readAsteriskFacts(
  ami: Pick<AmiConnection, 'action'>,
  settings: Pick<AsteriskSettings, 'dialContext' | 'answerContext'>,
  phones: readonly CheckedPhone[],
  questions: Pick<DatabaseQuestions, 'ask'>,
): Promise<AsteriskFacts> {
  const valueOf = async (expression: string): Promise<string> =>
    field(await ami.action('Getvar', { Variable: expression }), 'Value') ?? '';
  const exists = async (context: string, extension: string): Promise<boolean> =>
    (await valueOf(`DIALPLAN_EXISTS(${context},${extension},1)`)) === '1';

  const commands = await ami.action('ListCommands');
  const actions = new Map([...commands].map(([name, values]) => [name, values[0] ?? '']));
  actions.delete('Response');
  actions.delete('ActionID');

  const missingFunctions: string[] = [];
  for (const [name, expression, result] of functions) {
    if ((await valueOf(expression)) !== result) missingFunctions.push(name);
  }
  const missingEntries: string[] = [];
  for (const [context, extension] of dialplanEntries(settings)) {
    if (!(await exists(context, extension))) missingEntries.push(`${context},${extension}`);
  }
  const unreachable: string[] = [];
  for (const { extension } of phones) {
    // What is no extension of a dialplan cannot be asked for without breaking out of the expression.
    if (!/^[0-9*#]{1,20}$/.test(extension) || !(await exists(officeContext, extension))) unreachable.push(extension);
  }
  const canTell = actions.has('Originate') && missingEntries.length === 0 && missingFunctions.length === 0;
  return {
    actions,
    missingEntries,
    missingFunctions,
    unreachable,
    unknownPhones: await unknownPhones(phones, valueOf),
    published: canTell ? await readPublishedFacts(ami, questions) : undefined,
  };
}

async function unknownPhones(
  phones: readonly CheckedPhone[],
  valueOf: (expression: string) => Promise<string>,
): Promise<string[] | undefined> {
  const unknown: string[] = [];
  for (const { address } of phones) {
    const state = /^[A-Za-z0-9]{1,20}\/[A-Za-z0-9_.+-]{1,64}$/.test(address)
      ? await valueOf(`DEVICE_STATE(${address})`)
      : 'INVALID';
    if (state === '') return undefined;
    if (state === 'INVALID') unknown.push(address);
  }
  return unknown;
}
