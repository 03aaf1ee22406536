import { setTimeout as sleep } from 'node:timers/promises';
import { inParallel } from '../lib/caller.ts';
import type { Trial } from '../lib/trial.ts';
import { nowSeconds, SIGNATURES } from './signing.ts';
import { dice, eventsOf, shuffled } from './told-calls.ts';

/** Of `n` 2,000: a hundred calls. */
const SHARE = 20;
const RUN_MS = 60_000;
const RANGE = 'start_date=2026-06-01&end_date=2026-06-30';

/** The first use case of the product, from the webhook to the screen, while the workers die once. */
export const revenueOfAgents: Trial = {
  id: 'C4',
  title: 'Calls told by Convin, orders of the callers, and what each agent earned; a worker killed',
  guarantee: 'The screen of agents shows each exactly the orders of those with whom they spoke.',
  async run(world, { n }) {
    const organization = await world.createOrganization();
    const product = await world.startProduct({ workers: 2 });
    await product.up();
    const call = world.caller(product, organization);
    const installed = await call('POST', '/v1/integrations', { platform: 'convin' });
    const secret: string = installed.json.data.webhook_secret;
    const calls = Math.max(20, Math.round(n / SHARE));
    const counts = { refused: 0, wrongAgents: 0, wrongTotal: 0 };
    const emailOf = (index: number) => `caller${index}@example.com`;
    const deliveries = shuffled(
      Array.from({ length: calls }, (_, index) =>
        eventsOf(index).map((text) =>
          JSON.stringify({ ...JSON.parse(text), from: 'anonymous', customer: { email: emailOf(index) } }),
        ),
      ).flat(),
      dice(5),
    );
    await inParallel(deliveries.length, { atOnce: 8 }, async (index) => {
      const text = deliveries[index]!;
      const { status } = await call('POST', '/v1/webhooks/convin', text, SIGNATURES.convin(secret, text, nowSeconds()));
      if (status !== 200) counts.refused += 1;
      if (index === Math.floor(deliveries.length / 2)) product.workers[0]!.kill();
    });
    await product.workers[0]!.up();
    const { lost, stuck } = await world.drained({ seconds: 120 });
    const expected = new Map<string, number>();
    await inParallel(calls, { atOnce: 8 }, async (index) => {
      const cents = 1_000 + 37 * index;
      const agent = `agent-${index % 7}`;
      expected.set(agent, (expected.get(agent) ?? 0) + cents);
      const { status } = await call('POST', '/v1/conversions', {
        external_event_id: `order-${index}`,
        event_type: 'purchase',
        event_source: 'billing',
        customer_identifiers: [{ type: 'email', value: emailOf(index) }],
        amount_decimal: (cents / 100).toFixed(2),
        currency: 'USD',
        occurred_at: '2026-06-10T12:00:00Z',
      });
      if (status !== 201) counts.refused += 1;
    });
    const created = await call('POST', '/v1/attribution/runs', {
      model_code: 'TIME_DECAY',
      name: 'Calls of June',
      config: { time_window_hours: 720, start_date: '2026-06-01', end_date: '2026-06-30', include_channels: ['call'] },
    });
    const run = `/v1/attribution/runs/${created.json.data.id}`;
    await call('POST', `${run}/execute`, {});
    const end = performance.now() + RUN_MS;
    for (let status = 'running'; status === 'running' || status === 'pending'; await sleep(100)) {
      ({ status } = (await call('GET', run)).json.data);
      if (performance.now() > end) throw new Error('The run does not end.');
    }
    const { json } = await call('GET', `/v1/analytics/agents/revenue?${RANGE}&run_id=${created.json.data.id}`);
    const rows = json.data.rows as { agent_external_id: string; attributed_revenue: number }[];
    const shown = new Map(rows.map((row) => [row.agent_external_id, Math.round(row.attributed_revenue * 100)]));
    for (const [agent, cents] of expected) {
      if (shown.get(agent) === cents) continue;
      counts.wrongAgents += 1;
      world.report(`${agent} earned ${cents} cents, shown are ${shown.get(agent)}.`);
    }
    const total = [...expected.values()].reduce((sum, cents) => sum + cents, 0);
    if (Math.round(json.data.totals.attributed_revenue * 100) !== total || shown.size !== expected.size) {
      counts.wrongTotal += 1;
    }
    return {
      trials: deliveries.length + calls,
      counts: { lost, wrongTenant: await world.wrongTenant(), stuck, ...counts },
      notes: { calls, agents: expected.size, revenue: total / 100 },
    };
  },
};
