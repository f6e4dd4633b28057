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
 * - `dial`, `consult` and `pickUp` with a `requestId` has seen within ten minutes act once and return the first answer again.
 * - Abilities are what works now. A command whose ability is not there throws `refused` (wrong state) or `not-supported`.
 * - Calls go on while nobody is connected: no command leaves a call that only this process could end or bring back. A
 *   party that is held rings its holder again when he goes away.
 * - A call record is told once its side of the call is over, also for the time nobody listened: `callRecords` from the
 *   cursor that was kept gives each exactly once. `call-records` is the wake-up.
 * - A call that is made with the user's mobile (`callBackTo`) is one call, to whom he wants to reach: the mobile rings first and
 *   is shown the user's extension, the called party sees the same as of a call from his device. The side is told for the
 *   device, which stays free, and says `ownMobile`; when the mobile is not answered nobody else is called and there is no
 *   record. What can be done with it is to hang up.
 * - Devices are addresses of the telephone system (`PJSIP/330`), named by configuration and never built from an extension.
 * - What is published of a user holds while nobody is connected: do not disturb is busy, and a status with a target sends
 *   calls there, to the voice box where that is the target; a call that is sent on for the sixth time is in a circle and
 *   fails. Presence and forwarding are written apart, each unless a later one is in force. People change both with star
 *   codes at their phones, which is told as `published`; a phone whose extension was never published has no star codes.
 *   Whoever gets an extension after somebody inherits nothing: another owner's values neither count as later nor stay.
 *
 *     initiated ─▶ originated ─▶ delivered ─▶ connected ─▶ ended          (outgoing)
 *         └────────────┴─────────────┴──────▶ failed ────▶ ended
 *     alerting ─▶ connected ─▶ ended                                      (incoming)
 *         └─────────────────────▶ ended
 *     connected ◀─▶ held                                                  (hold, resume, alternate)
 */
import type { CallAbility, CallReason, CallState, OwnMobileState } from '../../shared/call';
import type { PresenceAuthor, PresenceStatus, PresenceVisibility } from '../../shared/presence';

/** Address of a device in the telephone system, such as `PJSIP/330`. Opaque outside of the adapter. */
export type DeviceAddress = string;

/** A device that the service wants to watch and steer, with what the telephone system shows of its user. */
export interface WatchedDevice {
  readonly address: DeviceAddress;
  /** Extension and name of the user whose phone it is: shown to the called party. */
  readonly extension: string;
  readonly displayName: string;
}

/** A party as the telephone system knows it: number in its own form (as dialled or as signalled), name. */
export interface Party {
  readonly number?: string;
  readonly name?: string;
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
  /** The other party. Empty while a call that is picked up is not accepted yet. */
  readonly party: Party;
  /** With `held`: who put it on hold; `me` when both did. */
  readonly heldBy?: 'me' | 'other';
  /** Id of the own other side: this is its consultation, or the other way round. */
  readonly related?: string;
  /** In a conference: everybody else besides `party`. */
  readonly others?: readonly Party[];
  /** Incoming: whom the caller had called before. */
  readonly redirectedFrom?: Party;
  /** With `ended`: who has the call now. */
  readonly takenBy?: Party;
  readonly purpose?: 'pick-up';
  /** The call is made with the mobile of the device's user. An end while it is `called` tells why that was not answered. */
  readonly ownMobile?: OwnMobileState;
  /** With `failed` and `ended`. */
  readonly reason?: CallReason;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly connectedAt?: number;
  /** What the telephone system and this device can do with it now. */
  readonly abilities: readonly CallAbility[];
}

/** What the telephone system keeps of a user by itself, so that it holds while nobody is connected. */
export interface PublishedPresence {
  readonly status: PresenceStatus;
  /** Milliseconds since 1970; kept in whole seconds. */
  readonly returnAt?: number;
  /** As `presenceTextProblem` allows. */
  readonly text?: string;
  readonly visibility: PresenceVisibility;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
  readonly changedBy: PresenceAuthor;
}

/** Where the calls of a user go: digits as they are dialled, no star codes. */
export type PublishedTarget = 'voicemail' | { readonly dialString: string };

export interface PublishedForwarding {
  /** By status; absent is off. Do not disturb has none: its callers hear that it is busy. */
  readonly targets: Readonly<Partial<Record<PresenceStatus, PublishedTarget>>>;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
  readonly changedBy: PresenceAuthor;
}

/** What is in force at an extension. */
export interface PublishedState {
  readonly extension: string;
  /** Owner mark: the immutable id of the user whose it is. Absent: nothing was published, or it was withdrawn. */
  readonly userId?: string;
  readonly presence?: PublishedPresence;
  readonly forwarding?: PublishedForwarding;
}

export interface PublishCommand {
  readonly extension: string;
  /** The immutable id of the user. */
  readonly owner: string;
  /** What is absent is left as it is, unless it is another owner's. */
  readonly presence?: PublishedPresence;
  readonly forwarding?: PublishedForwarding;
}

export type TelephoneSystemEvent =
  | { readonly type: 'link'; readonly state: 'up' | 'down' }
  /** All sides of calls there are; what is not in it is over. */
  | { readonly type: 'snapshot'; readonly connections: readonly Connection[] }
  | { readonly type: 'connection'; readonly connection: Connection }
  /** There are new call records. */
  | { readonly type: 'call-records' }
  /** Presence or forwarding was changed at the telephone system: the whole of what is in force there now. */
  | { readonly type: 'published'; readonly state: PublishedState };

