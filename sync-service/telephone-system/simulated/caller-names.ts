/** Names for callers' numbers, asked before phones ring: whoever is not named in time rings without. */
import type { CallerNames } from '../telephone-system';
import type { Timers } from '../timers';

/** A phone waits so long for a name. */
export const nameWaitMs = 50;

/**
 * Asks for the name that each device shows; calls back once, at once where nobody is to be asked. Returns the function
 * that takes the question back.
 */
export function askNames(
  names: CallerNames | undefined,
  devices: readonly string[],
  number: string | undefined,
  timers: Timers,
  found: (names: ReadonlyMap<string, string>) => void,
): () => void {
  if (names === undefined || number === undefined || devices.length === 0) {
    found(new Map());
    return () => undefined;
  }
  const known = new Map<string, string>();
  let open = devices.length;
  let over = false;
  const finish = (): void => {
    if (over) return;
    over = true;
    cancel();
    found(known);
  };
  const cancel = timers.after(nameWaitMs, finish);
  for (const device of devices) {
    void names.nameOf(device, number).then(
      (name) => {
        if (name !== undefined && !over) known.set(device, name);
        open -= 1;
        if (open === 0) finish();
      },
      () => undefined,
    );
  }
  return () => {
    over = true;
    cancel();
  };
}
