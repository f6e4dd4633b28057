export interface Machine {
  readonly platform: string;
  /** The file's text; undefined where there is none. */
  read(file: string): string | undefined;
  hasOutlook(): boolean;
}

/** What to do with a command line: the arguments for npx, or why it cannot be done. */
export function planSideload(
  args: readonly string[],
  machine: Machine,
): { readonly npx: readonly string[]; readonly problem?: undefined } | { readonly problem: string };
