/** What callers are told who want to wait for a colleague. */
import { watchLimit } from '../../shared/colleague-free';
import { ServiceError } from '../../shared/errors';

export const colleagueUnknown = () =>
  new ServiceError('not-found', 'There is no such colleague in your internal directory. Search for him again.');

export const tooManyWatches = () =>
  new ServiceError('watches-full', 'You wait for as many colleagues as one may. Stop waiting for some first.', {
    details: [{ reason: 'too-many-watches', value: watchLimit }],
  });
