/** The actions that ring the own phone first: click to dial and pick-up. Pure. */
import type { WatchedDevice } from '../telephone-system';
import type { AmiFields } from './ami-message';
import type { AsteriskSettings } from './asterisk-settings';
import { contexts } from './channel';

/** Where our dialplan calls a mobile back. */
const callBackContext = 'uc-callback';
const longestName = 80;
/** So long the own phone rings to be lifted for a pick-up, in seconds. */
const pickUpRingSeconds = 15;
/** Tells a phone that it may answer by itself. */
const autoAnswer = 'PJSIP_HEADER(add,Call-Info)=<sip:pbx>;answer-after=0';

/**
 * Encodes a name so that nothing of it can end a value, a quoted string or an expression on its way: letters, digits and
 * `%-._` only. The dialplan decodes it as its last step. Control characters are left out.
 */
export function encodeName(name: string): string {
  const short = [...name.replace(/\p{C}/gu, ' ').trim()].slice(0, longestName).join('');
  return encodeURIComponent(short).replace(
    /[!'()*~]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** Fields of Originate: rings the device and then dials in our dialplan. `dialString` holds digits, `*` and `#` only. */
export function originateFields(
  device: WatchedDevice,
  dialString: string,
  channelId: string,
  settings: Pick<AsteriskSettings, 'dialContext' | 'ownPhoneRingSeconds'>,
): AmiFields {
  return {
    Channel: device.address,
    ChannelId: channelId,
    Context: settings.dialContext,
    Exten: 's',
    Priority: '1',
    Async: 'true',
    Timeout: String(settings.ownPhoneRingSeconds * 1000),
    // What the own phone shows while it rings.
    CallerID: `"${dialString}" <${dialString}>`,
    Variable: [
      `UC_DIALLED=${dialString}`,
      `UC_EXTENSION=${device.extension.replace(/[^0-9*#]/g, '')}`,
      `UC_NAME=${encodeName(device.displayName)}`,
    ],
  };
}

/**
 * Fields of Originate: our dialplan calls the mobile as the device would, and dials once that is answered. `dialString` and
 * `mobile` hold digits, `*` and `#` only.
 */
export function callBackFields(
  device: WatchedDevice,
  dialString: string,
  mobile: string,
  channelId: string,
  settings: Pick<AsteriskSettings, 'dialContext' | 'mobileCodec' | 'mobileRingSeconds'>,
): AmiFields {
  return {
    Channel: `Local/s@${callBackContext}/n`,
    ChannelId: channelId,
    // Asterisk would name the far half by the near one's id and ";2", and Bridge() takes a part of an id for the whole: it
    // then connected with the wrong half, and the mobile fell out of the call.
    OtherChannelId: `far-${channelId}`,
    Codecs: settings.mobileCodec,
    Context: settings.dialContext,
    Exten: 's',
    Priority: '1',
    Async: 'true',
    Timeout: String(settings.mobileRingSeconds * 1000),
    Variable: [
      `UC_CALLBACK=${device.address}`,
      `UC_MOBILE=${mobile}`,
      `UC_DIALLED=${dialString}`,
      `UC_EXTENSION=${device.extension.replace(/[^0-9*#]/g, '')}`,
      `UC_NAME=${encodeName(device.displayName)}`,
    ],
  };
}

/**
 * Fields of Originate: rings the device, which shows the colleague and not his caller, and fetches what rings at
 * `targetId` once it is lifted, or at once where it answers by itself.
 */
export function pickUpFields(
  device: WatchedDevice,
  colleague: WatchedDevice,
  targetId: string,
  channelId: string,
  settings: Pick<AsteriskSettings, 'phonesAutoAnswer'>,
): AmiFields {
  const letters = [...colleague.displayName.replace(/[^\p{L}\p{N} .'-]/gu, ' ')];
  const name = letters.slice(0, longestName).join('');
  return {
    Channel: device.address,
    ChannelId: channelId,
    Context: contexts.pickUp,
    Exten: 's',
    Priority: '1',
    Async: 'true',
    Timeout: String(pickUpRingSeconds * 1000),
    CallerID: `"${name.trim()}" <${colleague.extension.replace(/[^0-9*#]/g, '')}>`,
    Variable: [
      `UC_TARGET=${targetId}`,
      `UC_EXTENSION=${device.extension.replace(/[^0-9*#]/g, '')}`,
      `UC_NAME=${encodeName(device.displayName)}`,
      ...(settings.phonesAutoAnswer ? [autoAnswer] : []),
    ],
  };
}
