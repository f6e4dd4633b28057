import { createSimulatedTelephoneSystem } from '../../sync-service/telephone-system/simulated/simulated-telephone-system';
import { evilName, rigOffers, telephoneSystemContract } from './telephone-system';
import type { RigMobile, RigPhone, RigWishes, TelephoneRig } from './telephone-system';
import { createVirtualTimers } from './telephone-system-virtual-timers';

const names = { 330: 'Anna Acker', 331: 'Bernd Bach', 332: evilName };

function makeRig({ secondCalls }: RigWishes): Promise<TelephoneRig> {
  const timers = createVirtualTimers();
  const system = createSimulatedTelephoneSystem({ kind: 'simulated', callWaiting: secondCalls }, { timers });
  const phone = (extension: keyof typeof names, address = `phone/${extension}`): RigPhone => {
    const act = (hand: () => boolean, what: string): Promise<void> =>
      hand() ? Promise.resolve() : Promise.reject(new Error(`${extension} cannot ${what}`));
    return {
      address,
      extension: String(extension),
      displayName: names[extension],
      ringing() {
        const sides = system.phones.state(address)?.connections ?? [];
        return sides.find(({ state }) => state === 'alerting' || state === 'initiated')?.party;
      },
      hears: () => system.phones.state(address)?.hears ?? [],
      lift: () => act(() => system.phones.lift(address), 'lift'),
      layDown: () => act(() => system.phones.layDown(address), 'lay down'),
      refuse: () => act(() => system.phones.layDown(address), 'refuse'),
      holdKey: () => act(() => system.phones.holdKey(address), 'hold'),
      dial: (digits) => act(() => system.phones.dial(address, digits), 'dial'),
    };
  };
  const mobile = (): RigMobile => {
    return {
      ...phone(330, 'mobile of phone/330'),
      dialString: '0017199991',
      ringing() {
        const state = system.phones.state('mobile of phone/330');
        return state?.activity === 'ringing-to-dial' ? state.shown : undefined;
      },
    };
  };
  const rig: TelephoneRig = {
    system,
    mobile: mobile(),
    phones: [phone(330), phone(331), phone(332)],
    unknownNumber: '399',
    async until(what, check) {
      for (let waited = 0; waited < 60_000; waited += 50) {
        const found = check();
        if (found !== undefined && found !== false) return found;
        await timers.advance(50);
      }
      throw new Error(`did not happen: ${what}`);
    },
    quietTime: () => timers.advance(2000),
    cutLink() {
      system.cutLink();
      return Promise.resolve();
    },
    restoreLink() {
      system.restoreLink();
      return Promise.resolve();
    },
    close: () => system.stop(),
  };
  return Promise.resolve(rig);
}

telephoneSystemContract('simulated', makeRig, { offers: rigOffers });
