/** The place Sync (SYN-3, SYN-4, SYN-8): contacts of Outlook and of files, their settings and results. */
import { makeStyles, tokens } from '@fluentui/react-components';
import { lazy, useState } from 'react';
import { useStore } from '../shell/use-store';
import { ChangedOriginals } from './changed-originals';
import { ContactExport } from './contact-export';
import { DeleteImported } from './delete-imported';
import { FileDrop } from './file-drop';
import { MailboxSync } from './mailbox-sync';
import { SyncHistory } from './sync-history';
import { SyncSettings } from './sync-settings';
import { UnattendedSync } from './unattended-sync';
import { PictureProgressView } from './picture-progress';
import { usePastSync, usePictureImport, useSync, useSyncModel } from './use-sync';

const PastSyncView = lazy(() => import(/* webpackChunkName: "sync-changes" */ './past-sync'));
const PlanView = lazy(() => import(/* webpackChunkName: "sync-changes" */ './plan-view'));

const useStyles = makeStyles({
  place: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
  },
});

export default function SyncPlace() {
  const styles = useStyles();
  const model = useSyncModel();
  const pictures = usePictureImport();
  const state = useSync(model);
  const pastSync = usePastSync();
  const past = useStore(pastSync);
  const [waitingShown, showWaiting] = useState(false);
  const [left, setLeft] = useState<string>();
  if (state.plan !== undefined || (waitingShown && state.waiting !== undefined))
    return <PlanView model={model} state={state} onBack={() => showWaiting(false)} />;
  if (past !== undefined)
    return (
      <PastSyncView
        key={past.id}
        sync={past}
        onBack={() => {
          setLeft(past.id);
          pastSync.set(undefined);
        }}
        onUndone={pastSync.set}
      />
    );
  return (
    <div className={styles.place}>
      <MailboxSync model={model} state={state} onShowWaiting={() => showWaiting(true)} />
      <PictureProgressView pictures={pictures} />
      <ChangedOriginals />
      <SyncHistory version={state.run.status} left={left} onOpen={pastSync.set} />
      <FileDrop />
      <ContactExport />
      <SyncSettings />
      <UnattendedSync sync={state} />
      <DeleteImported model={model} state={state} />
    </div>
  );
}
