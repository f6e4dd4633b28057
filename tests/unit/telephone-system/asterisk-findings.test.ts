import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dialplanEntries } from '../../../sync-service/telephone-system/asterisk/check/dialplan-entries';
import { readAsteriskFacts } from '../../../sync-service/telephone-system/asterisk/check/asterisk-facts';
import type { AsteriskFacts } from '../../../sync-service/telephone-system/asterisk/check/asterisk-facts';
import { findingsOf } from '../../../sync-service/telephone-system/asterisk/check/asterisk-findings';

const whole: AsteriskFacts = {
  actions: new Map(['Status', 'Redirect', 'Setvar', 'Getvar', 'Hangup', 'Originate'].map((name) => [name, ''])),
  missingEntries: [],
  missingFunctions: [],
  unreachable: [],
  unknownPhones: [],
  published: { databaseKeys: new Map([['330', 'anna']]), forwardAsked: '2026-01-15' },
};
const users = [
  { extension: '330', userId: 'anna' },
  { extension: '331', userId: 'bernd' },
];
const findings = (changes: Partial<AsteriskFacts>) =>
  findingsOf({ ...whole, ...changes }, 'mycontacts', users).filter(({ level }) => level !== 'ok');

describe('Findings of the Asterisk check', () => {
  it('has nothing to say of an Asterisk that has all', () => {
    expect(findings({})).toEqual([]);
  });

  it('names the rights that are missing and where they are given', () => {
    const actions = new Map([
      ['Status', ''],
      ['Redirect', ''],
      ['Setvar', ''],
      ['Getvar', ''],
      ['Hangup', ''],
    ]);
    expect(findings({ actions })).toEqual([
      {
        level: 'missing',
        text: 'The account may not use Originate.',
        add: ['manager.conf, [mycontacts]:', '    read = call,user', '    write = call,originate'],
      },
    ]);
  });

  it('advises against an account that can rewrite the telephone system', () => {
    const [finding] = findings({ actions: new Map([...whole.actions, ['Command', ''], ['DBPut', '']]) });
    expect(finding).toMatchObject({ level: 'advice' });
    expect(finding?.text).toContain('Command, DBPut');
  });

  it('names parts of the dialplan, modules, extensions and phones that are not there', () => {
    const missing = findings({
      missingEntries: ['uc-dial,s'],
      missingFunctions: ['URIDECODE (func_uri)'],
      unreachable: ['331'],
      unknownPhones: ['PJSIP/331'],
    });
    expect(missing.map(({ level }) => level)).toEqual(['missing', 'missing', 'missing', 'missing']);
    const text = missing.flatMap(({ text: said, add }) => [said, ...(add ?? [])]).join('\n');
    for (const named of ['uc-dial,s', 'load = func_uri.so', 'does not reach 331', 'no phone PJSIP/331']) {
      expect(text).toContain(named);
    }
  });

  it('lists what is kept of people who are gone, with the command that removes it', () => {
    const databaseKeys = new Map([
      ['330', 'anna'],
      ['331', 'somebody who had it before'],
      ['399', 'gone'],
    ]);
    const [finding, ...more] = findings({ published: { databaseKeys, forwardAsked: '2026-01-15' } });
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      level: 'advice',
      add: ['asterisk -rx "database deltree uc 399"', 'asterisk -rx "database deltree uc 331"'],
    });
    expect(finding?.text).toContain("331 belong to somebody else than today's user");
  });

  it('advises to ask for forwarding where no call has done so yet', () => {
    const published = { databaseKeys: new Map<string, string>(), forwardAsked: undefined };
    expect(findings({ published })).toEqual([
      expect.objectContaining({
        level: 'advice',
        add: expect.arrayContaining(['    Gosub(uc-forward,s,1(${EXTEN}))']) as string[],
      }),
    ]);
  });
});

describe('Facts of the Asterisk check', () => {
  it('looks for every part of our dialplan', () => {
    const file = fileURLToPath(
      new URL('../../../sync-service/telephone-system/asterisk/dialplan/uc.conf', import.meta.url),
    );
    const parts = [...readFileSync(file, 'utf8').matchAll(/^\[([^\]]+)\]\nexten => ([\w*]+),1,/gm)];
    const looked = dialplanEntries({ dialContext: 'uc-dial', answerContext: 'uc-answer' });
    expect(parts.map(([, context, extension]) => `${context},${extension}`).sort()).toEqual(
      looked.map((entry) => entry.join()).sort(),
    );
  });

  it('never puts an extension or address into an expression that could break out of it', async () => {
    const asked: string[] = [];
    const facts = await readAsteriskFacts(
      {
        action: (_name, fields = {}) => {
          asked.push(JSON.stringify(fields));
          return Promise.resolve(new Map([['Value', ['1']]]));
        },
      },
      { dialContext: 'uc-dial', answerContext: 'uc-answer' },
      [{ extension: '33)${SHELL(id)}', address: 'PJSIP/330)${SHELL(id)}', userId: 'x' }],
      { ask: () => Promise.reject(new Error('nothing is asked where parts are missing')) },
    );
    expect(asked.join()).not.toContain('SHELL');
    expect(facts.unreachable).toEqual(['33)${SHELL(id)}']);
    expect(facts.unknownPhones).toEqual(['PJSIP/330)${SHELL(id)}']);
  });
});
