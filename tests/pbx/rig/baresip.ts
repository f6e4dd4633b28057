/** A baresip phone, steered over its control port (netstrings with JSON), and what it hears. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
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

export class Baresip {
  /** Everything the phone told, in order. */
  readonly events: BaresipEvent[] = [];
  readonly #answers = new Map<string, () => void>();
  readonly #socket: Socket;
  readonly #heardFile: string;
  #buffer = Buffer.alloc(0);
  #tokens = 0;
  /** What rings, by id of the call. */
  readonly #ringing = new Map<string, Ringing>();
  readonly #calls = new Set<string>();

  private constructor(socket: Socket, heardFile: string) {
    this.#socket = socket;
    this.#heardFile = heardFile;
    socket.on('data', (data) => this.#take(data));
    socket.on('error', () => socket.destroy());
  }

  /** Connects to the phone's control socket. */
  static async connect(socketFile: string, heardFile: string): Promise<Baresip> {
    const socket = connect(socketFile);
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    const phone = new Baresip(socket, heardFile);
    await phone.command('uastat');
    return phone;
  }

  /** Runs a command of baresip; resolves when it has answered. Fails when the connection is gone. */
  command(command: string, params = ''): Promise<void> {
    const token = String(++this.#tokens);
    const text = JSON.stringify({ command, params, token });
    return new Promise((resolve, reject) => {
      const failed = (): void => reject(new Error(`The phone does not answer to ${command}.`));
      this.#socket.once('close', failed);
      this.#answers.set(token, () => {
        this.#socket.off('close', failed);
        resolve();
      });
      this.#socket.write(`${Buffer.byteLength(text)}:${text},`);
    });
  }

  /** What rings last. */
  get ringing(): Ringing | undefined {
    return [...this.#ringing.values()].at(-1);
  }

  get inCall(): boolean {
    return this.#calls.size > 0;
  }

  /** Which of the tones (in Hz) it has heard during the last 0.4 s. */
  hears(tones: readonly number[]): number[] {
    return loudTones(readFileSync(this.#heardFile), tones, 400);
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
