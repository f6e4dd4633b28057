/**
 * Keeps the processes of the telephone system for tests: starts and ends them by name and lets the tests reach their TCP
 * ports through sockets in the file system, for it usually runs in a network and process namespace of its own.
 * When the parent goes away it ends, and with it everything that it started.
 *
 * Messages from the parent, each answered with `{id}` or `{id, error}`:
 *   {id, do: 'start', name, command, args, log}   {id, do: 'stop', name, signal}   {id, do: 'forward', socket, port}
 */
import { execFileSync, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import net from 'node:net';
import process from 'node:process';

const children = new Map();

function start({ name, command, args, log }) {
  const out = openSync(log, 'a');
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', out, out] });
    child.once('error', reject);
    child.once('exit', () => {
      if (children.get(name) === child) children.delete(name);
    });
    child.once('spawn', () => {
      children.set(name, child);
      resolve();
    });
  });
}

function stop({ name, signal }) {
  const child = children.get(name);
  if (child === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill(signal);
  });
}

function forward({ socket, port }) {
  return new Promise((resolve, reject) => {
    const server = net.createServer((near) => {
      const far = net.connect(port, '127.0.0.1');
      near.pipe(far).pipe(near);
      near.on('error', () => far.destroy());
      far.on('error', () => near.destroy());
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
    });
    server.once('error', reject);
    server.listen(socket, resolve);
  });
}

const commands = { start, stop, forward };

process.on('message', async (message) => {
  try {
    await commands[message.do](message);
    process.send({ id: message.id });
  } catch (error) {
    process.send({ id: message.id, error: String(error) });
  }
});
process.on('disconnect', () => {
  for (const child of children.values()) child.kill('SIGKILL');
  process.exit(0);
});

if (process.argv.includes('--own-network')) execFileSync('ip', ['link', 'set', 'lo', 'up']);
process.send({ id: 0 });
