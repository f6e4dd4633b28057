/** What is new in each version, newest first, in the pane's language where somebody has written it. */
import { makeStyles, MessageBar, MessageBarBody, Spinner, tokens } from '@fluentui/react-components';
import type { Release, ReleaseNote } from '../../shared/release';
import { useFormats, useText } from '../shell/i18n/text';
import { useErrorText } from '../shell/use-error-text';
import { updatesTexts } from './texts';
import { useReleases } from './use-about';

const useStyles = makeStyles({
  heading: { margin: `${tokens.spacingVerticalS} 0 0`, fontSize: tokens.fontSizeBase300 },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  points: { margin: 0, paddingLeft: tokens.spacingHorizontalL, color: tokens.colorNeutralForeground2 },
});

export function ReleaseNotes() {
  const styles = useStyles();
  const t = useText(updatesTexts);
  const shared = useText();
  const errorText = useErrorText();
  const { value: releases, error } = useReleases();
  if (error !== undefined)
    return (
      <MessageBar intent="error" layout="multiline" role="alert">
        <MessageBarBody>{errorText(error)}</MessageBarBody>
      </MessageBar>
    );
  if (releases === undefined) return <Spinner size="tiny" label={shared.loading} />;
  if (releases.length === 0) return <p className={styles.text}>{t.noReleases}</p>;
  return releases.map((release) => <NotesOf key={release.version} release={release} />);
}

function NotesOf({ release }: { release: Release }) {
  const styles = useStyles();
  const t = useText(updatesTexts);
  const { language } = useFormats();
  const notes = (language === 'de' ? release.notes.de : undefined) ?? release.notes.en;
  // A day has no time zone.
  const day =
    release.date === undefined
      ? undefined
      : new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(release.date));
  return (
    <article>
      <h3 className={styles.heading}>
        {day === undefined ? t.release(release.version) : t.released(release.version, day)}
      </h3>
      {sentencesOf(notes).map((text) => (
        <p key={text} className={styles.text}>
          {text}
        </p>
      ))}
      <ul className={styles.points}>
        {notes
          .filter(({ point }) => point)
          .map(({ text }) => (
            <li key={text}>{text}</li>
          ))}
      </ul>
    </article>
  );
}

function sentencesOf(notes: readonly ReleaseNote[]): string[] {
  return notes.filter(({ point }) => !point).map(({ text }) => text);
}
