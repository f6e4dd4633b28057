/** Measures in a process of its own, so that its memory and its time are not the bench's. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { figureSchema, type Figure } from './report';

const figuresSchema = z.array(figureSchema);

/** @param name of the built entry beside this one */
export async function measureAlone(name: string): Promise<Figure[]> {
  const child = fork(fileURLToPath(new URL(`./${name}.mjs`, import.meta.url)), { execArgv: ['--enable-source-maps'] });
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(z.parse(figuresSchema, message)));
    child.once('exit', (code) => reject(new Error(`It ended with ${String(code)} before it told anything.`)));
  });
}
