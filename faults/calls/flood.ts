import { inParallel } from '../lib/caller.ts';
import type { Trial } from '../lib/trial.ts';
import { nowSeconds, SIGNATURES } from './signing.ts';
import { DRAIN_SECONDS, EVENTS, eventsOf } from './told-calls.ts';

const PER_SECOND = 200;
/** Of `n` 2,000: a minute. */
const SHARE = 6;

/** F11: more webhooks than a centre ever has. */
export const flood: Trial = {
  id: 'C2',
  title: `${PER_SECOND} webhooks a second for a minute`,
  guarantee: 'Each is acknowledged at its first sending, and the inbox holds exactly what was sent.',
  async run(world, { n }) {
    const organization = await world.createOrganization();
    const product = await world.startProduct({ workers: 1 });
    await product.up();
    const call = world.caller(product, organization);
    const { json } = await call('POST', '/v1/integrations', { platform: 'convin' });
    const secret: string = json.data.webhook_secret;
    const count = n * SHARE;
    const times: number[] = [];
    let refused = 0;
    let repeated = 0;
    const begun = performance.now();
    await inParallel(count, { atOnce: 200, perSecond: PER_SECOND }, async (index) => {
      const text = eventsOf(Math.floor(index / EVENTS))[index % EVENTS]!;
      const started = performance.now();
      const answer = await call('POST', '/v1/webhooks/convin', text, SIGNATURES.convin(secret, text, nowSeconds()));
      times.push(performance.now() - started);
      if (answer.status !== 200 || answer.json?.data?.duplicate !== false) refused += 1;
      if (answer.attempts > 1) repeated += 1;
    });
    const seconds = (performance.now() - begun) / 1_000;
    const [inbox] = await world.database.owner<[{ count: number }]>`
      select count(*)::integer as count from webhook_inbox where organization_id = ${organization.organizationId}`;
    const { lost, stuck } = await world.drained({ seconds: DRAIN_SECONDS });
    const [open] = await world.database.owner<[{ count: number }]>`
      select count(*)::integer as count from webhook_inbox where processed_at is null`;
    times.sort((a, b) => a - b);
    return {
      trials: count,
      counts: {
        lost: lost + Math.max(0, count - inbox.count) + open.count,
        duplicated: Math.max(0, inbox.count - count),
        wrongTenant: await world.wrongTenant(),
        stuck,
        refused,
        repeated,
      },
      notes: {
        perSecond: Math.round(count / seconds),
        p50Ms: Math.round(times[Math.floor(times.length / 2)]!),
        p99Ms: Math.round(times[Math.floor(times.length * 0.99)]!),
      },
    };
  },
};
