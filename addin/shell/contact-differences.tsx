/** Two images of a contact, field by field: what was there before, and what is or would be there now. */
import { makeStyles, tokens } from '@fluentui/react-components';
import { differencesOf } from '../../shared/sync-history';
import type { ContactImage, DifferenceField } from '../../shared/sync-history';
import { differenceTexts } from './contact-differences-texts';
import { useText } from './i18n/text';

const useStyles = makeStyles({
  fields: {
    margin: 0,
    display: 'grid',
    gap: tokens.spacingVerticalXS,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  name: { color: tokens.colorNeutralForeground2 },
  value: {
    margin: 0,
    overflowWrap: 'anywhere',
    // Notes may be long, and a row is no place to read them.
    maxHeight: `calc(4 * ${tokens.lineHeightBase200})`,
    overflow: 'hidden',
  },
  word: { color: tokens.colorNeutralForeground2 },
});

/** Of a contact that comes or goes the name stands above already. */
const nameFields: ReadonlySet<DifferenceField> = new Set(['displayName', 'givenName', 'surname']);

interface Props {
  readonly before: ContactImage | undefined;
  readonly after: ContactImage | undefined;
  /** What the two are called where neither took the other's place; "before" and "now" where absent. */
  readonly names?: { readonly before: string; readonly after: string };
}

/** Where one image is not there, the other's fields are told without "before" and "now". */
export function ContactDifferences({ before, after, names }: Props) {
  const styles = useStyles();
  const t = useText(differenceTexts);
  const { numberKinds } = useText();
  const differences = differencesOf(before, after, (kind) => numberKinds[kind]);
  const both = before !== undefined && after !== undefined;
  const shown = both ? differences : differences.filter(({ field }) => !nameFields.has(field));
  if (shown.length === 0) return null;
  return (
    <dl className={styles.fields}>
      {shown.map(({ field, before: old, after: fresh }) => (
        <div key={field}>
          <dt className={styles.name}>{t.fields[field]}</dt>
          {both ? (
            <>
              <dd className={styles.value}>
                <span className={styles.word}>{names?.before ?? t.before}:</span>{' '}
                {old === '' ? t.empty : names ? old : <del>{old}</del>}
              </dd>
              <dd className={styles.value}>
                <span className={styles.word}>{names?.after ?? t.now}:</span>{' '}
                {fresh === '' ? t.empty : names ? fresh : <ins>{fresh}</ins>}
              </dd>
            </>
          ) : (
            <dd className={styles.value}>{old === '' ? fresh : old}</dd>
          )}
        </div>
      ))}
    </dl>
  );
}
