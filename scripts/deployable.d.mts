/** Types of deployable.mjs, for its tests. */
interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}
interface LockEntry {
  readonly dev?: boolean;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}
interface PackageLock {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, LockEntry>>;
}

export const foundAtRunTime: readonly string[];
export function packagesOf(metafile: {
  readonly outputs: Readonly<
    Record<string, { readonly imports: readonly { readonly path: string; readonly external?: boolean }[] }>
  >;
}): string[];
export function reducePackage(source: unknown, names: readonly string[]): PackageJson;
export function reduceLock(lock: unknown, reduced: PackageJson): PackageLock;
