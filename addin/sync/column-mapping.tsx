/** What each column of a table is taken for, and correcting it before the import. */
import { Button, Field, makeStyles, Select, Switch, tokens } from '@fluentui/react-components';
import { ChevronDown16Regular, ChevronRight16Regular } from '@fluentui/react-icons';
import { useId, useState } from 'react';
import { numberKinds } from '../../shared/contact';
import { columnUses, type ColumnUse, type TableReading } from '../../shared/contact-file';
import { useFormats, useText } from '../shell/i18n/text';
import { fileTexts } from './file-texts';

/** Columns that are shown at once besides those that are taken. */
const portion = 20;

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', alignItems: 'stretch', gap: tokens.spacingVerticalS },
  toggle: {
    paddingInline: 0,
    alignSelf: 'flex-start',
    justifyContent: 'flex-start',
    textAlign: 'start',
    minWidth: 0,
  },
  columns: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, margin: 0, padding: 0 },
  column: { listStyleType: 'none', overflowWrap: 'anywhere' },
  select: { minWidth: 0, width: '100%' },
  muted: { margin: 0, color: tokens.colorNeutralForeground2 },
});

interface Props {
  readonly table: TableReading;
  readonly onUse: (index: number, use: ColumnUse | undefined) => void;
  readonly onHeader: (header: boolean) => void;
}

export function ColumnMapping({ table, onUse, onHeader }: Props) {
  const styles = useStyles();
  const t = useText(fileTexts);
  const { count } = useFormats();
  const id = useId();
  const [opened, setOpened] = useState(false);
  const [others, setOthers] = useState(portion);
  // Where something is missing there is nothing else to do.
  const open = opened || table.missing !== undefined;
  const taken = table.columns.filter(({ use }) => use !== undefined);
  const held = table.columns.filter(({ use, samples }) => use === undefined && samples.length > 0);
  // In the order of the table, so that a column stays in its place when its use changes.
  const shown = new Set([...taken, ...held.slice(0, others)]);
  const more = held.length - others;
  return (
    <div className={styles.section} data-columns="">
      {table.missing === undefined ? (
        <Button
          appearance="transparent"
          className={styles.toggle}
          icon={open ? <ChevronDown16Regular /> : <ChevronRight16Regular />}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpened(!open)}
        >
          {t.columnsTaken(count(taken.length), count(table.columns.length))}
        </Button>
      ) : (
        <strong role="status">{t.missing[table.missing]}</strong>
      )}
      <div id={id} hidden={!open} className={open ? styles.section : undefined}>
        {open && (
          <>
            <Switch label={t.header} checked={table.header} onChange={(_event, { checked }) => onHeader(checked)} />
            <ul className={styles.columns}>
              {table.columns
                .filter((column) => shown.has(column))
                .map(({ index, name, use, samples }) => (
                  <li key={index} className={styles.column}>
                    <Field
                      label={name === '' ? t.column(count(index + 1)) : name}
                      hint={samples.length === 0 ? t.emptyColumn : samples.join(' · ')}
                    >
                      <Select
                        className={styles.select}
                        value={use ?? ''}
                        onChange={(_event, { value }) =>
                          onUse(
                            index,
                            columnUses.find((known) => known === value),
                          )
                        }
                      >
                        <option value="">{t.notTaken}</option>
                        <UseOptions />
                      </Select>
                    </Field>
                  </li>
                ))}
            </ul>
            {more > 0 && (
              <Button className={styles.toggle} appearance="transparent" onClick={() => setOthers(others + portion)}>
                {t.moreColumns(count(more))}
              </Button>
            )}
          </>
        )}
      </div>
    </div>
  );
}

const kinds: ReadonlySet<string> = new Set(numberKinds);

function UseOptions() {
  const t = useText(fileTexts);
  const { numberKinds: kindTexts } = useText();
  return (
    <>
      <optgroup label={t.useTexts}>
        {columnUses.map((use) =>
          isText(use) ? (
            <option key={use} value={use}>
              {t.uses[use]}
            </option>
          ) : null,
        )}
      </optgroup>
      <optgroup label={t.useNumbers}>
        {numberKinds.map((kind) => (
          <option key={kind} value={kind}>
            {t.useNumber(kindTexts[kind])}
          </option>
        ))}
      </optgroup>
    </>
  );
}

function isText(use: ColumnUse): use is Exclude<ColumnUse, (typeof numberKinds)[number]> {
  return !kinds.has(use);
}
