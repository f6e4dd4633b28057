import { createNumberRules } from '../../shared/phone-number';
import { numberLibrary } from '../../sync-service/numbers/number-library';
import { createFakeDirectorySource } from '../fakes/directory-source';
import { munich } from '../fixtures/dial-plans';
import { directorySourceContract } from './directory-source';

const rules = createNumberRules(numberLibrary);

directorySourceContract('in memory', 'personal', (entries) => {
  const items = entries.map(({ displayName, number, email }, index) => ({
    id: `item-${index}`,
    directory: 'personal' as const,
    displayName,
    numbers: [{ kind: 'business' as const, ...rules.readNumber(number, munich) }],
    emails: email === undefined ? [] : [email],
  }));
  return Promise.resolve({
    source: createFakeDirectorySource(items, ({ userId }) => userId === 'anna'),
    viewer: { userId: 'anna', siteId: 'munich', dialPlan: munich },
    stranger: { userId: 'bert', siteId: 'munich', dialPlan: munich },
  });
});
