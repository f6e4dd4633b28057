/** `npm run fuzz -- INPUTS SEED`: the readers of contact files, each with that many files made wrong. */
import { contactFileFormats } from '../../shared/contact-file';
import { fuzzContactFiles } from '../fakes/fuzz-contact-files';

const [inputs = 10_000, seed = 20_261] = process.argv.slice(2).map(Number);
if (!Number.isSafeInteger(inputs) || !Number.isSafeInteger(seed) || inputs < 1) {
  process.stderr.write('How many inputs of each format, and the seed, are whole numbers: npm run fuzz -- 100000 1\n');
  process.exit(2);
}
process.stdout.write(`Seed ${seed}, ${inputs} inputs of each format\n`);
for (const format of contactFileFormats) {
  const started = performance.now();
  const { read, contacts, refused, slowestMs } = fuzzContactFiles(seed, inputs, [format]);
  const reasons = Object.entries(refused).map(([reason, count]) => `${reason} ${count}`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `${format}: ${read} read with ${contacts} contacts; refused: ${reasons.join(', ')}; slowest ${slowestMs.toFixed(0)} ms; ${seconds} s\n`,
  );
}
