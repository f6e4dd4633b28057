/** A button that covers the whole row it stands in, below what else can be pressed there: styles of both. */
import { makeStyles, tokens } from '@fluentui/react-components';

/** `button` for the one that covers; `content` for each part of the row beside it, whose own buttons stay above. */
export const useRowCover = makeStyles({
  button: {
    position: 'absolute',
    inset: 0,
    padding: 0,
    border: 'none',
    background: 'none',
    cursor: 'pointer',
    borderRadius: tokens.borderRadiusMedium,
    // A frame and not a background: in high contrast the text upon it would need another colour.
    ':hover': { boxShadow: `inset 0 0 0 ${tokens.strokeWidthThin} ${tokens.colorNeutralStroke1Hover}` },
    ':focus-visible': {
      outline: `${tokens.strokeWidthThick} solid ${tokens.colorStrokeFocus2}`,
      outlineOffset: '-2px',
    },
  },
  content: { position: 'relative', pointerEvents: 'none', minWidth: 0, '& button': { pointerEvents: 'auto' } },
});
