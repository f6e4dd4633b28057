/** What the answers of an Asterisk mean for its administrator, and what he adds where. Pure. */
import type { AsteriskFacts, CheckedPhone } from './asterisk-facts';
import { officeContext } from './asterisk-facts';
import type { PublishedFacts } from './published-facts';

export interface Finding {
  /** `missing`: something does not work until it is added. `advice`: it works; better so. */
  readonly level: 'ok' | 'missing' | 'advice';
  readonly text: string;
  /** Lines to add or commands to give, with the file they belong to. */
  readonly add?: readonly string[];
}

/** Manager actions that the service uses, with the class that grants them. */
const neededActions: readonly (readonly [action: string, grant: string])[] = [
  ['Status', 'call'],
  ['Redirect', 'call'],
  ['Setvar', 'call'],
  ['Getvar', 'call'],
  ['Hangup', 'call'],
  ['Originate', 'originate'],
];
/** Actions that would let whoever has the account take over the telephone system. */
const dangerousActions = ['Command', 'DBPut', 'DialplanExtensionAdd', 'UpdateConfig', 'ModuleLoad', 'QueueAdd'];

const list = (names: readonly string[]): string => names.join(', ');

/** All findings, in the order in which one mends them. `users` are those of today. */
export function findingsOf(
  facts: AsteriskFacts,
  account: string,
  users: readonly Pick<CheckedPhone, 'extension' | 'userId'>[],
): Finding[] {
  return [
    ...rights(facts, account),
    functions(facts),
    dialplan(facts),
    reach(facts),
    ...phones(facts),
    ...(facts.published === undefined ? [] : [forwarding(facts.published), strangers(facts.published, users)]),
  ];
}

function rights({ actions }: AsteriskFacts, account: string): Finding[] {
  const missing = neededActions.filter(([action]) => !actions.has(action));
  const dangerous = dangerousActions.filter((action) => actions.has(action));
  const lines = [`manager.conf, [${account}]:`, '    read = call,user', '    write = call,originate'];
  return [
    missing.length === 0
      ? { level: 'ok', text: 'The account may do what the service needs.' }
      : {
          level: 'missing',
          text: `The account may not use ${list(missing.map(([action]) => action))}.`,
          add: lines,
        },
    ...(dangerous.length === 0
      ? []
      : [
          {
            level: 'advice' as const,
            text: `The account may also use ${list(dangerous)}, which can rewrite the telephone system. The service does not need it.`,
            add: lines,
          },
        ]),
  ];
}

function functions({ missingFunctions }: AsteriskFacts): Finding {
  if (missingFunctions.length === 0) return { level: 'ok', text: 'The functions of the dialplan are loaded.' };
  const modules = missingFunctions.map((name) => /\((\w+)\)/.exec(name)?.[1] ?? name);
  return {
    level: 'missing',
    text: `Not loaded: ${list(missingFunctions)}.`,
    add: ['modules.conf:', ...modules.map((module) => `    load = ${module}.so`)],
  };
}

function dialplan({ missingEntries }: AsteriskFacts): Finding {
  if (missingEntries.length === 0) return { level: 'ok', text: 'Our part of the dialplan is there.' };
  return {
    level: 'missing',
    text: `Our part of the dialplan is missing or older than the service. Not there: ${list(missingEntries)}.`,
    add: [
      'Copy sync-service/telephone-system/asterisk/dialplan/uc.conf to /etc/asterisk/uc.conf,',
      'extensions.conf:',
      '    #include uc.conf',
      'then: asterisk -rx "dialplan reload"',
    ],
  };
}

function reach({ unreachable }: AsteriskFacts): Finding {
  if (unreachable.length === 0) return { level: 'ok', text: 'Every user can be dialled.' };
  return {
    level: 'missing',
    text: `The office's dialplan does not reach ${list(unreachable)} from [${officeContext}].`,
    add: [
      'extensions.conf, with the context in which your phones dial:',
      `    [${officeContext}]`,
      '    include => from-internal',
    ],
  };
}

function phones({ unknownPhones }: AsteriskFacts): Finding[] {
  if (unknownPhones === undefined) {
    return [
      {
        level: 'advice',
        text: 'Asterisk does not say which phones it knows.',
        add: ['modules.conf:', '    load = func_devstate.so'],
      },
    ];
  }
  if (unknownPhones.length === 0) return [{ level: 'ok', text: 'Asterisk knows every phone.' }];
  return [
    {
      level: 'missing',
      text: `Asterisk knows no phone ${list(unknownPhones)}. Compare with "pjsip show endpoints" and mend the user's device:`,
      add: ['npm run manage -- user add 330 --device "PJSIP/330=Desk phone"'],
    },
  ];
}

function forwarding({ forwardAsked }: PublishedFacts): Finding {
  if (forwardAsked !== undefined)
    return { level: 'ok', text: `The office's dialplan asks where a user's calls go, last on ${forwardAsked}.` };
  return {
    level: 'advice',
    text: "No call has asked yet where a user's calls go. Forwarding and do not disturb act where the dialplan says so.",
    add: ["extensions.conf, before the Dial that rings a user's phone:", '    Gosub(uc-forward,s,1(${EXTEN}))'],
  };
}

function strangers(
  { databaseKeys }: PublishedFacts,
  users: readonly Pick<CheckedPhone, 'extension' | 'userId'>[],
): Finding {
  const owners = new Map(users.map(({ extension, userId }) => [extension, userId]));
  const gone = [...databaseKeys.keys()].filter((key) => !owners.has(key));
  const others = [...databaseKeys].filter(([key, owner]) => owners.has(key) && owners.get(key) !== owner);
  const stray = [...gone, ...others.map(([key]) => key)];
  if (stray.length === 0)
    return { level: 'ok', text: 'The database of Asterisk holds nothing of people who are gone.' };
  return {
    level: 'advice',
    text: [
      ...(gone.length === 0
        ? []
        : [`The database of Asterisk still holds settings of ${list(gone)}, who is no user here.`]),
      ...(others.length === 0
        ? []
        : [`Settings of ${list(others.map(([key]) => key))} belong to somebody else than today's user.`]),
      'To remove them:',
    ].join(' '),
    add: stray.map((key) => `asterisk -rx "database deltree uc ${key}"`),
  };
}
