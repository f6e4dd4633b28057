import { describe, expect, it } from 'vitest';
import { joinLanguages, readChangelog } from '../../../scripts/release-notes.mjs';
import { compareVersions } from '../../../shared/release';

describe('versions', () => {
  it('are ordered as semver.org orders them', () => {
    const ordered = ['not a version', '0.9.9', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta.2'];
    ordered.push('1.0.0-beta.11', '1.0.0', '1.0.1', '1.10.0', '2.0.0');
    expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
  });

  it('are the same with and without a v in front, and whatever the build is called', () => {
    expect(compareVersions('v1.2.3', '1.2.3+build.7')).toBe(0);
  });
});

describe('the changelog', () => {
  const english = readChangelog(
    '# Changelog\n\n## 1.1.0 (2026-11-27)\n\nTwo things:\n\n- `npm run x` is **new**,\n  and so is [y](docs/y.md).\n- z.\n\n## 1.0.0 (unreleased)\n\n- First.\n',
  );

  it('gives each version with its day, its sentences and its points, as plain text', () => {
    expect(english).toEqual([
      {
        version: '1.1.0',
        date: '2026-11-27',
        notes: [
          { point: false, text: 'Two things:' },
          { point: true, text: 'npm run x is new, and so is y.' },
          { point: true, text: 'z.' },
        ],
      },
      { version: '1.0.0', notes: [{ point: true, text: 'First.' }] },
    ]);
  });

  it('is joined with the German one where that has the version', () => {
    const both = joinLanguages(english, readChangelog('## 1.1.0\n\n- Zwei Dinge.\n'));
    expect(both.map(({ notes }) => notes.de?.length)).toEqual([1, undefined]);
  });
});
