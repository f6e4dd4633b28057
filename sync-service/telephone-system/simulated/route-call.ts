/** Where dialled digits lead: to a phone of the office, to a group of them, out of it, to a star code, or nowhere. Pure. */
import type { Group, OutsideBehaviour, SimulatedSettings } from './simulated-settings';
import { readStarCode } from './star-codes';
import type { StarCode } from './star-codes';

export type CallRoute =
  | { readonly to: 'phone'; readonly address: string }
  | { readonly to: 'group'; readonly group: Group }
  | { readonly to: 'outside'; readonly number: string; readonly behaviour: OutsideBehaviour }
  | { readonly to: 'code'; readonly code: StarCode }
  | { readonly to: 'nowhere' };

/** Outside numbers have at least so many digits. */
const shortestOutside = 3;

/** Routes what was dialled at a desk phone. `extensions` are the office's, with the address of each phone. */
export function routeCall(
  dialled: string,
  settings: SimulatedSettings,
  extensions: ReadonlyMap<string, string>,
): CallRoute {
  const address = extensions.get(dialled);
  if (address !== undefined) return { to: 'phone', address };
  const group = settings.groups.find(({ extension }) => extension === dialled);
  if (group !== undefined) return { to: 'group', group };
  if (settings.shortNumbers.includes(dialled)) return outside(dialled, settings);
  const code = readStarCode(dialled);
  if (code !== undefined) return { to: 'code', code };
  const { trunkAccessCode } = settings;
  if (!/^\d+$/.test(dialled) || !dialled.startsWith(trunkAccessCode)) return { to: 'nowhere' };
  const number = dialled.slice(trunkAccessCode.length);
  if (number.length < shortestOutside) return { to: 'nowhere' };
  if (trunkAccessCode === '' && dialled.length <= settings.extensionLength) return { to: 'nowhere' };
  return outside(number, settings);
}

function outside(number: string, settings: SimulatedSettings): CallRoute {
  const [ending] = Object.keys(settings.outsideEndings)
    .filter((digits) => number.endsWith(digits))
    .sort((a, b) => b.length - a.length);
  const behaviour = (ending === undefined ? undefined : settings.outsideEndings[ending]) ?? settings.outside;
  return { to: 'outside', number, behaviour };
}
