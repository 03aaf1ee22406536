import { setTimeout as sleep } from 'node:timers/promises';
import type { TestOrganization } from '../../test/http/harness.ts';
import type { SalesforceStandIn } from '../../test/integrations/salesforce.ts';
import type { Caller } from '../lib/caller.ts';
import type { Product } from '../lib/product.ts';
import type { World } from '../lib/world.ts';

export interface Connected extends TestOrganization {
  readonly integrationId: string;
  readonly webhookSecret: string;
  readonly call: Caller;
}

/** An organization whose people have connected Salesforce, all of it by the product's own endpoints. */
export async function connectSalesforce(world: World, product: Product): Promise<Connected> {
  const organization = await world.createOrganization();
  const call = world.caller(product, organization);
  const { json } = await call('POST', '/api/v1/integrations/install', {
    provider: 'salesforce',
    credentials: { clientId: 'client', clientSecret: 'secret' },
    settings: { conflictPolicy: 'newest' },
  });
  const started = await call('GET', '/api/v1/integrations/oauth/salesforce/authorize');
  const agreed = (await (await fetch(started.json.data.authorizationUrl)).json()) as { code: string; state: string };
  const back = new URLSearchParams({ ...agreed });
  await call('GET', `/api/v1/integrations/oauth/salesforce/callback?${back}`);
  return { ...organization, call, integrationId: json.data.id, webhookSecret: json.data.webhookSecret };
}

interface Sync {
  readonly id: string;
  readonly status: string;
  readonly error: unknown;
}

const OPEN = new Set(['pending', 'running']);
const PATIENCE_MS = 180_000;

async function newest({ call, integrationId }: Connected): Promise<Sync | undefined> {
  return (await call('GET', `/api/v1/integrations/${integrationId}/syncs?limit=1`)).json.data[0];
}

/** Resolves when no sync goes on; the one that has ended last. */
export async function untilIdle(connected: Connected): Promise<Sync> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const sync = await newest(connected);
    if (sync && !OPEN.has(sync.status)) return sync;
    if (performance.now() > end) throw new Error(`The sync ${sync?.id} does not end.`);
    await sleep(100);
  }
}

/** One whole sync that was asked for by hand. */
export async function syncByHand(connected: Connected, body: object = {}): Promise<Sync> {
  const { call, integrationId } = connected;
  await untilIdle(connected);
  const { status, text, json } = await call('POST', `/api/v1/integrations/${integrationId}/sync`, body);
  if (status === 409 && json.code === 'SYNC_RUNNING') return syncByHand(connected, body);
  if (status >= 300) throw new Error(text);
  return untilIdle(connected);
}

/** What Salesforce sends of itself when a record has changed: once, twice, or not at all. */
export async function tellOfChange({ call, webhookSecret }: Connected, id: string, times: number): Promise<number> {
  let refused = 0;
  for (let time = 0; time < times; time++) {
    const headers = { authorization: `Bearer ${webhookSecret}`, 'x-api-key': '' };
    const body = { type: 'record.changed', id };
    const { status } = await call('POST', '/api/v1/integrations/webhook/salesforce', body, headers);
    if (status !== 200) refused += 1;
  }
  return refused;
}

export const basesOf = ({ url }: SalesforceStandIn): Record<string, string> => ({
  INTEGRATION_BASE_URLS: `salesforce=${url}`,
  WEBHOOK_ALLOW_LOOPBACK: 'true',
});
