/**
 * The port to the office's telephone system. The resource is *one side of a call*, the connection of ECMA-269: a call
 * between two users of ours has two of them.
 *
 * Contract, held by `tests/contract/telephone-system.ts` for every adapter:
 * - `start()` returns at once; the link comes up by itself and is taken up again by itself whenever it is lost.
 * - After every (re)connection the adapter asks for the whole state first, then tells `snapshot`, then `link` up.
 *   From `link` down until then nothing it said before is to be trusted.
 * - Every change of a side of a call is told as the whole `connection`, in order. `ended` is told exactly once.
 * - A command resolves when the telephone system has taken it, not when it has had its effect: the effect is an event.
 *   A command that cannot be done throws {@link TelephoneSystemError}.
 * - `dial` with a `requestId` it has seen within ten minutes acts once and returns the first answer again.
 * - Devices are addresses of the telephone system (`PJSIP/330`), named by configuration and never built from an extension.
 *
 *     initiated ─▶ originated ─▶ delivered ─▶ connected ─▶ ended          (outgoing)
 *         └────────────┴─────────────┴──────▶ failed ────▶ ended
 *     alerting ─▶ connected ─▶ ended                                      (incoming)
 *         └─────────────────────▶ ended
 */
import type { CallAbility, CallReason, CallState } from '../../shared/call';

/** Address of a device in the telephone system, such as `PJSIP/330`. Opaque outside of the adapter. */
export type DeviceAddress = string;

/** A device that the service wants to watch and steer, with what the telephone system shows of its user. */
export interface WatchedDevice {
  readonly address: DeviceAddress;
  /** Extension and name of the user whose phone it is: shown to the called party. */
  readonly extension: string;
  readonly displayName: string;
}

/** One side of a call as the telephone system tells it. */
export interface Connection {
  /** Unique for the adapter's life time and beyond; the channel's unique id where there is one. */
  readonly id: string;
  /** Both sides of a call carry the same. */
  readonly callId: string;
  readonly device: DeviceAddress;
  readonly direction: 'incoming' | 'outgoing';
  readonly state: CallState;
  /** The other party as the telephone system knows it: number in its own form (as dialled or as signalled), name. */
  readonly party: { readonly number?: string; readonly name?: string };
  /** With `failed` and `ended`. */
  readonly reason?: CallReason;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly connectedAt?: number;
  /** What the telephone system and this device can do with it now. */
  readonly abilities: readonly CallAbility[];
}

export type TelephoneSystemEvent =
  | { readonly type: 'link'; readonly state: 'up' | 'down' }
  /** All sides of calls there are; what is not in it is over. */
  | { readonly type: 'snapshot'; readonly connections: readonly Connection[] }
  | { readonly type: 'connection'; readonly connection: Connection };

export interface DialCommand {
  readonly device: DeviceAddress;
  /** What one would dial at that device: digits, `*`, `#` only. Converted by the site's dial plan beforehand. */
  readonly dialString: string;
  readonly requestId: string;
}

export interface TelephoneSystem {
  readonly link: 'up' | 'down';
  /** Takes up the link and keeps it. Devices that are not named are neither watched nor steered. */
  start(devices: readonly WatchedDevice[]): void;
  /** Users were added or changed: the new whole list. */
  setDevices(devices: readonly WatchedDevice[]): void;
  stop(): Promise<void>;
  /** Rings the own device first, then dials. Resolves to the own side, state `initiated`. */
  dial(command: DialCommand): Promise<Connection>;
  answer(connectionId: string): Promise<void>;
  /** Ends the own side; refuses it while it rings. */
  hangUp(connectionId: string): Promise<void>;
  /** Sides of calls there are now, by the last snapshot and the events since. */
  connections(): readonly Connection[];
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: TelephoneSystemEvent) => void): () => void;
}

/** Makes an adapter out of a site's configuration (`site.telephone_system`); throws ConfigurationError with what to mend. */
export type TelephoneSystemFactory = (settings: unknown) => TelephoneSystem;

export type TelephoneSystemFailure =
  'unavailable' | 'not-supported' | 'unknown-connection' | 'unknown-device' | 'refused';

/** A command could not be done. */
export class TelephoneSystemError extends Error {
  constructor(
    readonly reason: TelephoneSystemFailure,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'TelephoneSystemError';
  }
}
