import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../addin/api/api-error';
import { createPlanHolder, keepPlanMs, longestLookMs, type HeldPlan } from '../../../addin/sync/held-plan';
import { createFakeClock } from './fake-clock';
import { account, createFakeService } from './fake-service';

async function setUp() {
  const clock = createFakeClock();
  const service = createFakeService(clock);
  const plans: (HeldPlan | undefined)[] = [];
  const ended: string[] = [];
  let tellLost = () => {};
  const lost = new Promise<void>((resolve) => {
    tellLost = resolve;
  });
  const holder = createPlanHolder({
    calls: service.calls,
    clock,
    onPlan: (plan) => plans.push(plan),
    onLost: () => tellLost(),
  });
  await service.calls.open({ account, mode: 'delta', options: { skipContactsWithoutNumber: false } });
  await service.calls.putBatch('sync-1', 1, { changes: [] });
  const result = { added: 1, changed: 0, removed: 0, unchanged: 0, skipped: [], problems: [] };
  const plan = { id: 'sync-1', planHash: 'hash', result, batches: 1 };
  const hold = () => holder.hold(plan, () => ended.push('end'));
  return { clock, service, holder, hold, plans, ended, lost };
}

describe('a plan that is looked at', () => {
  it('is kept at the service by one small batch that replaces itself, for an hour at most', async () => {
    const { service, hold, plans, ended, lost } = await setUp();
    hold();
    await lost;
    const kept = service.log.filter((name) => name === 'batch 2');
    expect(kept).toHaveLength(Math.ceil(longestLookMs / keepPlanMs) - 1);
    await Promise.resolve();
    expect(service.log.at(-1)).toBe('cancel');
    expect(plans.at(-1)).toBeUndefined();
    expect(ended).toEqual(['end']);
  });

  it('is lost, and said to be, when the service has forgotten it', async () => {
    const { service, hold, plans, ended, lost } = await setUp();
    hold();
    service.forget();
    await lost;
    expect(plans).toEqual([expect.objectContaining({ id: 'sync-1', renewed: false }), undefined]);
    expect(ended).toEqual(['end']);
  });

  it('is applied as it was shown', async () => {
    const { service, holder, hold, plans, ended } = await setUp();
    hold();
    expect(await holder.apply()).toMatchObject({ added: 0 });
    expect(service.generation()).toBe(1);
    expect(plans.at(-1)).toBeUndefined();
    expect(ended).toEqual(['end']);
  });

  it('is shown anew when it is another one by now', async () => {
    const { service, holder, hold, plans, ended } = await setUp();
    hold();
    let first = true;
    service.setFault((name, moment) => {
      if (name !== 'commit' || moment !== 'before' || !first) return;
      first = false;
      throw new ApiError('confirmation-outdated');
    });
    expect(await holder.apply()).toBeUndefined();
    expect(plans.at(-1)).toMatchObject({ id: 'sync-1', renewed: true });
    expect(service.generation()).toBe(0);
    expect(ended).toEqual([]);
    await holder.discard();
    expect(service.isOpen()).toBe(false);
  });

  it('stays while the service cannot be reached', async () => {
    const { service, holder, hold, plans } = await setUp();
    hold();
    service.setFault((name) => {
      if (name === 'commit') throw new ApiError('unreachable');
    });
    await expect(holder.apply()).rejects.toThrow();
    expect(plans.at(-1)).toMatchObject({ id: 'sync-1' });
    holder.leave();
  });
});
