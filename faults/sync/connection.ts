import { setTimeout as sleep } from 'node:timers/promises';
import type { TestOrganization } from '../../test/http/harness.ts';
import type { Caller } from '../lib/caller.ts';
import type { Product } from '../lib/product.ts';
import type { World } from '../lib/world.ts';

export interface Connected extends TestOrganization {
  readonly integrationId: string;
  /** Null where the provider sends none. */
  readonly webhookSecret: string | null;
  readonly call: Caller;
}

interface Connection {
  readonly provider: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly settings: object;
}

/** An organization whose people have connected a provider, all of it by the product's own endpoints. */
export async function connect(
  world: World,
  product: Product,
  { provider, credentials, settings }: Connection,
): Promise<Connected> {
  const organization = await world.createOrganization();
  const call = world.caller(product, organization);
  const client = { clientId: 'client', clientSecret: 'secret', ...credentials };
  const installed = await call('POST', '/api/v1/integrations/install', { provider, credentials: client, settings });
  if (installed.status !== 201) throw new Error(installed.text);
  const { id: integrationId, webhookSecret } = installed.json.data;
  const started = await call('GET', `/api/v1/integrations/oauth/${provider}/authorize`);
  const agreed = (await (await fetch(started.json.data.authorizationUrl)).json()) as { code: string; state: string };
  await call('GET', `/api/v1/integrations/oauth/${provider}/callback?${new URLSearchParams({ ...agreed })}`);
  return { ...organization, call, integrationId, webhookSecret };
}

export const connectSalesforce = (world: World, product: Product): Promise<Connected> =>
  connect(world, product, { provider: 'salesforce', credentials: {}, settings: { conflictPolicy: 'newest' } });

interface Sync {
  readonly id: string;
  readonly status: string;
  readonly number: number;
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
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

/** Servers that stand in for providers, by slug. */
export const basesOf = (standIns: Readonly<Record<string, { readonly url: string }>>): Record<string, string> => ({
  INTEGRATION_BASE_URLS: Object.entries(standIns)
    .map(([slug, { url }]) => `${slug}=${url}`)
    .join(','),
  WEBHOOK_ALLOW_LOOPBACK: 'true',
});
