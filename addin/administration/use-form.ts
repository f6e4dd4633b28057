/** A form whose fields the pane checks first and the service after it: what is written, what is wrong, and sending it. */
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { useAttempt } from '../shell/use-attempt';

export type FieldProblems<V, P extends string> = Partial<Record<keyof V, P>>;

interface FormParts<V, P extends string> {
  readonly initial: () => V;
  /** What is wrong before anything is sent. */
  readonly missing: (values: V) => FieldProblems<V, P>;
  /** The fields that the service refuses; empty where it refuses something else. */
  readonly refused: (error: unknown) => FieldProblems<V, P>;
  readonly send: (values: V) => Promise<void>;
}

/** Focus goes to the first field at the beginning, and to the first one that is wrong after each try. */
export function useForm<V extends object, P extends string>({ initial, missing, refused, send }: FormParts<V, P>) {
  const [values, setValues] = useState(initial);
  const [problems, setProblems] = useState<FieldProblems<V, P>>({});
  const { busy, error, attempt } = useAttempt();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus(), []);

  const refuse = (found: FieldProblems<V, P>) => {
    setProblems(found);
    const [first] = Object.keys(found);
    if (first !== undefined) form.current?.querySelector<HTMLElement>(`[name=${first}]`)?.focus();
    return first !== undefined;
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (busy || refuse(missing(values))) return;
    void attempt(() =>
      send(values).catch((failure: unknown) => {
        if (!refuse(refused(failure))) throw failure;
      }),
    );
  };
  return { values, setValues, problems, error, busy, form, submit };
}
