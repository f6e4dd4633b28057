/** Rules that the plans for users and for groups share. Pure. */
import type { DialPlan } from '../../shared/dial-plan';
import type { Site } from './people-model';

/** The fields that were named; undefined ones are left out, so that spreading them changes nothing. */
export function changedFields<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const named = Object.entries(fields).filter(([, value]) => value !== undefined);
  // Object.fromEntries forgets the keys' names; they are those of `fields`.
  return Object.fromEntries(named) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** The named site; unnamed, the one the object has, or the only one there is. Otherwise what to do. */
export function findSite(
  sites: readonly Site[],
  name: string | undefined,
  currentId?: string,
): Site | { readonly reason: string; readonly message: string } {
  const found =
    name === undefined
      ? (sites.find((site) => site.id === currentId) ?? (sites.length === 1 ? sites[0] : undefined))
      : sites.find((site) => site.name === name);
  if (found !== undefined) return found;
  if (name !== undefined) return { reason: 'unknown', message: `there is no site ${name}; add it first` };
  if (sites.length === 0) return { reason: 'missing', message: 'there is no site yet; add one first' };
  return { reason: 'missing', message: `name the site: ${sites.map((site) => site.name).join(', ')}` };
}

/** Why an extension cannot be one of the site; undefined when it can, or when there is none. */
export function numberProblem(extension: string | null, plan: DialPlan): string | undefined {
  if (extension === null) return undefined;
  if (extension.length !== plan.extensionLength) {
    return `extension ${extension} has to have ${plan.extensionLength} digits, as the site's dial plan says`;
  }
  if (plan.emergencyNumbers.includes(extension)) return `${extension} is an emergency number; choose another extension`;
  if (plan.trunkAccessCode !== '' && extension.startsWith(plan.trunkAccessCode)) {
    return `extension ${extension} begins with the trunk access code ${plan.trunkAccessCode}, so nobody could dial it`;
  }
  return undefined;
}
