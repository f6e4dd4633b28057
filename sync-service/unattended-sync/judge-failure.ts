/** What an error of a run means for the mailbox. */
import { ServiceError } from '../../shared/errors';
import { SourceError } from '../../shared/mailbox/contact-source';
import { GraphRefusal } from '../../shared/mailbox/graph-request';
import type { UnattendedProblem } from '../../shared/unattended-sync';
import { CredentialError } from './mailbox-credentials';

export interface JudgedFailure {
  readonly problem: UnattendedProblem;
  readonly retryAfterMs?: number | undefined;
}

/** Microsoft's words for a mailbox that is not there, or not any more. */
const goneCodes = /^(ErrorInvalidUser|ErrorNonExistentMailbox|Request_ResourceNotFound)$/i;

/** Total: an error that nobody expected is the service's own fault. */
export function judgeFailure(error: unknown): JudgedFailure {
  if (error instanceof CredentialError) return { problem: error.problem, retryAfterMs: error.retryAfterMs };
  if (error instanceof SourceError) {
    const { cause } = error;
    if (cause instanceof CredentialError) return judgeFailure(cause);
    if (cause instanceof GraphRefusal) {
      if (goneCodes.test(cause.code)) return { problem: 'mailbox-gone' };
      return { problem: error.reason, retryAfterMs: cause.retryAfterMs };
    }
    return { problem: error.reason };
  }
  if (error instanceof ServiceError) return { problem: 'service-fault', retryAfterMs: error.retryAfterMs };
  return { problem: 'service-fault' };
}
