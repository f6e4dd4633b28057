/** Presence for every capability that shows people. */
export { PresenceLine, PresencePicture, PresenceSign, usePresenceWords } from '../presence/presence-sign';
export { usePresence } from '../presence/use-presence';
