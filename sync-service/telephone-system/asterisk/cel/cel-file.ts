/**
 * The channel log on disk, through its rotations. A file is known by the fingerprint of its first line, which a copy of
 * it keeps (copytruncate) as well as the file itself under a new name; a file that has no line yet by its inode. Older
 * files are looked for beside the log: same name with a number or a date (`cel.jsonl.1`, `cel-20270101.jsonl`), not packed.
 */
import { createHash } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { CelPlace } from './cel-cursor';
import { longestLine, readCelLine } from './cel-event';
import type { CelEvent } from './cel-event';

export interface CelFile {
  readonly path: string;
  readonly inode: string;
  readonly size: number;
  readonly print: string;
  /** Time of its first event in milliseconds since 1970; undefined when it has none. */
  readonly firstAt: number | undefined;
}

/** One line, or what is too long for one. */
export interface CelLine {
  /** Undefined when it is too long. */
  readonly text: string | undefined;
  readonly offset: number;
  /** Where the next one begins. */
  readonly end: number;
}

const newline = 10;
/** So much of the first line makes its fingerprint. */
const printBytes = 8 * 1024;
const headBytes = longestLine;
const chunkBytes = 1024 * 1024;
/** More old files are not looked at. */
const mostFiles = 200;

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

async function openFile(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

async function describe(handle: FileHandle, path: string): Promise<CelFile> {
  const { ino, size } = await handle.stat({ bigint: true });
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(headBytes, Number(size))), 0, null, 0);
  const head = buffer.subarray(0, bytesRead);
  const end = head.indexOf(newline);
  const first = head.subarray(0, Math.min(end < 0 ? printBytes : end, printBytes));
  const isWhole = end >= 0 || bytesRead >= printBytes;
  const lines = head.toString('utf8').split('\n').slice(0, -1);
  let event: CelEvent | undefined;
  for (const line of lines) if ((event ??= readCelLine(line)) !== undefined) break;
  return {
    path,
    inode: String(ino),
    size: Number(size),
    print: isWhole ? createHash('sha256').update(first).digest('hex').slice(0, 32) : '',
    firstAt: event?.at,
  };
}

/** Looks at a file; undefined when it is not there. */
export async function inspect(path: string): Promise<CelFile | undefined> {
  const handle = await openFile(path);
  if (handle === undefined) return undefined;
  try {
    return await describe(handle, path);
  } finally {
    await handle.close();
  }
}

/** The log's files with lines in them, oldest first. What else lies beside it, without events at its head, is left out. */
export async function listFiles(path: string): Promise<CelFile[]> {
  const folder = dirname(path);
  const name = basename(path);
  const stem = name.slice(0, name.length - extname(name).length);
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
  const old = names
    .filter((other) => other !== name && other.startsWith(stem) && /^[.-]/.test(other.slice(stem.length)))
    .filter((other) => !/\.(?:gz|bz2|xz|zst)$/.test(other))
    .slice(0, mostFiles);
  const files: CelFile[] = [];
  for (const file of [name, ...old]) {
    const found = await inspect(join(folder, file));
    if (found === undefined || found.print === '' || (found.firstAt === undefined && file !== name)) continue;
    // Of a copy and its original the log itself counts.
    if (!files.some(({ print }) => print === found.print)) files.push(found);
  }
  const order = ({ firstAt }: CelFile): number => firstAt ?? Number.MAX_VALUE;
  return files.sort((a, b) => order(a) - order(b));
}

/** Whether a place is in this file. */
export function holds(file: CelFile, { print, inode, offset }: CelPlace): boolean {
  if (print === '') return file.inode === inode && offset === 0;
  return file.print === print && file.size >= offset;
}

/**
 * Reads whole lines from a place, a megabyte at a time; half a line at the end is left. Nothing when the file of this
 * name is another one by now.
 */
export async function* readLines(file: CelFile, from: CelPlace): AsyncGenerator<CelLine, void, undefined> {
  const handle = await openFile(file.path);
  if (handle === undefined) return;
  try {
    if (!holds(await describe(handle, file.path), from)) return;
    const chunk = Buffer.alloc(chunkBytes);
    let rest: Buffer = Buffer.alloc(0);
    let { offset } = from;
    let skipping = false;
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, chunkBytes, offset + rest.length);
      if (bytesRead === 0) return;
      const data = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      let start = 0;
      for (;;) {
        const end = data.indexOf(newline, start);
        if (end < 0) break;
        const isLong = skipping || end - start > longestLine;
        skipping = false;
        yield {
          text: isLong ? undefined : data.subarray(start, end).toString('utf8'),
          offset: offset + start,
          end: offset + end + 1,
        };
        start = end + 1;
      }
      offset += start;
      rest = Buffer.from(data.subarray(start));
      if (rest.length <= longestLine) continue;
      skipping = true;
      offset += rest.length;
      rest = Buffer.alloc(0);
    }
  } finally {
    await handle.close();
  }
}

/** Size and identity, to see whether there is news; undefined when the file is not there. */
export async function look(path: string): Promise<{ readonly inode: string; readonly size: number } | undefined> {
  try {
    const { ino, size } = await stat(path, { bigint: true });
    return { inode: String(ino), size: Number(size) };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
