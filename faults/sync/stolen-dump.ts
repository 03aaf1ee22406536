import { setTimeout as sleep } from 'node:timers/promises';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import type { SecretPlace } from '../../services/core/secrets.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { startSalesforce } from '../../test/integrations/salesforce.ts';
import { testSecrets } from '../../test/secrets.ts';
import type { Trial } from '../lib/trial.ts';
import type { World } from '../lib/world.ts';
import { basesOf, connectSalesforce, untilIdle } from './connection.ts';
import { type Sealed, steal } from './thief.ts';

/** Long enough for a sync to call, if it could. */
const SYNC_MS = 8_000;

/** I2: whoever has the whole database has nothing to call a provider with. */
export const stolenDump: Trial = {
  id: 'I2',
  title: 'Tokens and secrets of connections in a stolen dump of the database',
  guarantee: 'No secret can be read in the dump or opened with what is in it, nor used from the row of somebody else.',
  async run(world, { n }) {
    const salesforce = await startSalesforce();
    world.cleanUp(() => salesforce.close());
    const product = await world.startProduct({ workers: 1, env: basesOf({ salesforce }) });
    await product.up();
    const mine = await connectSalesforce(world, product);
    await untilIdle(mine);
    const known = new Map<string, string>([
      ['access token', salesforce.tokens().access],
      ['refresh token', salesforce.tokens().refresh],
      ['webhook secret', mine.webhookSecret!],
      ['key of an organization', mine.key],
    ]);
    await mine.call('POST', '/api/v1/integrations/install', {
      provider: 'stripe',
      credentials: { apiKey: 'sk_live_that_is_in_no_dump', webhookSecret: 'whsec_dGhhdCBpcyBpbiBubyBkdW1w' },
    });
    known.set('API key', 'sk_live_that_is_in_no_dump').set('secret of Stripe', 'whsec_dGhhdCBpcyBpbiBubyBkdW1w');
    const dump = await dumpOf(world);
    let readable = 0;
    let forms = 0;
    for (const [name, secret] of known) {
      for (const form of formsOf(secret)) {
        forms += 1;
        if (!dump.includes(form)) continue;
        readable += 1;
        world.report(`The ${name} stands in the dump.`);
      }
    }
    const sealed = await sealedOf(world, mine.organizationId);
    const { opened, tried } = await steal(world, mine.organizationId, sealed, n);
    // With the right key, but from another row, field or organization: a secret is good in its own place alone.
    const other = await world.createOrganization();
    let borrowed = 0;
    for (const { bytes, ...place } of sealed) {
      if (!(await opens(world, mine.organizationId, place, bytes))) throw new Error(`${place.field} cannot be opened.`);
      const wrong = [
        { ...place, rowId: other.organizationId },
        { ...place, field: 'other' },
        { ...place, table: 'other' },
      ];
      for (const one of wrong) if (await opens(world, mine.organizationId, one, bytes)) borrowed += 1;
      if (await opens(world, other.organizationId, place, bytes)) borrowed += 1;
    }
    // Somebody who can write puts the token of one connection into the row of another: the product does not use it.
    const victim = await connectSalesforce(world, product);
    await untilIdle(victim);
    await world.database.owner`
      update integration_tokens t set access_token = f.access_token, refresh_token = f.refresh_token
      from integration_tokens f where f.integration_id = ${mine.integrationId} and t.integration_id = ${victim.integrationId}`;
    const calls = salesforce.requests.length;
    await victim.call('POST', `/api/v1/integrations/${victim.integrationId}/sync`);
    await sleep(SYNC_MS);
    const used = salesforce.requests.length - calls;
    return {
      trials: forms + tried + sealed.length * 4 + 1,
      counts: { wrongTenant: await world.wrongTenant(), readable, opened, borrowed, used },
      notes: { secrets: sealed.length, dumpKB: Math.round(dump.length / 1e3) },
    };
  },
};

/** As it is, and in every way in which bytes are written into a dump. */
const formsOf = (secret: string): string[] => {
  const bytes = Buffer.from(secret);
  return [secret, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')];
};

/** Every row of every table as text, past row-level security. */
async function dumpOf({ database: { owner } }: World): Promise<string> {
  const tables = await owner<{ name: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')`;
  const parts: string[] = [];
  for (const { name } of tables) {
    for (const row of await owner.unsafe<{ text: string }[]>(`select t::text as text from ${name} t`))
      parts.push(row.text);
  }
  return parts.join('\n');
}

async function sealedOf({ database: { owner } }: World, organizationId: string): Promise<Sealed[]> {
  const columns = {
    team_integrations: ['credentials', 'webhook_secret'],
    integration_tokens: ['access_token', 'refresh_token'],
  } as const;
  const all: Sealed[] = [];
  for (const [table, fields] of Object.entries(columns)) {
    const key = table === 'integration_tokens' ? 'integration_id' : 'id';
    for (const field of fields) {
      const rows = await owner.unsafe<{ rowId: string; bytes: Uint8Array }[]>(
        `select ${key}::text as "rowId", ${field} as bytes from ${table} where organization_id = $1 and ${field} is not null`,
        [organizationId],
      );
      for (const { rowId, bytes } of rows) all.push({ table, field, rowId, bytes: Buffer.from(bytes) });
    }
  }
  return all;
}

async function opens(
  { database }: World,
  organizationId: string,
  place: SecretPlace,
  bytes: Uint8Array,
): Promise<boolean> {
  const scope = { organizationId, principal: SYSTEM_PRINCIPAL, now: new Date() };
  try {
    await inTransaction(database.app, scope, async (ctx) => (await testSecrets().openBox(ctx)).open(place, bytes), {
      readOnly: true,
    });
    return true;
  } catch {
    return false;
  }
}
