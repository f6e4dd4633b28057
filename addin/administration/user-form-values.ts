/** What stands in the form for a user, and what it says to the service. Pure. */
import type { AdministeredUser } from '../../shared/api/administration-users';
import type { Role } from '../../shared/profile';
import { refusedFields, type FieldProblem } from './field-problems';

export interface UserFormValues {
  readonly userName: string;
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
  readonly extension: string;
  readonly email: string;
  readonly mobileNumber: string;
  readonly externalNumber: string;
  readonly site: string;
  readonly role: Role;
  readonly inDirectory: boolean;
  /** What "my phone" is (PRE-3). */
  readonly mulap: boolean;
  readonly intercept: boolean;
  /** His calls may begin at his mobile (CAL-6). */
  readonly mobility: boolean;
  /** A device in each line: its address, a blank, its name. */
  readonly devices: string;
}
export type UserField = keyof UserFormValues;

export const userTextFields = [
  'userName',
  'displayName',
  'givenName',
  'surname',
  'extension',
  'email',
  'mobileNumber',
  'externalNumber',
] as const;

export type UserProblems = Partial<Record<UserField, FieldProblem>>;

export function valuesOfUser(user: AdministeredUser | undefined, site: string): UserFormValues {
  return {
    userName: user?.userName ?? '',
    displayName: user?.displayName ?? '',
    givenName: user?.givenName ?? '',
    surname: user?.surname ?? '',
    extension: user?.extension ?? '',
    email: user?.email ?? '',
    mobileNumber: user?.mobileNumber ?? '',
    externalNumber: user?.externalNumber ?? '',
    site: user?.site ?? site,
    role: user?.role ?? 'user',
    inDirectory: user?.inDirectory ?? true,
    mulap: user?.mulap ?? false,
    intercept: user?.intercept ?? false,
    mobility: user?.mobility ?? false,
    devices: (user?.devices ?? []).map(({ address, name }) => `${address} ${name}`.trim()).join('\n'),
  };
}

/** What is sent; an empty field clears. */
export function fieldsOfValues(values: UserFormValues) {
  const clearable = (text: string) => (text.trim() === '' ? null : text.trim());
  return {
    userName: values.userName.trim(),
    displayName: values.displayName.trim(),
    givenName: clearable(values.givenName),
    surname: clearable(values.surname),
    extension: clearable(values.extension),
    email: clearable(values.email),
    mobileNumber: clearable(values.mobileNumber),
    externalNumber: clearable(values.externalNumber),
    ...(values.site === '' ? {} : { site: values.site }),
    role: values.role,
    inDirectory: values.inDirectory,
    mulap: values.mulap,
    intercept: values.intercept,
    mobility: values.mobility,
    devices: devicesOf(values.devices),
  };
}

function devicesOf(text: string): { address: string; name?: string }[] {
  return text.split('\n').flatMap((line) => {
    const [address = '', ...words] = line.trim().split(/\s+/);
    const name = words.join(' ');
    return address === '' ? [] : [{ address, ...(name === '' ? {} : { name }) }];
  });
}

/** What is wrong before anything is sent. */
export function missingFields(values: UserFormValues): UserProblems {
  return Object.fromEntries(
    (['userName', 'displayName'] as const)
      .filter((name) => values[name].trim() === '')
      .map((name) => [name, 'missing' satisfies FieldProblem]),
  );
}

/** The fields that the service refuses; empty where it refuses something else. */
export function refusedUserFields(error: unknown): UserProblems {
  return refusedFields(error, valuesOfUser(undefined, ''), { newUserName: 'userName' });
}