export interface DialCommand {
  readonly device: DeviceAddress;
  /** What one would dial at that device: digits, `*`, `#` only. Converted by the site's dial plan beforehand. */
  readonly dialString: string;
  /**
   * Calls this number first in place of the device: the user's mobile, as it is dialled at the device. Digits only, and it
   * leads out of the office. Where `callsBack` is false such a command throws `not-supported`.
   */
  readonly callBackTo?: string;
  readonly requestId: string;
}

export interface ConsultCommand {
  /** The connected side that is held meanwhile. */
  readonly connectionId: string;
  readonly dialString: string;
  readonly requestId: string;
}

export interface PickUpCommand {
  /** The own device, which is called and fetches the call when it is lifted (or answers by itself where it can). */
  readonly device: DeviceAddress;
  /** The side that rings at the colleague's device. */
  readonly connectionId: string;
  readonly requestId: string;
}

/** Where a call is sent: the other party of `connectionId`, or what one would dial. */
export type TransferTarget = { readonly connectionId: string } | { readonly dialString: string };
export type DeflectTarget = { readonly voicemail: true } | { readonly dialString: string };

/** A side of a call that is over, for the journal. */
export interface CallRecord {
  /** Unique and stable: the same record read twice has the same. */
  readonly id: string;
  /** As {@link Connection.callId}: records of one call share it. */
  readonly callId: string;
  readonly device: DeviceAddress;
  readonly direction: 'incoming' | 'outgoing';
  readonly party: Party;
  readonly result: 'answered' | 'not-answered' | 'taken-over';
  /** With `not-answered`. */
  readonly reason?: CallReason;
  /** The group that was called. */
  readonly group?: Party;
  /** With `taken-over`: who has it. */
  readonly takenBy?: Party;
  /** Whom the caller had called: forwarded to this device, or picked up here. */
  readonly redirectedFrom?: Party;
  /** The caller was sent to the voice box. */
  readonly voicemail?: boolean;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly connectedAt?: number;
  readonly endedAt: number;
}

/** What an adapter asks the service. */
export interface CallerNames {
  /** Name to show at the device for a caller's number as signalled; undefined when nobody is known. Never rejects. */
  nameOf(device: DeviceAddress, number: string): Promise<string | undefined>;
}

export interface TelephoneSystem {
  readonly link: 'up' | 'down';
  /** Whether calls can be made with the user's mobile ({@link DialCommand.callBackTo}). */
  readonly callsBack: boolean;
  /** Takes up the link and keeps it. Devices that are not named are neither watched nor steered. */
  start(devices: readonly WatchedDevice[], names?: CallerNames): void;
  /** Users were added or changed: the new whole list. */
  setDevices(devices: readonly WatchedDevice[]): void;
  stop(): Promise<void>;
  /** Rings the own device, or the mobile to call back, first, then dials. Resolves to the own side, state `initiated`. */
  dial(command: DialCommand): Promise<Connection>;
  answer(connectionId: string): Promise<void>;
  /** Ends the own side; refuses it while it rings. Held calls of the same phone are not touched. */
  hangUp(connectionId: string): Promise<void>;
  hold(connectionId: string): Promise<void>;
  /** Of a side that I hold. A connected or still ringing consultation of it is ended first. */
  resume(connectionId: string): Promise<void>;
  /** Holds the side and dials; resolves to the new side, `originated`, with `related`. */
  consult(command: ConsultCommand): Promise<Connection>;
  /** Of the held one of two sides of a device: holds the other and resumes this. */
  alternate(connectionId: string): Promise<void>;
  /** Connects the other party with the target; the own sides end as `transferred`. The target may still ring. */
  transfer(connectionId: string, target: TransferTarget): Promise<void>;
  /** Of the connected one of two: all three talk. The held side carries it on (`others`), this one ends as `conferenced`. */
  conference(connectionId: string): Promise<void>;
  /** Sends on what rings; the own side ends as `forwarded`. */
  deflect(connectionId: string, target: DeflectTarget): Promise<void>;
  /** Resolves to the own side, `initiated`, `purpose: 'pick-up'`, party withheld; throws `taken` when nothing rings there any more. */
  pickUp(command: PickUpCommand): Promise<Connection>;
  /** Records after the cursor, oldest first, at most `limit`; from the beginning of what there is without one. */
  callRecords(
    cursor: string | undefined,
    limit: number,
  ): Promise<{ readonly records: readonly CallRecord[]; readonly cursor: string; readonly more: boolean }>;
  /**
   * Whether there is somewhere to send what is dialled, as far as the telephone system can tell: true where it cannot.
   * Throws `unavailable`.
   */
  reaches(dialString: string): Promise<boolean>;
  /**
   * Writes what is given unless something later (by `changedAt`) is in force; resolves to what is in force afterwards.
   * Throws `unavailable`, and `refused` for what cannot be kept there: an extension, a target or a text with other signs.
   * Where the telephone system keeps nothing of the kind, this and the two below throw `not-supported`: what people set is
   * then kept and shown by the service alone, and told as not in force.
   */
  publish(command: PublishCommand): Promise<PublishedState>;
  /** What is in force, one state for each extension, in this order. Throws `unavailable`. */
  published(extensions: readonly string[]): Promise<readonly PublishedState[]>;
  /** Removes whatever is published there. Throws `unavailable`. */
  withdraw(extension: string): Promise<void>;
  /** Sides of calls there are now, by the last snapshot and the events since. */
  connections(): readonly Connection[];
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: TelephoneSystemEvent) => void): () => void;
}

/** Makes an adapter out of a site's configuration (`site.telephone_system`); throws ConfigurationError with what to mend. */
export type TelephoneSystemFactory = (settings: unknown) => TelephoneSystem;

export type TelephoneSystemFailure =
  'unavailable' | 'not-supported' | 'unknown-connection' | 'unknown-device' | 'refused' | 'taken';

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
