/** Deletes entries older than a span, or all (JRN-3); says how many before it does. */
import { Button, Field, makeStyles, Select, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useFormats, useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import type { JournalModel } from './journal-model';
import { deletionAges, olderThan, type DeletionAge } from './journal-times';
import { journalTexts } from './texts';

const useStyles = makeStyles({
  panel: {
    display: 'grid',
    flexShrink: 0,
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalM,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  text: { margin: 0 },
  asked: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** Undefined: not counted yet; `many`: too many to count. */
type Count = number | 'many' | undefined;

export function DeleteMany({ model, onClose }: { readonly model: JournalModel; readonly onClose: () => void }) {
  const styles = useStyles();
  const t = useText(journalTexts);
  const { cancel } = useText();
  const { count: counted, dateTime } = useFormats();
  const { client } = useServices();
  const [age, setAge] = useState<DeletionAge | 'all'>('1-month');
  const [before, setBefore] = useState(() => olderThan('1-month', new Date(client.serverNow())));
  const [count, setCount] = useState<Count>();
  useEffect(() => {
    let outdated = false;
    model
      .countBefore(before)
      .then((found) => {
        if (!outdated) setCount(found ?? 'many');
      })
      .catch(() => {
        // The question is asked without the number.
        if (!outdated) setCount('many');
      });
    return () => {
      outdated = true;
    };
  }, [model, before]);
  const choose = (next: DeletionAge | 'all') => {
    const now = new Date(client.serverNow());
    setAge(next);
    setCount(undefined);
    setBefore(next === 'all' ? now : olderThan(next, now));
  };
  const time = dateTime(before.toISOString());
  const question =
    count === undefined
      ? t.counting
      : count === 0
        ? t.noneOlder
        : age === 'all' && count !== 'many'
          ? t.deleteAllQuestion(counted(count))
          : count === 'many'
            ? t.deleteManyQuestion(time)
            : t.deleteOlderQuestion(counted(count), time);
  const possible = count !== undefined && count !== 0;
  return (
    <div className={styles.panel} role="group" aria-label={t.deleteWhat}>
      <Field label={t.deleteWhat}>
        <Select value={age} onChange={(_, { value }) => choose(deletionAges.find((known) => known === value) ?? 'all')}>
          {deletionAges.map((one) => (
            <option key={one} value={one}>
              {t.ages[one]}
            </option>
          ))}
          <option value="all">{t.ageAll}</option>
        </Select>
      </Field>
      <p className={styles.asked} role="status">
        {question}
      </p>
      {possible && <p className={styles.text}>{t.deleteForGood}</p>}
      <div className={styles.buttons}>
        <Button
          appearance="primary"
          disabledFocusable={!possible}
          onClick={() => {
            void model.deleteBefore(before);
            onClose();
          }}
        >
          {t.confirmDelete}
        </Button>
        <Button onClick={onClose}>{cancel}</Button>
      </div>
    </div>
  );
}
