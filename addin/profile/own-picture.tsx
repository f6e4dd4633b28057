/** The own picture (SET-2): chosen, looked at, sent, deleted. */
import { Avatar, Button, makeStyles, MessageBar, MessageBarBody, Spinner, tokens } from '@fluentui/react-components';
import { Delete20Regular, Image20Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import { ownPicture } from '../../shared/profile';
import type { SignedInUser } from '../../shared/profile';
import { useFormats, useText } from '../shell/i18n/text';
import { PersonAvatar } from '../shell/person-avatar';
import { useServices } from '../shell/services';
import { useAttempt } from '../shell/use-attempt';
import { useErrorText } from '../shell/use-error-text';
import { pictureProblem } from './detail-problems';
import { profileTexts } from './texts';
import type { OwnProfileModel } from './use-own-profile';

const useStyles = makeStyles({
  part: { display: 'grid', gap: tokens.spacingVerticalS },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  left: { justifySelf: 'start' },
});

interface Props {
  readonly user: SignedInUser;
  readonly model: Pick<OwnProfileModel, 'putPicture' | 'deletePicture'>;
}

export function OwnPicture({ user, model }: Props) {
  const styles = useStyles();
  const t = useText(profileTexts);
  const { cancel } = useText();
  const { count } = useFormats();
  const errorText = useErrorText();
  const { announce } = useServices();
  const { busy, error, attempt, forget } = useAttempt();
  const [chosen, setChosen] = useState<{ readonly file: File; readonly url: string }>();
  const [fault, setFault] = useState<string>();
  const [asking, setAsking] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const sending = useRef<AbortController>(undefined);
  useEffect(() => () => sending.current?.abort(), []);
  useEffect(() => {
    if (chosen) return () => URL.revokeObjectURL(chosen.url);
  }, [chosen]);

  const choose = (file: File | undefined) => {
    forget();
    setAsking(false);
    setFault(undefined);
    setChosen(undefined);
    if (file === undefined) return;
    if (file.size > ownPicture.maxBytes) setFault(t.tooLarge(count(Math.ceil(file.size / 1024))));
    else setChosen({ file, url: URL.createObjectURL(file) });
  };
  const send = (file: File) =>
    attempt(async () => {
      const stop = new AbortController();
      sending.current = stop;
      try {
        await model.putPicture(file, stop.signal);
      } catch (failure) {
        if (stop.signal.aborted) return;
        throw failure;
      }
      setChosen(undefined);
      announce(t.pictureSaved);
    });
  const remove = () =>
    attempt(async () => {
      await model.deletePicture();
      setAsking(false);
      announce(t.pictureDeleted);
    });
  const refusal = pictureProblem(error);
  const known = Object.entries(t.pictureProblems).find(([reason]) => reason === refusal)?.[1];
  const told = fault ?? (error === undefined ? undefined : (known ?? errorText(error)));
  return (
    <div role="group" aria-label={t.picture} className={styles.part}>
      <div className={styles.line}>
        {chosen === undefined ? (
          <PersonAvatar name={user.displayName} picture={user.picture} size={72} />
        ) : (
          <Avatar size={72} aria-label={t.previewOf(chosen.file.name)} image={{ src: chosen.url, alt: '' }} />
        )}
        <div className={styles.buttons}>
          {chosen === undefined ? (
            <>
              <Button icon={<Image20Regular />} disabledFocusable={busy} onClick={() => input.current?.click()}>
                {t.choosePicture}
              </Button>
              {user.picture !== undefined && !asking && (
                <Button icon={<Delete20Regular />} onClick={() => setAsking(true)}>
                  {t.deletePicture}
                </Button>
              )}
            </>
          ) : (
            <>
              <Button appearance="primary" disabledFocusable={busy} onClick={() => void send(chosen.file)}>
                {t.usePicture}
              </Button>
              <Button
                onClick={() => {
                  sending.current?.abort();
                  choose(undefined);
                }}
              >
                {cancel}
              </Button>
            </>
          )}
        </div>
        <input
          ref={input}
          type="file"
          accept=".jpg,.jpeg,.png,image/jpeg,image/png"
          aria-label={t.choosePicture}
          hidden
          onChange={({ target }) => {
            choose(target.files?.[0]);
            // The same file can be chosen again.
            target.value = '';
          }}
        />
      </div>
      {asking && (
        <>
          <p className={styles.text}>{t.deletePictureQuestion}</p>
          <div className={styles.buttons}>
            <Button appearance="primary" disabledFocusable={busy} onClick={() => void remove()}>
              {t.deletePicture}
            </Button>
            <Button onClick={() => setAsking(false)}>{cancel}</Button>
          </div>
        </>
      )}
      {busy && chosen && <Spinner className={styles.left} size="tiny" labelPosition="after" label={t.uploading} />}
      {told !== undefined && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{told}</MessageBarBody>
        </MessageBar>
      )}
      <p className={styles.text}>{t.pictureHint}</p>
    </div>
  );
}
