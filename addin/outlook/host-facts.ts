/** What is asked of the host when a fault is looked for. Nothing of a person or a mailbox is in it. */
import { officeContext, supports } from './office-context';

export interface HostFacts {
  readonly hostName: string | undefined;
  readonly hostVersion: string | undefined;
  readonly platform: string | undefined;
  /** Newest supported version of each requirement set that the pane asks for; undefined where there is none. */
  readonly requirementSets: Readonly<Record<string, string | undefined>>;
  /** Outlook keeps the storage of its add-ins apart by a key. */
  readonly storagePartitioned: boolean;
}

const versionsOf = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `1.${to - index}`);

/** Newest first. */
const asked: Readonly<Record<string, readonly string[]>> = {
  Mailbox: versionsOf(1, 15),
  NestedAppAuth: ['1.1'],
  DialogApi: ['1.2', '1.1'],
  IdentityAPI: ['1.3'],
  AddinCommands: ['1.3', '1.1'],
};

export function hostFacts(): HostFacts {
  const context = officeContext();
  const sets = Object.entries(asked).map(([name, versions]) => [
    name,
    versions.find((version) => supports(name, version)),
  ]);
  return {
    hostName: context.mailbox?.diagnostics.hostName,
    hostVersion: context.mailbox?.diagnostics.hostVersion,
    platform: typeof context.platform === 'string' ? context.platform : undefined,
    requirementSets: Object.fromEntries(sets) as Record<string, string | undefined>,
    storagePartitioned: (context.partitionKey ?? '') !== '',
  };
}
