import { describe, expect, it } from 'vitest';
import { planSideload } from '../../../scripts/sideload.mjs';
import type { Machine } from '../../../scripts/sideload.mjs';

const files: Record<string, string> = {
  'manifest.xml': '<OfficeApp xmlns="x">',
  'my own.xml': '<OfficeApp>',
  'b.xml': '<b/>',
};
const windows: Machine = { platform: 'win32', read: (file) => files[file], hasOutlook: () => true };

/** Why nothing can be done. */
const problem = (args: string[], machine: Partial<Machine> = {}) =>
  planSideload(args, { ...windows, ...machine }).problem;

describe('sideloading', () => {
  it('puts the manifest of choice into Outlook on Windows, and takes it out again', () => {
    const [npx, own, stop] = [[], ['my own.xml'], ['stop', 'my own.xml']].map((args) => {
      const plan = planSideload(args, windows);
      return plan.problem === undefined ? plan.npx : [];
    });
    expect(npx?.slice(1, 3)).toEqual(['office-addin-debugging@7.0.0', 'start']);
    expect(own?.at(-1)).toMatch(/^".*my own\.xml"$/);
    expect(stop?.[2]).toBe('stop');
  });

  it.each(['darwin', 'linux'])('says on %s how it is done by hand', (platform) => {
    expect(problem([], { platform })).toContain('https://aka.ms/olksideload');
  });

  it('says what is missing', () => {
    expect(problem(['none.xml'])).toContain('npm run manifest');
    expect(problem(['b.xml'])).toContain('is no manifest');
    expect(problem(['manifest.xml', 'b.xml'])).toContain('one argument too many');
    expect(problem([], { hasOutlook: () => false })).toContain('There is no classic Outlook');
  });
});
