import { setTimeout as sleep } from 'node:timers/promises';
import { httpDatabase } from '../data/http.ts';
import { ORGANIZATION } from '../data/journeys.ts';
import type { BenchContext } from '../lib/context.ts';
import { load } from '../lib/load.ts';
import { compared, median, type Result } from '../lib/results.ts';
import { startServers } from './http.ts';

const CONNECTIONS = 32;
const WARM_UP_SECONDS = 2;
const SETTLE_MS = 400;
/** Of one INSERT per request: an event is proved, checked, kept and told of in one transaction. */
const TARGET = 0.25;

/** Signed events of calls that are acknowledged once they are stored, against one INSERT per request. */
export async function webhookIntake(context: BenchContext): Promise<Result[]> {
  const facts = await httpDatabase(context);
  await facts.owner.unsafe('create table bench_floor_interactions (like interactions including all)');
  const { product, floor, headers } = await startServers(facts, context);
  const created = await fetch(`${product}/v1/integrations`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ platform: 'convin' }),
  });
  const { data } = (await created.json()) as { data: { webhook_secret: string } };
  const proof = { authorization: `Bearer ${data.webhook_secret}`, 'x-tenant-id': ORGANIZATION };
  const intake = {
    url: `${product}/v1/webhooks/convin`,
    connections: CONNECTIONS,
    headers: proof,
    body: 'call',
  } as const;
  const bare = { url: `${floor}/interactions`, connections: CONNECTIONS, headers: {}, body: 'interaction' } as const;
  const stored = async () => Number((await facts.owner`select count(*) from webhook_inbox`)[0]!.count);
  await load({ ...intake, seconds: WARM_UP_SECONDS }, context);
  await facts.owner.unsafe('vacuum (analyze)');
  const rates = { product: [] as number[], floor: [] as number[] };
  for (let round = 0; round < context.rounds; round++) {
    rates.floor.push((await load({ ...bare, seconds: context.seconds }, context)).perSecond);
    await sleep(SETTLE_MS);
    const before = await stored();
    const { succeeded, perSecond, p99 } = await load({ ...intake, seconds: context.seconds }, context);
    await sleep(SETTLE_MS);
    const kept = (await stored()) - before;
    if (kept < succeeded || kept > succeeded + CONNECTIONS) {
      throw new Error(`${succeeded} events were acknowledged, ${kept} are in the inbox.`);
    }
    rates.product.push(perSecond);
    context.report(`webhook intake: ${Math.round(perSecond)}/s, p99 ${p99} ms`);
  }
  const measured = { value: median(rates.product), floor: median(rates.floor) };
  return [compared('webhook intake', '/s', measured, { target: TARGET, better: 'higher' })];
}
