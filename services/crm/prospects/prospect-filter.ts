import { type RawBuilder, sql } from 'kysely';
import { checkFilter, type Filter, readFilter } from '../../../domain/core/filter.rules.ts';
import { PROSPECT_FIELDS } from '../../../domain/crm/prospect-fields.rules.ts';
import type { Ctx } from '../../core/context.ts';
import {
  defineFilter,
  type FilterTable,
  filterCondition,
  type SqlRelation,
  withCustomFields,
} from '../../core/filter.ts';
import { majorUnits } from '../../data/index.ts';
import { accountRelation } from '../accounts/account-relation.ts';
import { customFilterFields } from '../custom-fields/filter-fields.ts';

const p = (column: string) => sql.ref(`p.${column}`);

/** Rows of the person whom the prospect is, whatever record of theirs a fact names. */
const ofPerson = (table: string, alias: string, columns: SqlRelation['columns'], also = sql``): SqlRelation => ({
  from: sql`${sql.table(table)} ${sql.raw(alias)}
    left join identity_links person on person.organization_id = ${sql.ref(`${alias}.organization_id`)}
      and person.customer_id = ${sql.ref(`${alias}.customer_id`)} and person.ended_xid is null`,
  on: sql`${sql.ref(`${alias}.organization_id`)} = p.organization_id
    and coalesce(person.canonical_id, ${sql.ref(`${alias}.customer_id`)}) = p.person_id ${also}`,
  columns,
});

const PROSPECT_FILTER = defineFilter(PROSPECT_FIELDS, {
  id: p('id'),
  email: p('email'),
  phone: p('phone'),
  linkedinUrl: p('linkedin_url'),
  firstName: p('first_name'),
  lastName: p('last_name'),
  title: p('title'),
  company: p('company'),
  accountId: p('account_id'),
  customerId: p('customer_id'),
  status: p('status'),
  relationshipStage: p('relationship_stage'),
  priorityScore: p('priority_score'),
  intentScore: p('intent_score'),
  intentTier: p('intent_tier'),
  qualificationScore: p('qualification_score'),
  bdrAssigned: p('bdr_assigned'),
  enrichmentStatus: p('enrichment_status'),
  timeZone: p('time_zone'),
  language: p('language'),
  country: p('country'),
  source: p('source'),
  ownerId: p('owner_id'),
  teamId: p('team_id'),
  lastActivityAt: p('last_activity_at'),
  createdAt: p('created_at'),
  updatedAt: p('updated_at'),
  activities: {
    from: sql`activities a`,
    on: sql`a.organization_id = p.organization_id and a.prospect_id = p.id and a.deleted_at is null`,
    columns: { type: sql.ref('a.type'), occurredAt: sql.ref('a.occurred_at'), userId: sql.ref('a.user_id') },
  },
  touches: ofPerson(
    'interactions',
    'i',
    {
      channel: sql.ref('i.channel'),
      direction: sql.ref('i.direction'),
      primaryIntent: sql.ref('i.primary_intent'),
      purchaseProbability: sql.ref('i.purchase_probability'),
      startedAt: sql.ref('i.started_at'),
    },
    sql`and i.voided_at is null`,
  ),
  conversions: ofPerson(
    'conversions',
    'c',
    {
      eventType: sql.ref('c.event_type'),
      amount: majorUnits(sql.ref('c.amount_minor'), sql.ref('c.currency')),
      currency: sql.ref('c.currency'),
      occurredAt: sql.ref('c.occurred_at'),
    },
    sql`and c.voided_at is null`,
  ),
  events: ofPerson('events', 'e', {
    type: sql.ref('e.type'),
    contentId: sql.ref('e.content_id'),
    occurredAt: sql.ref('e.occurred_at'),
  }),
  pageViews: ofPerson('website_page_views', 'v', {
    path: sql.ref('v.path'),
    contentId: sql.ref('v.content_id'),
    occurredAt: sql.ref('v.occurred_at'),
  }),
  deals: {
    from: sql`deal_contacts dc join deals d on d.organization_id = dc.organization_id and d.id = dc.deal_id
      and d.deleted_at is null`,
    on: sql`dc.organization_id = p.organization_id and dc.prospect_id = p.id`,
    columns: {
      stage: sql.ref('d.stage'),
      amount: sql.ref('d.amount'),
      currency: sql.ref('d.currency'),
      probability: sql.ref('d.probability'),
      closeDate: sql.ref('d.close_date'),
      role: sql.ref('dc.role'),
    },
  },
  account: accountRelation('p'),
  lists: {
    from: sql`contact_list_members m join contact_lists l on l.organization_id = m.organization_id and l.id = m.list_id
      and l.deleted_at is null`,
    on: sql`m.organization_id = p.organization_id and m.prospect_id = p.id`,
    columns: { listId: sql.ref('m.list_id') },
  },
});

/** Prospects `p` that are there; without `person_id`, which filters and segments ask. */
export const plainProspects = (ctx: Ctx): RawBuilder<unknown> => sql`(
  select * from prospects where organization_id = ${ctx.organizationId} and deleted_at is null) p`;

/** Prospects `p` that are there, each with the record that stands for its person. */
export const prospectsSource = (ctx: Ctx): RawBuilder<unknown> => sql`(
  select prospects.*, coalesce(link.canonical_id, prospects.customer_id) as person_id
  from prospects
  left join identity_links link on link.organization_id = prospects.organization_id
    and link.customer_id = prospects.customer_id and link.ended_xid is null
  where prospects.organization_id = ${ctx.organizationId} and prospects.deleted_at is null) p`;

/** The allow-list of this organization: the fields of every prospect and its own ones. */
export async function prospectFilter(ctx: Ctx): Promise<FilterTable> {
  const custom = await customFilterFields(ctx, 'prospect');
  return withCustomFields(PROSPECT_FILTER, custom, sql`p.custom`);
}

/** @throws AppError validation naming what the filter may not ask. */
export async function readProspectFilter(ctx: Ctx, text: string): Promise<Filter> {
  return readFilter((await prospectFilter(ctx)).fields, text);
}

/** @throws AppError validation, its fields below `criteria`. */
export async function checkCriteria(ctx: Ctx, criteria: unknown): Promise<Filter> {
  return checkFilter((await prospectFilter(ctx)).fields, criteria, { path: 'criteria' });
}

/** A condition on `prospectsSource`. The filter was checked against the organization's fields of this moment. */
export async function prospectCondition(ctx: Ctx, filter: Filter | undefined): Promise<RawBuilder<boolean>> {
  return filterCondition(ctx, await prospectFilter(ctx), filter);
}
