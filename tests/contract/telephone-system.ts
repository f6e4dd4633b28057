/**
 * The contract of the telephone system port, for every adapter. A rig offers the other side: the people at three phones
 * and the line between adapter and telephone system. What the adapter tells is compared with what phones do and show.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { callBackContract } from './telephone-system-call-back';
import { callRecordsContract } from './telephone-system-call-records';
import { consultationContract } from './telephone-system-consultation';
import { diallingContract } from './telephone-system-dialling';
import { holdContract } from './telephone-system-hold';
import { namesContract } from './telephone-system-names';
import { pickUpContract } from './telephone-system-pick-up';
import { publishingContract } from './telephone-system-publishing';
import { secondCallContract } from './telephone-system-second-call';
import { openStage } from './telephone-system-stage';
import type { NameBook, RigOffer, RigWishes, Stage, TelephoneRig } from './telephone-system-stage';
import { transferContract } from './telephone-system-transfer';

export { evilName, rigOffers } from './telephone-system-stage';
export type { RigMobile, RigOffer, RigPhone, RigWishes, TelephoneRig } from './telephone-system-stage';

/** What surrounds a suite: `prepare` and `finish` run once around all tests; `offers` says what else the rig can show. */
export interface ContractEnvironment {
  readonly prepare?: () => Promise<void>;
  readonly finish?: () => Promise<void>;
  /** Nothing where absent. */
  readonly offers?: readonly RigOffer[];
}

/** Runs the suite; `makeRig` runs before each test. */
export function telephoneSystemContract(
  name: string,
  makeRig: (wishes: RigWishes) => Promise<TelephoneRig>,
  environment: ContractEnvironment = {},
): void {
  const offers = new Set(environment.offers);

  describe(`telephone system contract: ${name}`, () => {
    beforeAll(async () => environment.prepare?.());
    afterAll(async () => environment.finish?.());

    /** Tests that are played on a fresh rig each. */
    const played = (
      title: string,
      suite: (stage: () => Stage, names: NameBook) => void,
      wishes: RigWishes = { secondCalls: false },
    ): void => {
      describe(title, () => {
        let stage: Stage | undefined;
        let rig: TelephoneRig | undefined;
        const nobody = (): Promise<undefined> => Promise.resolve(undefined);
        const names: NameBook = { nameOf: nobody };
        beforeEach(async () => {
          names.nameOf = nobody;
          rig = await makeRig(wishes);
          stage = await openStage(rig, names);
        });
        afterEach(async () => rig?.close());
        suite(() => {
          if (stage === undefined) throw new Error('The stage is not open.');
          return stage;
        }, names);
      });
    };

    played('dialling', diallingContract);
    played('hold', (stage) => holdContract(stage, offers));
    played('consultation', consultationContract);
    played('transfer and deflection', (stage) => transferContract(stage, offers));
    played('pick-up', pickUpContract);
    if (offers.has('call-back')) played('calls with the own mobile', (stage) => callBackContract(stage, offers));
    if (offers.has('publishing')) played('publishing', publishingContract);
    if (offers.has('second-call')) played('second call', secondCallContract, { secondCalls: true });
    if (offers.has('names')) played('names', namesContract);
    if (offers.has('call-records')) played('call records', (stage) => callRecordsContract(stage, offers));
  });
}
