/** A baresip phone, steered over its control port (netstrings with JSON), and what it hears. */
import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { loudTones } from './tones';

interface BaresipEvent {
  readonly type?: string;
  readonly response?: boolean;
  readonly token?: string;
  readonly peeruri?: string;
  readonly peerdisplayname?: string;
  readonly id?: string;
}

/** What rings: the caller as the phone was told. */
export interface Ringing {
  readonly number?: string;
  readonly name?: string;
}

/** A phone answers to a command within so many milliseconds, or it is gone. */
const answerMs = 5000;
/** A recording that did not grow for so many milliseconds is of a call in which nothing comes in. */
const silentMs = 250;
/** Of a call that was over long ago. */
const forgottenMs = 300_000;

export class Baresip {
  /** Everything the phone told, in order. */
  readonly events: BaresipEvent[] = [];
  readonly #answers = new Map<string, () => void>();
  readonly #socket: Socket;
  readonly #heardFolder: string;
  #buffer = Buffer.alloc(0);
  #tokens = 0;
  /** What rings, by id of the call. */
  readonly #ringing = new Map<string, Ringing>();
  readonly #calls = new Set<string>();

  private constructor(socket: Socket, heardFolder: string) {
    this.#socket = socket;
    this.#heardFolder = heardFolder;
    socket.on('data', (data) => this.#take(data));
    socket.on('error', () => socket.destroy());
  }

  /** Connects to the phone's control socket. */
  static async connect(socketFile: string, heardFolder: string): Promise<Baresip> {
    const socket = connect(socketFile);
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    const phone = new Baresip(socket, heardFolder);
    await phone.command('uastat');
    return phone;
  }

  /** Runs a command of baresip; resolves when it has answered. Fails when the connection is gone. */
  command(command: string, params = ''): Promise<void> {
    const token = String(++this.#tokens);
    const text = JSON.stringify({ command, params, token });
    return new Promise((resolve, reject) => {
      const failed = (): void => {
        this.#answers.delete(token);
        this.#socket.off('close', failed);
        clearTimeout(timer);
        reject(new Error(`The phone does not answer to ${command}.`));
      };
      const timer = setTimeout(failed, answerMs);
      this.#socket.once('close', failed);
      this.#answers.set(token, () => {
        this.#answers.delete(token);
        this.#socket.off('close', failed);
        clearTimeout(timer);
        resolve();
      });
      if (this.#socket.destroyed) failed();
      else this.#socket.write(`${Buffer.byteLength(text)}:${text},`);
    });
  }

  /** What rings last. */
  get ringing(): Ringing | undefined {
    return [...this.#ringing.values()].at(-1);
  }

  get inCall(): boolean {
    return this.#calls.size > 0;
  }

  /** Which of the tones (in Hz) it has heard during the last 0.4 s; nothing when nothing comes in. */
  hears(tones: readonly number[]): number[] {
    const files = readdirSync(this.#heardFolder).map((name) => {
      const file = join(this.#heardFolder, name);
      return { file, age: Date.now() - statSync(file).mtimeMs };
    });
    for (const { file, age } of files) if (age > forgottenMs) rmSync(file, { force: true });
    const coming = files.filter(({ file, age }) => file.endsWith('-dec.wav') && age < silentMs).map(({ file }) => file);
    const heard = new Set(coming.flatMap((file) => loudTones(readFileSync(file), tones, 400)));
    return tones.filter((hertz) => heard.has(hertz));
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(data: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    for (;;) {
      const colon = this.#buffer.indexOf(':');
      if (colon < 0) return;
      const length = Number(this.#buffer.subarray(0, colon).toString('latin1'));
      const end = colon + 1 + length;
      if (this.#buffer.length < end + 1) return;
      // The phone is part of the rig; its messages are only compared.
      const message = JSON.parse(this.#buffer.subarray(colon + 1, end).toString('utf8')) as BaresipEvent;
      this.#buffer = this.#buffer.subarray(end + 1);
      if (message.response === true) this.#answers.get(message.token ?? '')?.();
      else this.#hear(message);
    }
  }

  #hear(event: BaresipEvent): void {
    this.events.push(event);
    const id = event.id ?? '';
    if (event.type === 'CALL_INCOMING') {
      const number = /^sips?:([^@;]*)@/.exec(event.peeruri ?? '')?.[1];
      this.#ringing.set(id, {
        ...(number === undefined ? {} : { number: decodeURIComponent(number) }),
        // As it stands between quotation marks in the SIP header.
        ...(event.peerdisplayname === undefined ? {} : { name: event.peerdisplayname.replace(/\\(.)/g, '$1') }),
      });
    } else if (event.type === 'CALL_ESTABLISHED') {
      this.#ringing.delete(id);
      this.#calls.add(id);
    } else if (event.type === 'CALL_CLOSED') {
      this.#ringing.delete(id);
      this.#calls.delete(id);
    }
  }
}
