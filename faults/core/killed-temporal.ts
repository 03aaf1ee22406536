import { setTimeout as sleep } from 'node:timers/promises';
import { inParallel } from '../lib/caller.ts';
import { callStarted, installConvin } from '../lib/convin.ts';
import type { Trial } from '../lib/trial.ts';

const OUTAGES = 3;
const LONGEST_DRAIN_SECONDS = 120;

/** F4: the Temporal server is killed and stays away; what comes in meanwhile waits in the database. */
export const killedTemporal: Trial = {
  id: 'F4',
  title: `Temporal killed and away ${OUTAGES} times`,
  guarantee:
    'No request gets a 500, each acknowledged webhook has its row, and all that was asked for is done once the server is back.',
  async run(world, { n }) {
    const outageSeconds = n >= 1_000 ? 60 : 10;
    const { owner } = world.database;
    const { organizationId, key } = await world.createOrganization();
    const product = await world.startProduct();
    await product.up();
    const temporal = await world.temporal();
    const statuses = new Map<number, number>();
    const call = world.caller(product, { organizationId, key, keyId: '' });
    const { sign } = await installConvin(call);
    const acknowledged = { rows: new Set<string>(), webhooks: new Set<string>(), runs: new Set<string>() };
    const noted = async (...request: Parameters<typeof call>) => {
      const answer = await call(...request);
      for (const status of answer.statuses) statuses.set(status, (statuses.get(status) ?? 0) + 1);
      return answer;
    };
    const unit = async (index: number) => {
      const email = [{ type: 'email', value: `person${index % 300}@example.com` }];
      if (index % 3 === 0) {
        const body = { external_interaction_id: `i-${index}`, channel: 'chat', started_at: '2026-06-01T10:00:00Z' };
        const { status, json } = await noted('POST', '/v1/interactions', { ...body, customer_identifiers: email });
        if (status === 201 || status === 409) acknowledged.rows.add(json.data?.id ?? json.details.existing_id);
      } else if (index % 3 === 1 || index % 60 !== 2) {
        const text = callStarted(`call-${index}`);
        const { status } = await noted('POST', '/v1/webhooks/convin', text, { 'x-convin-signature': sign(text) });
        if (status === 200) acknowledged.webhooks.add(`event call-${index}`);
      } else {
        const run = { model_code: 'LINEAR', name: `run ${index}`, config: { time_window_hours: 720 } };
        const created = await noted('POST', '/v1/attribution/runs', run, { 'idempotency-key': `run-${index}` });
        if (created.status !== 201) return;
        const path = `/v1/attribution/runs/${created.json.data.id}/execute`;
        const executed = await noted('POST', path, {}, { 'idempotency-key': `execute-${index}` });
        if (executed.status === 200) acknowledged.runs.add(created.json.data.id);
      }
    };
    const seconds = OUTAGES * (outageSeconds + 5);
    const load = inParallel(n, { atOnce: 8, perSecond: n / seconds }, unit);
    const drains: number[] = [];
    for (let outage = 0; outage < OUTAGES; outage++) {
      await temporal.kill();
      await sleep(outageSeconds * 1_000);
      await temporal.start();
      const back = performance.now();
      const [{ at }] = await owner<[{ at: Date }]>`select now() as at`;
      const waiting = async () => {
        const [row] = await owner<[{ count: number }]>`
          select (select count(*)::int from process_commands where status = 'pending' and created_at <= ${at}) +
                 (select count(*)::int from webhook_inbox where processed_at is null and received_at <= ${at}) as count`;
        return row.count;
      };
      while ((await waiting()) > 0 && performance.now() - back < 2 * LONGEST_DRAIN_SECONDS * 1_000) await sleep(100);
      drains.push((performance.now() - back) / 1_000);
    }
    await load;
    const open = async () => {
      const [row] = await owner<[{ runs: number; inbox: number }]>`
        select (select count(*)::int from attribution_runs where status in ('pending', 'running')) as runs,
               (select count(*)::int from webhook_inbox where processed_at is null) as inbox`;
      return row.runs + row.inbox;
    };
    const { lost, stuck } = await world.drained({ seconds: 120, also: async () => (await open()) === 0 });
    const inbox = await owner<{ key: string; times: number }[]>`
      select event_key as key, count(*)::int as times from webhook_inbox group by 1`;
    const received = new Set(inbox.map((row) => row.key));
    const rows = await owner<{ id: string }[]>`
      select id::text as id from interactions union all
      select id::text from attribution_runs where status = 'completed' and published_generation = 1`;
    const stored = new Set(rows.map(({ id }) => id));
    const missing = [...acknowledged.rows, ...acknowledged.runs].filter((id) => !stored.has(id));
    const calls = await owner<{ times: number }[]>`select count(*)::int as times from live_calls group by call_id`;
    return {
      trials: n,
      counts: {
        lost: lost + missing.length + (await open()),
        duplicated: [...inbox, ...calls].filter(({ times }) => times > 1).length,
        wrongTenant: await world.wrongTenant(),
        stuck,
        acknowledgedWithoutInboxRow: [...acknowledged.webhooks].filter((one) => !received.has(one)).length,
        answers500: statuses.get(500) ?? 0,
        otherRefusals: [...statuses].reduce((sum, [status, times]) => sum + (OK.has(status) ? 0 : times), 0),
        drainsAboveTwoMinutes: drains.filter((one) => one > LONGEST_DRAIN_SECONDS).length,
      },
      notes: {
        outageSeconds,
        slowestDrainSeconds: Math.round(Math.max(...drains) * 10) / 10,
        statuses: JSON.stringify(Object.fromEntries(statuses)),
        runs: acknowledged.runs.size,
        webhooks: acknowledged.webhooks.size,
      },
    };
  },
};

const OK = new Set([200, 201, 409, 503, 500]);
