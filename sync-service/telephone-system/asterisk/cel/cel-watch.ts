/** Tells when calls have ended in the channel log: by the file system's word, and by looking each second. */
import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Timers } from '../../timers';
import { look } from './cel-file';

export interface CelWatch {
  start(): void;
  stop(): void;
}

const lookMs = 1000;
/** Events of one moment are one piece of news. */
const settleMs = 100;
/** More that is new is news without being looked at. */
const mostBytes = 1024 * 1024;

export function createCelWatch(file: string, timers: Timers, onNews: () => void): CelWatch {
  let watcher: FSWatcher | undefined;
  let cancelLook: (() => void) | undefined;
  let cancelNews: (() => void) | undefined;
  let running = false;
  let looking = false;
  let again = false;
  let seen: { readonly inode: string; readonly size: number } | undefined;

  /** Whether a call ended in what was appended. */
  async function hasEnd(from: number, to: number): Promise<boolean> {
    if (to - from > mostBytes) return true;
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(to - from), 0, to - from, from);
      return buffer.subarray(0, bytesRead).includes('"CHAN_END"');
    } finally {
      await handle.close();
    }
  }

  async function isNews(): Promise<boolean> {
    const now = await look(file);
    const before = seen;
    if (now?.inode === before?.inode && now?.size === before?.size) return false;
    seen = now;
    if (now === undefined) return false;
    if (before?.inode !== now.inode || now.size < before.size) return true;
    return hasEnd(before.size, now.size);
  }

  function check(): void {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    void isNews()
      // What cannot be read now is read when it is asked for, and fails there with its reason.
      .catch(() => true)
      .then((news) => {
        looking = false;
        if (!running) return;
        if (news) cancelNews ??= timers.after(settleMs, tell);
        if (again) {
          again = false;
          check();
        }
      });
  }

  function tell(): void {
    cancelNews = undefined;
    if (running) onNews();
  }

  function listen(): void {
    if (watcher !== undefined) return;
    try {
      watcher = watch(dirname(file), { persistent: false }, (_kind, name) => {
        if (name === null || name === basename(file)) check();
      });
      watcher.on('error', () => {
        watcher?.close();
        watcher = undefined;
      });
    } catch {
      // No such folder yet, or a file system without notices: looking each second is enough.
      watcher = undefined;
    }
  }

  function lookRegularly(): void {
    listen();
    check();
    cancelLook = timers.after(lookMs, lookRegularly);
  }

  return {
    start() {
      if (running) return;
      running = true;
      lookRegularly();
    },
    stop() {
      running = false;
      cancelLook?.();
      cancelNews?.();
      cancelNews = undefined;
      watcher?.close();
      watcher = undefined;
    },
  };
}
