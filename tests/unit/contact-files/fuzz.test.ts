import { expect, it } from 'vitest';
import { fuzzContactFiles } from '../../fakes/fuzz-contact-files';

// More, and other ones, with `npm run fuzz -- INPUTS SEED`.
it('ten thousand files made wrong are each read or refused with a reason', () => {
  const report = fuzzContactFiles(20_261, 3334);
  expect(report.inputs).toBeGreaterThanOrEqual(10_000);
  expect(report.read).toBeGreaterThan(1000);
  expect(report.contacts).toBeGreaterThan(1000);
  expect(Object.keys(report.refused).sort()).toEqual(
    expect.arrayContaining(['binary', 'header-unknown', 'no-vcard', 'xml-broken', 'xml-doctype', 'xml-unknown']),
  );
}, 60_000);
