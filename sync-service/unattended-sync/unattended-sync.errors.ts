/** What unattended sync refuses, each with what to do. */
import { ServiceError } from '../../shared/errors';

export function unavailable(): ServiceError {
  return new ServiceError(
    'unattended-sync-unavailable',
    'This installation reads no mailboxes by itself. The administrator sets that up in the section microsoft of the configuration.',
  );
}

export function ownMailboxUnknown(): ServiceError {
  return new ServiceError(
    'own-mailbox-unknown',
    'No e-mail address is known for this user. The administrator enters it in the user’s data; then try again.',
  );
}

export function notByApplication(): ServiceError {
  return new ServiceError(
    'unattended-sync-unavailable',
    'Only an installation that reads mailboxes with the rights of the application (unattendedSync: app-only) can do it without an act of the user.',
  );
}

export function noSuchUser(): ServiceError {
  return new ServiceError('not-found', 'There is no user of this name.');
}

export function noMailboxAt(address: string): ServiceError {
  return new ServiceError('not-found', `No mailbox of the address ${address} is read by the service.`);
}

export function noSuchMailbox(): ServiceError {
  return new ServiceError('not-found', 'This mailbox is not read by the service (any more).');
}
