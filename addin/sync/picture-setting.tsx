/** "Import profile pictures" (SYN-3); turning it off removes what was imported, after a question. */
import { Button, Checkbox, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { useState } from 'react';
import { deleteImportedPictures } from '../../shared/api/pictures';
import { useText } from '../shell/i18n/text';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';
import { syncTexts } from './texts';

export function PictureSetting({ onFailure }: { readonly onFailure: (error: unknown) => void }) {
  const t = useText(syncTexts);
  const { cancel } = useText();
  const { profile, client } = useServices();
  const { importPictures } = useStore(profile.settings);
  const [asking, setAsking] = useState(false);

  const turnOff = async () => {
    setAsking(false);
    await profile.change({ importPictures: false });
    await client.call(deleteImportedPictures, {});
  };
  return (
    <>
      <Checkbox
        label={t.importPictures}
        checked={importPictures}
        onChange={(_event, { checked }) => {
          onFailure(undefined);
          if (checked === true) profile.change({ importPictures: true }).catch(onFailure);
          else setAsking(true);
        }}
      />
      {asking && (
        <MessageBar intent="warning" layout="multiline" data-question="pictures">
          <MessageBarBody>{t.picturesQuestion}</MessageBarBody>
          <MessageBarActions>
            <Button onClick={() => setAsking(false)}>{cancel}</Button>
            <Button onClick={() => void turnOff().catch(onFailure)}>{t.picturesDelete}</Button>
          </MessageBarActions>
        </MessageBar>
      )}
    </>
  );
}
