import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeOrganizations } from '../dev/remove-organizations.ts';
import { type Scope, SYSTEM_PRINCIPAL } from '../services/core/context.ts';
import { inTransaction } from '../services/core/transaction.ts';
import { findCustomers, ingestInteraction } from '../services/data/index.ts';
import { createTenant, createTestDatabase, type TestDatabase } from '../test/database.ts';
import { testMailing } from '../test/http/harness.ts';
import { buildOrganization } from './build.ts';
import { type DemoDefinition, scaled } from './definition.ts';
import { anchorOf, demoFacts } from './facts.ts';
import { NORTHWIND } from './northwind.ts';
import { MERGED_BY_HAND, peopleOf } from './people.ts';
import { SOUTHWIND } from './southwind.ts';

const SMALL = scaled(NORTHWIND, 0.04);
const DAY_MS = 86_400_000;
const TABLES = [
  'teams',
  'vendors',
  'agents',
  'customers',
  'identity_links',
  'customer_merges',
  'interactions',
  'conversations',
  'interaction_participants',
  'conversions',
  'website_page_views',
  'events',
  'spend',
  'accounts',
  'prospects',
  'deals',
  'deal_contacts',
  'deal_stage_history',
  'activities',
  'call_logs',
  'tasks',
  'meetings',
  'custom_fields',
  'contact_segments',
  'contact_lists',
  'intent_signals',
  'intent_score_history',
  'intent_alerts',
  'website_visitors',
  'scoring_models',
  'ai_predictions',
  'cadences',
  'cadence_enrollments',
  'attribution_runs',
  'process_commands',
  'domain_events',
  'audit_logs',
] as const;

let database: TestDatabase;
let now: Date;
beforeAll(async () => {
  database = await createTestDatabase();
  // The anchor is the day on which the database says that the organization was created.
  const [row] = await database.owner<[{ now: Date }]>`select now()`;
  now = row.now;
});
afterAll(() => database.drop());

async function counts({ organizationId }: { organizationId: string }): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const table of TABLES) {
    const [row] = await database.owner<[{ count: number }]>`
      select count(*)::int as count from ${database.owner(table)} where organization_id = ${organizationId}`;
    found[table] = row.count;
  }
  return found;
}

const scopeOf = ({ organizationId }: DemoDefinition): Scope => ({ organizationId, principal: SYSTEM_PRINCIPAL, now });

describe('the demo organizations', () => {
  it('are built once: a later start, on a later day too, adds and changes nothing', async () => {
    await buildOrganization(database, testMailing, SMALL, now);
    await buildOrganization(database, testMailing, SOUTHWIND, now);
    const built = await counts(SMALL);
    const facts = demoFacts(SMALL, anchorOf(now));
    expect(built).toMatchObject({
      vendors: 4,
      agents: 24,
      interactions: facts.interactions.length,
      conversions: facts.conversions.length,
      website_page_views: facts.pageViews.length,
      events: facts.events.length,
      spend: facts.spend.length,
      customer_merges: 1,
      attribution_runs: 3,
      accounts: 16,
      prospects: 200,
      deals: 12,
      custom_fields: 4,
      contact_segments: 2,
      contact_lists: 2,
      scoring_models: 1,
      conversations: 6,
      cadences: 2,
    });
    expect(built.intent_signals).toBeGreaterThan(50);
    expect(built.intent_score_history).toBeGreaterThan(50);
    expect(built.ai_predictions).toBeGreaterThan(20);
    expect(built.cadence_enrollments).toBeGreaterThan(3);
    expect(built.deal_stage_history).toBeGreaterThan(12);
    expect(built.identity_links).toBeGreaterThan(20);
    await buildOrganization(database, testMailing, SMALL, new Date(now.getTime() + 3 * DAY_MS));
    expect(await counts(SMALL)).toEqual(built);
  });

  it('have three teams with teams inside them', async () => {
    const rows = await database.owner<{ parent: string; inner: number }[]>`
      select p.name as parent, count(*)::int as inner from teams t join teams p on p.id = t.parent_team_id
      where t.organization_id = ${SMALL.organizationId} group by 1 order by 1`;
    expect(rows).toEqual([
      { parent: 'Customer Success', inner: 2 },
      { parent: 'Sales', inner: 2 },
      { parent: 'Voice Agents', inner: 3 },
    ]);
  });

  it('see nothing of each other', async () => {
    const find = (definition: DemoDefinition, email: string) =>
      inTransaction(database.app, scopeOf(definition), (ctx) => findCustomers(ctx, { email, page: 1, limit: 5 }));
    const email = peopleOf(SMALL)[MERGED_BY_HAND[0]]!.email.value;
    // Both know somebody by this address; each knows its own record alone.
    const [here, there] = [await find(SMALL, email), await find(SOUTHWIND, email)];
    expect([here.total, there.total]).toEqual([1, 1]);
    const records = [here, there].map(({ items: [one] }) => [one!.id, ...one!.linkedCustomerIds]);
    expect(records[0]!.filter((id) => records[1]!.includes(id))).toEqual([]);
    const all = await inTransaction(database.app, scopeOf(SOUTHWIND), (ctx) =>
      ctx.tx.selectFrom('interactions').select('organization_id').distinct().execute(),
    );
    expect(all).toEqual([{ organization_id: SOUTHWIND.organizationId }]);
  });

  it('are removed without touching another organization, and built anew the same', async () => {
    const other = await createTenant(database, 'Somebody else');
    await other.run((ctx) => ingestInteraction(ctx, demoFacts(SOUTHWIND, anchorOf(now)).interactions[0]!), now);
    const before = [await counts(SMALL), await counts(other)];
    await removeOrganizations(database.url, [SMALL, SOUTHWIND]);
    expect(Object.values(await counts(SMALL)).every((count) => count === 0)).toBe(true);
    expect(await counts(other)).toEqual(before[1]);
    await buildOrganization(database, testMailing, SMALL, now);
    expect(await counts(SMALL)).toEqual(before[0]);
  });

  it('are not removed when the id belongs to somebody of another name', async () => {
    const other = await createTenant(database, 'Not a demo');
    const wrong = [{ organizationId: other.organizationId, name: 'Northwind Voice' }];
    await expect(removeOrganizations(database.url, wrong)).rejects.toThrow('is Not a demo');
    expect(await counts(other)).toMatchObject({ audit_logs: 1 });
  });

  it('are finished by the next start after one that was killed half-way', async () => {
    // An e-mail is one person's in the whole product, and these people are in the first copy.
    const definition = { ...SMALL, organizationId: crypto.randomUUID(), members: [] };
    let left = 4;
    // Stops like a killed process does: between two transactions, with the rest undone.
    const dying = new Proxy(database.app, {
      get(target, key) {
        if (key === 'getExecutor' && left-- === 0) throw new Error('killed');
        const value = Reflect.get(target, key);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    await expect(
      buildOrganization({ app: dying, platform: database.platform }, testMailing, definition, now),
    ).rejects.toThrow('killed');
    const half = await counts(definition);
    expect(half).toMatchObject({ agents: 24, conversions: 0, attribution_runs: 0 });
    expect(half.interactions).toBeGreaterThan(0);
    await buildOrganization(database, testMailing, definition, now);
    const facts = demoFacts(definition, anchorOf(now));
    expect(await counts(definition)).toMatchObject({
      interactions: facts.interactions.length,
      conversions: facts.conversions.length,
      attribution_runs: 3,
      customer_merges: 1,
    });
  });
});
