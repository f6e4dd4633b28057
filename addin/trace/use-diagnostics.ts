/** Diagnostics and the trace file, as the Advanced part of the settings shows and hands them out. */
import { useEffect, useState } from 'react';
import { useServices } from '../shell/services';
import { useStore } from '../shell/use-store';
import { collectDiagnostics, writeTrace, type Diagnostics, type LastSync } from './diagnostics';

/** Undefined until they have been collected; collected again when the service goes away or comes back. */
export function useDiagnostics(lastSync: LastSync | undefined): Diagnostics | undefined {
  const services = useServices();
  const connection = useStore(services.events.connection);
  const [found, setFound] = useState<Diagnostics>();
  useEffect(() => {
    let gone = false;
    void collectDiagnostics(services, lastSync).then((diagnostics) => {
      if (!gone) setFound(diagnostics);
    });
    return () => {
      gone = true;
    };
  }, [services, lastSync, connection]);
  return found;
}

export type TraceOutcome = 'copied' | 'copy-failed' | undefined;

export function useTraceFile(lastSync: LastSync | undefined) {
  const services = useServices();
  const [outcome, setOutcome] = useState<TraceOutcome>();
  const write = async () => writeTrace(await collectDiagnostics(services, lastSync), services, new Date());
  return {
    outcome,
    async copy() {
      const text = await write();
      setOutcome(
        await navigator.clipboard.writeText(text).then(
          () => 'copied' as const,
          () => 'copy-failed' as const,
        ),
      );
    },
    async save() {
      setOutcome(undefined);
      const address = URL.createObjectURL(new Blob([await write()], { type: 'application/json' }));
      const link = document.createElement('a');
      link.href = address;
      link.download = `mycontacts-trace-${new Date().toISOString().slice(0, 10)}.json`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    },
  };
}
