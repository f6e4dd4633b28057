/** What accounts keep of a person: who he is, his devices, groups and sessions. */
import { readBytes } from '../database/database';
import type { Database } from '../database/database';
import type { PersonalDataSection } from '../personal-data/personal-data';

export function accountSection(database: Database): PersonalDataSection {
  return {
    name: 'account',
    async read({ userId }) {
      const user = await database
        .selectFrom('users')
        .innerJoin('sites', 'sites.id', 'users.site_id')
        .select(['users.id', 'sites.name as site', 'user_name', 'display_name', 'given_name', 'surname'])
        .select([
          'extension',
          'email',
          'profile_email',
          'mobile_number',
          'external_number',
          'role',
          'in_directory',
          'mobility',
          'disabled_at',
          'settings',
          'users.created_at',
        ])
        .where('users.id', '=', userId)
        .executeTakeFirst();
      const picture = await database
        .selectFrom('user_pictures')
        .select('bytes')
        .where('user_id', '=', userId)
        .executeTakeFirst();
      const devices = await database
        .selectFrom('devices')
        .select(['name', 'address', 'is_mine'])
        .where('user_id', '=', userId)
        .orderBy('address')
        .execute();
      const groups = await database
        .selectFrom('group_members')
        .innerJoin('groups', 'groups.id', 'group_members.group_id')
        .select(['groups.name', 'groups.extension'])
        .where('group_members.user_id', '=', userId)
        .orderBy('groups.name')
        .execute();
      const sessions = await database
        .selectFrom('sessions')
        .select([
          'created_at',
          'renewed_at',
          'expires_at',
          'revoked_at',
          'signed_in_by',
          'microsoft_tenant_id',
          'microsoft_object_id',
        ])
        .where('user_id', '=', userId)
        .orderBy('created_at')
        .execute();
      const acts = await database
        .selectFrom('audit_trail')
        .select(['at', 'action', 'subject'])
        .where((is) => is.or([is('subject', '=', userId), is('actor', '=', userId)]))
        .orderBy('at')
        .execute();
      return {
        ...user,
        ...(picture && { pictureJpegBase64: Buffer.from(readBytes(picture.bytes)).toString('base64') }),
        devices,
        groups,
        sessions,
        acts,
      };
    },
  };
}
