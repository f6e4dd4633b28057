/** What is to be known of a user at a glance. */
import { Badge } from '@fluentui/react-components';
import type { AdministeredUser } from '../../shared/api/administration-users';
import { useText } from '../shell/i18n/text';
import { administrationTexts } from './texts';

export function UserBadges({ user }: { readonly user: AdministeredUser }) {
  const t = useText(administrationTexts);
  return (
    <>
      {user.role === 'admin' && <Badge appearance="outline">{t.administrator}</Badge>}
      {user.disabled && (
        <Badge appearance="outline" color="danger">
          {t.disabled}
        </Badge>
      )}
    </>
  );
}
