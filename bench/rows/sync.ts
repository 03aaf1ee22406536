import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { request } from 'undici';
import { createSyncActivities } from '../../activities/integrations/syncs.activities.ts';
import { DEVELOPMENT_ENCRYPTION_KEY } from '../../config.ts';
import { createOutbound } from '../../providers/http/outbound.ts';
import { ADAPTERS, createOAuthClient, createSessions } from '../../providers/integrations/index.ts';
import { systemClock } from '../../services/core/clock.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { createSecrets } from '../../services/core/secrets.ts';
import { installIntegration, startSync } from '../../services/integrations/index.ts';
import { type HttpFacts, httpDatabase } from '../data/http.ts';
import { ORGANIZATION } from '../data/journeys.ts';
import type { BenchContext } from '../lib/context.ts';
import { commit } from '../lib/product.ts';
import { alone, compared, type Result } from '../lib/results.ts';

const RECORDS = 100_000;
/** As many as Stripe gives at once. */
const PAGE = 100;
const NEWEST = 1_780_000_000;

/** Payments of a provider on this machine, against reading the same pages and inserting them bare. */
export async function sync(context: BenchContext): Promise<Result[]> {
  const facts = await httpDatabase(context);
  const records = Math.max(PAGE, Math.round((RECORDS * context.scale) / PAGE) * PAGE);
  const url = await startPayments(context, records);
  const floor = records / (await bareSeconds(facts, url));
  context.report(`sync: floor ${Math.round(floor)} records/s`);
  const seconds = await syncSeconds(context, facts, url);
  const [stored] =
    await facts.owner`select count(*)::integer as count from conversions where organization_id = ${ORGANIZATION}`;
  if (stored!.count !== records) throw new Error(`Of ${records} payments ${stored!.count} are conversions.`);
  context.report(`sync: product ${Math.round(records / seconds)} records/s`);
  const name = context.scale === 1 ? 'sync 100k records' : `sync ${records} records`;
  return [
    compared(name, 'records/s', { value: records / seconds, floor }, { target: null, better: 'higher' }),
    alone(`${name}, whole`, 's', seconds),
  ];
}

async function syncSeconds(context: BenchContext, { databases }: HttpFacts, url: string): Promise<number> {
  const secrets = createSecrets([DEVELOPMENT_ENCRYPTION_KEY]);
  const outbound = createOutbound({ production: false, allowLoopback: true });
  context.cleanUp(() => outbound.close());
  // The provider's limit is not what is measured.
  const stripe = ADAPTERS.stripe!;
  const { syncsWork } = createSyncActivities({
    db: databases.app,
    clock: systemClock,
    secrets,
    faultPoint: noFaults,
    adapters: { stripe },
    openSession: (options) =>
      createSessions(outbound)({ ...options, host: { ...options.host, takeBudget: async () => ({ waitMs: 0 }) } }),
    oauth: createOAuthClient(outbound),
    bases: { stripe: url },
  });
  const { value } = await commit(databases, async (ctx) => {
    const { id } = await installIntegration(ctx, { secrets, provider: 'stripe', credentials: { apiKey: 'sk' } });
    return startSync(ctx, { integrationId: id, streams: ['payments'] });
  });
  const step = { organizationId: ORGANIZATION, integrationId: value.integrationId, syncId: value.id };
  const start = performance.now();
  for (let state = 'open'; state === 'open'; ) {
    const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
    ({ state } = (await environment.run(() => syncsWork(step))) as { state: string });
    if (!['open', 'completed'].includes(state)) throw new Error(`The sync is ${state}.`);
  }
  return (performance.now() - start) / 1000;
}

async function bareSeconds({ owner }: HttpFacts, url: string): Promise<number> {
  await owner`create table bare_payments (id text primary key, amount bigint not null, currency text not null, email text, at timestamptz not null)`;
  const start = performance.now();
  for (let after = ''; ; ) {
    const path = `/v1/balance_transactions?type=charge&limit=${PAGE}${after && `&starting_after=${after}`}`;
    const page = (await (await request(`${url}${path}`)).body.json()) as ReturnType<typeof pageOf>;
    const rows = page.data.map(
      ({
        source: {
          id,
          amount,
          currency,
          created,
          billing_details: { email },
        },
      }) => ({
        id,
        amount,
        currency,
        email,
        at: new Date(created * 1_000).toISOString(),
      }),
    );
    await owner`
      insert into bare_payments select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as row(
        id text, amount bigint, currency text, email text, at timestamptz)`;
    if (!page.has_more) break;
    after = page.data.at(-1)!.id;
  }
  return (performance.now() - start) / 1000;
}

const pageOf = (from: number, total: number) => ({
  object: 'list',
  has_more: from + PAGE < total,
  data: Array.from({ length: Math.min(PAGE, total - from) }, (_, index) => {
    const number = from + index;
    return {
      id: `txn_${number}`,
      object: 'balance_transaction',
      created: NEWEST - number,
      source: {
        id: `ch_${number}`,
        object: 'charge',
        amount: 1_000 + (number % 500),
        currency: 'usd',
        created: NEWEST - number,
        customer: null,
        description: null,
        receipt_email: null,
        billing_details: { email: `payer-${number % 20_000}@example.com`, phone: null },
      },
    };
  }),
});

async function startPayments(context: BenchContext, total: number): Promise<string> {
  const server = createServer((incoming, response) => {
    const url = new URL(incoming.url ?? '/', 'http://localhost');
    const after = url.searchParams.get('starting_after');
    const from = after === null ? 0 : Number(after.slice('txn_'.length)) + 1;
    const isCharge = url.searchParams.get('type') === 'charge';
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isCharge ? pageOf(from, total) : { object: 'list', has_more: false, data: [] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.cleanUp(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
