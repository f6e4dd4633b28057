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
  ArrowReply20Regular,
  ArrowReplyAll20Regular,
  ArrowSync20Regular,
  ContactCard20Regular,
  Delete20Regular,
  Mail20Filled,
  Settings20Regular,
} from '@fluentui/react-icons';
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
        <div className={styles.group} role="group" aria-label="myContacts" data-group="myContacts">
          <Button
            appearance="subtle"
            icon={<ContactCard20Regular color="var(--colorBrandForeground1)" />}
            onClick={() => model.openPane()}
          >
            {text('openPane')}
          </Button>
          <Button
            appearance="subtle"
            icon={state.command === 'syncNow' ? <Spinner size="tiny" /> : <ArrowSync20Regular />}
            onClick={() => model.run('syncNow')}
            // Outlook shows commands only where an item is open.
            disabled={item === undefined}
          >
            {text('syncNow')}
          </Button>
          <Menu>
            <MenuTrigger disableButtonEnhancement>
              <Button appearance="subtle" icon={<Settings20Regular />}>
                {text('settings')} ▾
              </Button>
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                <MenuItem onClick={() => model.openPane('settings')}>{text('ucServer')}</MenuItem>
                <MenuItem onClick={() => model.openPane('sync')}>{text('contactSync')}</MenuItem>
                <MenuItem onClick={() => model.openPane('settings/about')}>{text('about')}</MenuItem>
              </MenuList>
            </MenuPopover>
          </Menu>
        </div>
      </div>
    </div>
  );
}
