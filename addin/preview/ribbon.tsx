/** The ribbon: Outlook's own commands, which only look like it, and ours, which work. */
import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  mergeClasses,
  Spinner,
  ToolbarDivider,
} from '@fluentui/react-components';
import {
  ArrowDownload20Regular,
  ArrowReply20Regular,
  ArrowReplyAll20Regular,
  ArrowSync20Regular,
  ContactCard20Regular,
  Delete20Regular,
  Info20Regular,
  Mail20Filled,
  Settings20Regular,
} from '@fluentui/react-icons';
import type { JSX } from 'react';
import { ribbonCommands, ribbonGroupLabel, type RibbonIcon, type RibbonItem } from '../../shared/ribbon';
import type { PreviewModel, PreviewState } from './preview-model';
import type { PreviewText } from './preview-texts';
import { useStyles } from './styles';

interface RibbonProps {
  readonly model: PreviewModel;
  readonly state: PreviewState;
  readonly text: (key: PreviewText) => string;
}

export function Ribbon({ model, state, text }: RibbonProps) {
  const styles = useStyles();
  const item = state.items.find(({ id }) => id === state.selected);
  const isMail = item?.kind === 'mail';
  return (
    <div className={styles.ribbon}>
      <div className={styles.tabs} aria-hidden="true">
        <span className={mergeClasses(styles.tab, styles.tabActive)}>{text('home')}</span>
        <span className={styles.tab}>{text('view')}</span>
        <span className={styles.tab}>{text('help')}</span>
      </div>
      <div className={styles.commands} role="toolbar" aria-label={text('home')}>
        <Button appearance="primary" icon={<Mail20Filled />} onClick={() => model.write()}>
          {text('newMail')}
        </Button>
        <ToolbarDivider />
        <Button
          appearance="subtle"
          icon={<Delete20Regular />}
          disabled={item === undefined}
          onClick={() => model.remove()}
        >
          {text('delete')}
        </Button>
        <Button appearance="subtle" icon={<ArrowReply20Regular />} disabled={!isMail} onClick={() => model.write(item)}>
          {text('reply')}
        </Button>
        <Button
          appearance="subtle"
          icon={<ArrowReplyAll20Regular />}
          aria-label={text('replyAll')}
          disabled={!isMail}
          onClick={() => model.write(item)}
        />
        <span className={styles.divider} />
        <div
          className={styles.group}
          role="group"
          aria-label={ribbonGroupLabel[state.language]}
          data-group="myContacts"
        >
          {ribbonCommands.map((command) => (
            <Command key={command.id} command={command} model={model} state={state} />
          ))}
        </div>
      </div>
    </div>
  );
}

const icons: Readonly<Record<RibbonIcon, JSX.Element>> = {
  icon: <ContactCard20Regular color="var(--colorBrandForeground1)" />,
  sync: <ArrowSync20Regular />,
  settings: <Settings20Regular />,
  update: <ArrowDownload20Regular />,
  about: <Info20Regular />,
};

/** A command of ours, from the description that the manifest is written from. */
function Command({ command, model, state }: Pick<RibbonProps, 'model' | 'state'> & { readonly command: RibbonItem }) {
  const { action, icon } = command;
  const label = command.label[state.language];
  if (action.type === 'pane')
    return (
      <Button appearance="subtle" icon={icons[icon]} onClick={() => model.openPane(action.hash)}>
        {label}
      </Button>
    );
  if (action.type === 'function')
    return (
      <Button
        appearance="subtle"
        icon={state.command === action.name ? <Spinner size="tiny" /> : icons[icon]}
        onClick={() => model.run(action.name)}
        // Outlook shows commands only where an item is open.
        disabled={state.selected === undefined}
      >
        {label}
      </Button>
    );
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={icons[icon]}>
          {label} ▾
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {action.items.map((item) => {
            const inside = item.action;
            if (inside.type !== 'pane') return null;
            return (
              <MenuItem key={item.id} onClick={() => model.openPane(inside.hash)}>
                {item.label[state.language]}
              </MenuItem>
            );
          })}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
