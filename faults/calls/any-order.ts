import type { TestDatabase } from '../../test/database.ts';
import type { TestOrganization } from '../../test/http/harness.ts';
import { inParallel } from '../lib/caller.ts';
import type { Trial } from '../lib/trial.ts';
import type { World } from '../lib/world.ts';
import { nowSeconds, SIGNATURES } from './signing.ts';
import { CALLERS, DRAIN_SECONDS, dice, EVENTS, eventsOf, phoneOf, shuffled } from './told-calls.ts';

const DELIVERIES = 5;
const KILLS = 4;

interface Centre extends TestOrganization {
  readonly secret: string;
}

/** F9, F10: what is told five times in any order, while workers die, is what is told once in order. */
export const anyOrder: Trial = {
  id: 'C1',
  title: `Events of calls, each ${DELIVERIES} times, in random order, workers killed ${KILLS} times`,
  guarantee: 'There is one interaction for each call, and everything known of it is what a telling in order leaves.',
  async run(world, { n }) {
    const calls = Math.max(10, Math.round(n / 2));
    const product = await world.startProduct({ workers: 2 });
    await product.up();
    const [mixed, inOrder] = [await centre(world, product.url), await centre(world, product.url)];
    const events = Array.from({ length: calls }, (_, call) => eventsOf(call));
    const random = dice(11);
    const deliveries = shuffled(Array.from({ length: DELIVERIES }, () => events.flat()).flat(), random);
    let refused = 0;
    let newOnes = 0;
    let sent = 0;
    const deliver = (to: Centre) => async (text: string) => {
      const call = world.caller(product, to);
      const headers = SIGNATURES.convin(to.secret, text, nowSeconds());
      const { status, json } = await call('POST', '/v1/webhooks/convin', text, headers);
      if (status !== 200) refused += 1;
      return json?.data?.duplicate === false;
    };
    const toMixed = deliver(mixed);
    const load = inParallel(deliveries.length, { atOnce: 16 }, async (index) => {
      if (await toMixed(deliveries[index]!)) newOnes += 1;
      sent += 1;
    });
    for (let kill = 1; kill <= KILLS; kill++) {
      while (sent < (deliveries.length * kill) / (KILLS + 1)) await new Promise((resolve) => setTimeout(resolve, 20));
      product.workers[kill % 2]!.kill();
    }
    await load;
    const toOrdered = deliver(inOrder);
    await inParallel(calls, { atOnce: 8 }, async (call) => {
      for (const text of events[call]!) await toOrdered(text);
    });
    await Promise.all(product.workers.map((worker) => worker.up()));
    const all = calls * EVENTS;
    const read = async () => Promise.all([stateOf(world.database, mixed), stateOf(world.database, inOrder)]);
    const { lost, stuck } = await world.drained({
      seconds: DRAIN_SECONDS,
      also: async () =>
        (await openDeliveries(world.database)) === 0 && (await read()).every((one) => one.size === calls),
    });
    const [ours, theirs] = await read();
    const names = new Set([...ours.keys(), ...theirs.keys()]);
    const differing = [...names].filter((name) => JSON.stringify(ours.get(name)) !== JSON.stringify(theirs.get(name)));
    for (const name of differing.slice(0, 2)) {
      world.report(`${name}: ${JSON.stringify(ours.get(name))} but in order ${JSON.stringify(theirs.get(name))}`);
    }
    const interactions = await interactionsOf(world.database, mixed);
    return {
      trials: deliveries.length,
      counts: {
        lost: lost + Math.max(0, calls - interactions) + (await openDeliveries(world.database)),
        duplicated: Math.max(0, interactions - calls) + Math.abs(newOnes - all),
        wrongTenant: await world.wrongTenant(),
        stuck,
        refused,
        differing: differing.length,
        killsMissing: KILLS - product.workers.reduce((sum, { kills }) => sum + kills, 0),
      },
      notes: { calls, interactions, logged: [...ours.values()].filter(({ logged }) => logged).length },
    };
  },
};

/** An organization with an integration of Convin, and prospects behind the numbers that call. */
async function centre(world: World, url: string): Promise<Centre> {
  const organization = await world.createOrganization();
  const call = world.caller({ url }, organization);
  const { json } = await call('POST', '/v1/integrations', { platform: 'convin' });
  for (let caller = 0; caller < CALLERS; caller++) {
    await call('POST', '/api/v1/prospects', { email: `caller${caller}@example.com`, phone: phoneOf(caller) });
  }
  return { ...organization, secret: json.data.webhook_secret };
}

type State = Readonly<Record<string, unknown>>;

/** All that the product knows of each call, without ids and without when it was heard. */
async function stateOf({ owner }: TestDatabase, { organizationId }: TestOrganization): Promise<Map<string, State>> {
  const rows = await owner<({ name: string } & State)[]>`
    select c.call_id as name, c.status, c.end_reason, c.direction, c.caller, c.callee, c.agent_external_id, c.agent_name,
           c.vendor_code, c.started_at, c.ended_at, c.duration_seconds, c.primary_intent, c.purchase_probability, c.outcome,
           c.problem, i.external_id, i.started_at as begun, i.ended_at as over, i.channel, i.primary_intent as intent,
           i.purchase_probability as odds, i.cost_minor, i.cost_currency, i.voided_at, t.content as transcript,
           l.id is not null as logged, l.duration_seconds as log_seconds, l.disposition, l.outcome as log_outcome,
           l.cost_minor as log_cost, p.email as prospect, a.name as agent,
           (select count(*)::integer from activities line where line.organization_id = c.organization_id
              and line.source_type = 'call_log' and line.source_id = l.id) as lines
    from live_calls c
    join interactions i on i.organization_id = c.organization_id and i.id = c.interaction_id
    left join call_transcripts t on t.organization_id = c.organization_id and t.live_call_id = c.id
    left join call_logs l on l.organization_id = c.organization_id and l.live_call_id = c.id and l.deleted_at is null
    left join prospects p on p.organization_id = c.organization_id and p.id = l.prospect_id
    left join agents a on a.organization_id = c.organization_id and a.external_id = c.agent_external_id
    where c.organization_id = ${organizationId}`;
  return new Map(rows.map(({ name, ...state }) => [name, state]));
}

const openDeliveries = async ({ owner }: TestDatabase): Promise<number> => {
  const [row] = await owner<[{ count: number }]>`
    select count(*)::integer as count from webhook_inbox where processed_at is null`;
  return row.count;
};

const interactionsOf = async ({ owner }: TestDatabase, { organizationId }: TestOrganization): Promise<number> => {
  const [row] = await owner<[{ count: number }]>`
    select count(*)::integer as count from interactions where organization_id = ${organizationId}`;
  return row.count;
};
