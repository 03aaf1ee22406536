import type { Ctx } from '../services/core/context.ts';
import { refreshStatistics } from '../services/core/statistics.ts';
import {
  addListMembers,
  createCustomField,
  createList,
  createSegment,
  listCustomFields,
  listSegments,
} from '../services/crm/index.ts';
import type { Mailing } from '../services/platform/sends/index.ts';
import { listUsers } from '../services/platform/users/index.ts';
import { createCadences } from './cadences.ts';
import { createCompanies, type DemoAccount } from './companies.ts';
import { createConversations } from './conversations.ts';
import { createDeals } from './deals.ts';
import type { DemoDefinition } from './definition.ts';
import { type DemoProspect, prospectRowsOf, storeProspectRows } from './prospects.ts';
import { createWork } from './work.ts';

type Work = <T>(unit: (ctx: Ctx) => Promise<T>) => Promise<T>;

/** As large as an import's batch. */
const GROUP = 1_000;

export interface Companies {
  readonly ownerIds: readonly string[];
  readonly accounts: readonly DemoAccount[];
}

/** The fields of the organization's own, and the accounts: as the steps below, a transaction that finds what it has done before. */
export async function buildCompanies(work: Work, definition: DemoDefinition): Promise<Companies> {
  await work(defineFields);
  const ownerIds = await work((ctx) => ownersOf(ctx, definition));
  return { ownerIds, accounts: await work((ctx) => createCompanies(ctx, definition, ownerIds)) };
}

export async function buildProspects(
  work: Work,
  definition: DemoDefinition,
  { ownerIds }: Companies,
  lateBuyers: ReadonlyMap<string, Date>,
): Promise<DemoProspect[]> {
  const rows = prospectRowsOf(definition, ownerIds, lateBuyers);
  const prospects: DemoProspect[] = [];
  for (let from = 0; from < rows.length; from += GROUP) {
    prospects.push(...(await work((ctx) => storeProspectRows(ctx, rows.slice(from, from + GROUP)))));
    // The next group looks for its rows in a table that is not empty any more.
    if (from === 0) await work((ctx) => refreshStatistics(ctx, ['accounts', 'prospects']));
  }
  return prospects;
}

/** Deals, work, conversations, segments, lists and cadences. */
export async function buildSelling(
  work: Work,
  definition: DemoDefinition,
  { accounts, prospects, mailing }: Pick<Companies, 'accounts'> & { prospects: DemoProspect[]; mailing: Mailing },
): Promise<void> {
  await work((ctx) => createDeals(ctx, definition, accounts, prospects));
  // Whoever is to be written to is looked for among deals and their contacts, one by one.
  await work((ctx) => refreshStatistics(ctx, ['deals', 'deal_contacts']));
  await work((ctx) => createWork(ctx, definition, prospects));
  await work((ctx) => createConversations(ctx, definition, prospects));
  await work((ctx) => createLists(ctx, prospects));
  await work((ctx) => createCadences(ctx, definition, prospects, mailing));
}

/** Those who sell; without any, records are nobody's. */
async function ownersOf(ctx: Ctx, { members }: DemoDefinition): Promise<string[]> {
  const acting = new Set(members.filter(({ observer }) => !observer).map(({ email }) => email));
  const { items } = await listUsers(ctx, { page: 1, limit: 100 });
  return items.filter(({ email }) => acting.has(email)).map(({ id }) => id);
}

async function defineFields(ctx: Ctx): Promise<void> {
  if ((await listCustomFields(ctx, { page: 1, limit: 1 })).total > 0) return;
  const plans = ['Starter', 'Team', 'Enterprise'];
  await createCustomField(ctx, { entity: 'prospect', key: 'seats', label: 'Seats', type: 'number' });
  await createCustomField(ctx, {
    entity: 'prospect',
    key: 'planInterest',
    label: 'Plan',
    type: 'enum',
    options: plans,
  });
  const tiers = ['gold', 'silver', 'bronze'];
  await createCustomField(ctx, { entity: 'account', key: 'tier', label: 'Tier', type: 'enum', options: tiers });
  const rivals = ['Callwave', 'Northstar', 'none'];
  await createCustomField(ctx, {
    entity: 'deal',
    key: 'competitor',
    label: 'Competitor',
    type: 'enum',
    options: rivals,
  });
}

async function createLists(ctx: Ctx, prospects: readonly DemoProspect[]): Promise<void> {
  if ((await listSegments(ctx, { page: 1, limit: 1 })).total > 0) return;
  const large = await createSegment(ctx, {
    name: 'Large and not a customer yet',
    criteria: {
      and: [
        { field: 'custom.seats', op: 'gte', value: 200 },
        { field: 'status', op: 'ne', value: 'customer' },
      ],
    },
  });
  await createSegment(ctx, {
    name: 'Engaged in the last 30 days',
    criteria: {
      and: [
        { field: 'status', op: 'in', value: ['engaged', 'qualified'] },
        { field: 'touches', op: 'has', where: { field: 'startedAt', op: 'within_last', value: '30d' } },
      ],
    },
  });
  await createList(ctx, { name: 'Large and not a customer yet', type: 'dynamic', segmentId: large.id });
  const guests = await createList(ctx, { name: 'Guests of the fair', type: 'static' });
  const prospectIds = prospects.filter(({ row }) => row.source === 'Trade fair').map(({ id }) => id);
  if (prospectIds.length > 0) await addListMembers(ctx, { id: guests.id, prospectIds: prospectIds.slice(0, 200) });
}
