/** The model of the form for the first administrator: what is typed, what is wrong with it, and sending it. */
import { useRef, useState } from 'react';
import { createFirstAdministrator } from '../../shared/api/first-administrator';
import type { ApiClient } from '../api/client';
import type { SessionKeeper } from '../api/session-keeper';
import {
  fieldNames,
  problemsOf,
  refusedFields,
  wishOf,
  type FieldName,
  type FieldProblems,
  type FormValues,
} from './first-administrator-values';

const empty: FormValues = {
  code: '',
  userName: '',
  displayName: '',
  password: '',
  repeat: '',
  siteName: '',
  countryCode: '',
  areaCode: '',
  trunkAccessCode: '',
  numberBlock: '',
  extensionLength: '',
};

export function useFirstAdministrator(client: ApiClient, session: SessionKeeper) {
  const [values, setValues] = useState(empty);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<FieldProblems>({});
  const [error, setError] = useState<unknown>();
  /** The code is used up by then: whatever keeps the sign-in from working, only that is tried again. */
  const added = useRef(false);
  const problems = { ...refused, ...(tried ? problemsOf(values) : {}) };

  return {
    values,
    problems,
    busy,
    /** What was refused as a whole; what concerns single fields stands in `problems`. */
    error,
    change(name: FieldName, text: string) {
      setValues((known) => ({ ...known, [name]: text }));
      setRefused({});
    },
    /** Adds the administrator and signs in; gives the first field that keeps it from that. */
    async submit(): Promise<FieldName | undefined> {
      const found = problemsOf(values);
      setTried(true);
      if (busy) return undefined;
      if (Object.keys(found).length > 0) return fieldNames.find((name) => found[name]);
      setBusy(true);
      setError(undefined);
      try {
        const wish = wishOf(values);
        if (!added.current) await client.call(createFirstAdministrator, { body: wish });
        added.current = true;
        await session.signIn(wish.userName, wish.password);
        return undefined;
      } catch (failure) {
        const fields = refusedFields(failure);
        const first = fieldNames.find((name) => fields[name]);
        setRefused(fields);
        setError(first ? undefined : failure);
        setBusy(false);
        return first;
      }
    },
  };
}
