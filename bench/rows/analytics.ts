import { freePort } from '../../dev/host.ts';
import {
  agentsRevenue,
  channelsRoi,
  computePartition,
  createRun,
  executeRun,
  modelsToSummarize,
  planRun,
  publishRun,
  summarizeModel,
} from '../../services/insight/index.ts';
import { type HttpFacts, httpDatabase } from '../data/http.ts';
import { ORGANIZATION } from '../data/journeys.ts';
import type { BenchContext } from '../lib/context.ts';
import { load } from '../lib/load.ts';
import { startProcess, untilReady } from '../lib/processes.ts';
import { commit, productEnv } from '../lib/product.ts';
import { compared, median, type Result } from '../lib/results.ts';
import { serveStatements, statementsOf } from '../lib/statements.ts';

const CUSTOMERS = 20_000;
const CONNECTIONS = 2;
const WARM_UP_SECONDS = 5;

/** A month of a call centre: 20,000 customers with a conversion and five touches each, forty agents, seven channels. */
async function arrange({ owner }: HttpFacts): Promise<void> {
  await owner.unsafe(`
    insert into agents (organization_id, id, external_id)
    select '${ORGANIZATION}', md5('agent' || n)::uuid, 'agent-' || n from generate_series(1, 40) n;
    insert into customers (organization_id, id)
    select '${ORGANIZATION}', md5('customer' || n)::uuid from generate_series(1, ${CUSTOMERS}) n;
    insert into conversions (organization_id, external_id, customer_id, event_type, event_source, amount_minor, currency, occurred_at)
    select '${ORGANIZATION}', 'c' || n, md5('customer' || n)::uuid, 'purchase', 'billing', 1000 + n % 9000, 'USD',
           timestamptz '2026-06-02' + (n * 121 % 2400000) * interval '1 second'
    from generate_series(1, ${CUSTOMERS}) n;
    insert into interactions (organization_id, id, external_id, customer_id, channel, primary_intent, started_at, ended_at)
    select '${ORGANIZATION}', md5('touch' || n || '-' || k)::uuid, 't' || n || '-' || k, md5('customer' || n)::uuid,
           (array['call', 'email', 'chat', 'sms', 'web', 'linkedin', 'direct'])[1 + (n + k) % 7], 'intent-' || (n + k) % 5,
           at, at + (n % 900) * interval '1 second'
    from (select n, k, timestamptz '2026-06-02' + (n * 121 % 2400000) * interval '1 second' - (k * 11 + n % 7) * interval '1 hour' as at
          from generate_series(1, ${CUSTOMERS}) n, generate_series(1, 5) k) t;
    insert into interaction_participants (organization_id, interaction_id, ordinal, role, agent_id)
    select '${ORGANIZATION}', md5('touch' || n || '-' || k)::uuid, 0, 'agent', md5('agent' || 1 + (n + k) % 40)::uuid
    from generate_series(1, ${CUSTOMERS}) n, generate_series(1, 5) k;
    insert into spend (organization_id, external_id, day, channel, amount_minor, currency)
    select '${ORGANIZATION}', channel || day, day, channel, 12000, 'USD'
    from generate_series(date '2026-06-01', date '2026-06-30', interval '1 day') day,
         unnest(array['call', 'email', 'web', 'linkedin']) channel;`);
}

async function publish({ databases, owner }: HttpFacts): Promise<void> {
  const created = await commit(databases, (ctx) =>
    createRun(ctx, { modelCode: 'TIME_DECAY', name: 'Bench', config: {} }),
  );
  const runId = created.value.id;
  await commit(databases, (ctx) => executeRun(ctx, { runId }));
  const step = { runId, generation: 1 };
  const { value: partitions } = await commit(databases, (ctx) => planRun(ctx, step));
  for (let ordinal = 0; ordinal < (partitions ?? 0); ordinal++) {
    await commit(databases, (ctx) => computePartition(ctx, { ...step, ordinal }));
  }
  await commit(databases, (ctx) => publishRun(ctx, step));
  const { value: models } = await commit(databases, (ctx) => modelsToSummarize(ctx, step));
  for (const modelCode of models) await commit(databases, (ctx) => summarizeModel(ctx, { ...step, modelCode }));
  await owner.unsafe('vacuum (analyze)');
}

const RANGE = { startDate: '2026-06-01', endDate: '2026-06-30' };

/** Dashboards of 100,000 touches, against a bare server that runs the same statement as the owner. */
export async function analytics(context: BenchContext): Promise<Result[]> {
  const facts = await httpDatabase(context);
  await arrange(facts);
  await publish(facts);
  const screens = [
    { name: 'agents', path: '/v1/analytics/agents/revenue', verb: agentsRevenue },
    { name: 'channels', path: '/v1/analytics/channels/roi', verb: channelsRoi },
  ];
  const statements = Object.fromEntries(
    await Promise.all(
      screens.map(async ({ name, verb }) => {
        const [statement, ...others] = await statementsOf(facts.databases, (ctx) => verb(ctx, RANGE));
        if (others.length > 0) throw new Error(`A dashboard is one statement, this one has ${others.length + 1}.`);
        return [`/${name}`, [statement!]] as const;
      }),
    ),
  );
  const floor = await serveStatements(facts.url, statements, context);
  const port = await freePort();
  const limits = { RATE_LIMIT_GENERAL_PER_HOUR: '1000000000' };
  const api = startProcess('api/main.ts', { env: productEnv(facts.url, { PORT: String(port), ...limits }) });
  context.cleanUp(api.stop);
  await untilReady(`http://127.0.0.1:${port}/ready`);
  const headers = { 'x-api-key': facts.apiKey, 'x-tenant-id': ORGANIZATION };
  const rateOf = async (url: string) => {
    await load({ url, connections: CONNECTIONS, headers, seconds: WARM_UP_SECONDS }, context);
    return (await load({ url, connections: CONNECTIONS, headers, seconds: context.seconds }, context)).perSecond;
  };
  const results: Result[] = [];
  for (const { name, path } of screens) {
    const rates = { floor: [] as number[], product: [] as number[] };
    for (let round = 0; round < context.rounds; round++) {
      rates.floor.push(await rateOf(`${floor}/${name}`));
      rates.product.push(
        await rateOf(`http://127.0.0.1:${port}${path}?start_date=${RANGE.startDate}&end_date=${RANGE.endDate}`),
      );
    }
    const [least, value] = [median(rates.floor), median(rates.product)];
    context.report(`analytics ${name}: floor ${least.toFixed(1)}/s, product ${value.toFixed(1)}/s`);
    results.push(compared(`analytics ${name}`, '/s', { value, floor: least }, { target: 0.9, better: 'higher' }));
  }
  return results;
}
