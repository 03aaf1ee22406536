import { setTimeout as sleep } from 'node:timers/promises';
import { inParallel } from '../lib/caller.ts';
import { callStarted, installConvin } from '../lib/convin.ts';
import type { Trial } from '../lib/trial.ts';

const ONE_IN = 100;

/** F13: one webhook in a hundred makes its handler fail, whenever it is tried. A trigger of the database sees to that. */
export const poisonMessage: Trial = {
  id: 'F13',
  title: `one message in ${ONE_IN} always fails`,
  guarantee:
    'It is parked with its reason, the others are done, and it is done too once its cause was mended and retried.',
  async run(world, { n }) {
    const { owner } = world.database;
    const organization = await world.createOrganization();
    const { organizationId } = organization;
    await owner.unsafe(`
      create function refuse_poison() returns trigger language plpgsql as $$
      begin
        if new.call_id like 'poison-%' then raise exception 'poison in %', new.call_id; end if;
        return new;
      end $$;
      create trigger poison before insert or update on live_calls for each row execute function refuse_poison()`);
    const product = await world.startProduct();
    await product.up();
    const call = world.caller(product, organization);
    const { sign } = await installConvin(call);
    const isPoison = (index: number) => index % ONE_IN === 3;
    let refused = 0;
    await inParallel(n, { atOnce: 16 }, async (index) => {
      const text = callStarted(isPoison(index) ? `poison-${index}` : `call-${index}`);
      const { status } = await call('POST', '/v1/webhooks/convin', text, { 'x-convin-signature': sign(text) });
      if (status !== 200) refused += 1;
    });
    const sent = performance.now();
    const poison = Array.from({ length: n }, (_, index) => index).filter(isPoison).length;
    const state = async () => {
      const [row] = await owner<[{ healthy: number; calls: number; parked: number; pending: number; inbox: number }]>`
        select (select count(*)::int from live_calls where call_id like 'call-%') as healthy,
               (select count(*)::int from live_calls) as calls,
               (select count(*)::int from reaction_runs where status = 'parked' and last_error like 'poison in %') as parked,
               (select count(*)::int from reaction_runs where status = 'pending') as pending,
               (select count(*)::int from webhook_inbox where processed_at is null) as inbox`;
      return row;
    };
    const until = async (seconds: number, done: (row: Awaited<ReturnType<typeof state>>) => boolean) => {
      const end = performance.now() + seconds * 1_000;
      let row = await state();
      while (!done(row) && performance.now() < end) {
        await sleep(100);
        row = await state();
      }
      return row;
    };
    const healthy = await until(600, (row) => row.healthy === n - poison);
    const healthySeconds = (performance.now() - sent) / 1_000;
    // Eight attempts, each after twice the pause of the one before.
    const parked = await until(300, (row) => row.parked === poison && row.pending === 0);
    // How long it takes depends on the machine; that nobody is tried again because of a neighbour does not.
    const [triedAgain] = await owner<[{ count: number }]>`
      select count(*)::int as count from reaction_runs where status = 'done' and attempts > 1`;
    const listed = await call('GET', '/api/v1/parked-work?limit=1');
    await owner.unsafe('drop trigger poison on live_calls');
    const retried = await call('POST', '/api/v1/parked-work/retry', {});
    const mended = await until(60, (row) => row.calls === n && row.inbox === 0 && row.pending === 0);
    const { lost, stuck } = await world.drained();
    return {
      trials: n,
      counts: {
        lost: lost + n - mended.calls + mended.inbox,
        duplicated: Math.max(0, mended.calls - n),
        wrongTenant: await world.wrongTenant(),
        stuck,
        refused,
        undone: n - poison - healthy.healthy,
        heldUp: triedAgain.count,
        notParkedWithReason: poison - parked.parked,
        notListed: poison - (listed.json?.pagination?.total ?? listed.json?.meta?.total ?? 0),
        notRetried: poison - (retried.json?.data?.retried ?? retried.json?.retried ?? 0),
      },
      notes: { poison, healthySeconds: Math.round(healthySeconds * 10) / 10, organizationId },
    };
  },
};
