/** Chooses between the views; its buttons stand in the top bar, the choice opens below it. */
import { Button, Caption1, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronUp20Regular, LayoutRowTwo20Regular, PictureInPictureEnter20Regular } from '@fluentui/react-icons';
import { views } from '../../shared/profile';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useErrorText } from '../shell/use-error-text';
import { useStore } from '../shell/use-store';
import { viewTexts } from './texts';
import type { FrontWindow } from './front-window';
import type { ShownView } from './use-view';

const useStyles = makeStyles({
  // Above what makes the rest of the bar one button.
  buttons: { position: 'relative', zIndex: 1, display: 'flex', flexShrink: 0, marginLeft: 'auto' },
  choice: {
    display: 'flex',
    flexShrink: 0,
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalXS,
    padding: `0 ${tokens.spacingHorizontalM} ${tokens.spacingVerticalS}`,
  },
  front: {
    display: 'flex',
    flexDirection: 'column',
    flexBasis: '100%',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalXXS,
  },
});

const choiceId = 'view-choice';
const frontHintId = 'front-window-hint';

interface ButtonsProps {
  readonly shown: ShownView;
  readonly choosing: boolean;
  readonly onChoosing: (choosing: boolean) => void;
}

export function ViewButtons({ shown, choosing, onChoosing }: ButtonsProps) {
  const styles = useStyles();
  const t = useText(viewTexts);
  const label = t.view(t.names[shown.view]);
  return (
    <div className={styles.buttons}>
      {shown.view !== 'normal' && shown.full && (
        <Button
          appearance="subtle"
          size="small"
          icon={<ChevronUp20Regular />}
          aria-label={t.close}
          title={t.close}
          onClick={shown.close}
        />
      )}
      <Button
        appearance="subtle"
        size="small"
        icon={<LayoutRowTwo20Regular />}
        aria-label={label}
        title={label}
        aria-expanded={choosing}
        aria-controls={choosing ? choiceId : undefined}
        data-view={shown.view}
        onClick={() => onChoosing(!choosing)}
      />
    </div>
  );
}

interface ChoiceProps {
  readonly shown: ShownView;
  readonly front: FrontWindow | undefined;
  readonly onClose: () => void;
}

/** Escape closes it. */
export function ViewChoice({ shown, front, onClose }: ChoiceProps) {
  const styles = useStyles();
  const t = useText(viewTexts);
  const errorText = useErrorText();
  const { announce } = useServices();
  return (
    // Escape closes it from wherever the focus is inside.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      id={choiceId}
      aria-label={t.views}
      className={styles.choice}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose();
      }}
    >
      {views.map((view) => (
        <Button
          key={view}
          size="small"
          appearance={view === shown.view ? 'primary' : 'secondary'}
          aria-pressed={view === shown.view}
          onClick={() => {
            onClose();
            shown.choose(view).then(
              () => announce(t.saved(t.names[view])),
              (failure: unknown) => announce(errorText(failure), true),
            );
          }}
        >
          {t.names[view]}
        </Button>
      ))}
      {front && <FrontChoice front={front} onClose={onClose} />}
    </section>
  );
}

/** The small window above all others (SET-4): opened here, closed here or by its own cross. */
function FrontChoice({ front, onClose }: { readonly front: FrontWindow; readonly onClose: () => void }) {
  const styles = useStyles();
  const t = useText(viewTexts);
  const { announce } = useServices();
  const isOpen = useStore(front.isOpen);
  return (
    <div className={styles.front}>
      <Button
        size="small"
        icon={<PictureInPictureEnter20Regular />}
        appearance={isOpen ? 'primary' : 'secondary'}
        aria-pressed={isOpen}
        aria-describedby={frontHintId}
        onClick={() => {
          onClose();
          if (isOpen) front.close();
          else
            front.open({ title: t.frontTitle, language: document.documentElement.lang }).then(
              () => announce(t.frontOpened),
              () => announce(t.frontRefused, true),
            );
        }}
      >
        {t.front}
      </Button>
      <Caption1 id={frontHintId}>{t.frontHint}</Caption1>
    </div>
  );
}
