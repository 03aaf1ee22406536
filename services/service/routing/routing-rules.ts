import { sql } from 'kysely';
import { type FieldIssue, invalidAll, notFound } from '../../../domain/core/errors.ts';
import type { RoutingMember, RoutingStrategy } from '../../../domain/service/routing.rules.ts';
import { audit } from '../../core/audit.ts';
import type { Changes } from '../../core/changes.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { requireRecords } from '../../crm/records/index.ts';
import { changed, lockSetting, putAway, type SettingVersion } from '../setting-row.ts';
import { type CreateTicketInput, draftOf } from '../tickets/create-ticket.ts';
import { checkTicketFilter } from '../tickets/ticket-filter.ts';
import { judgeRules, type RuleVerdict } from './route-ticket.ts';

export interface RoutingRuleFields {
  name: string;
  description?: string | null | undefined;
  /** Lower is asked first. */
  position?: number | undefined;
  isActive?: boolean | undefined;
  /** Absent or null: every ticket. */
  filter?: unknown;
  strategy: RoutingStrategy;
  assigneeId?: string | null | undefined;
  teamId?: string | null | undefined;
  members?: readonly RoutingMember[] | undefined;
}

export interface RoutingRuleView {
  id: string;
  name: string;
  description: string | null;
  position: number;
  isActive: boolean;
  filter: Record<string, unknown> | null;
  strategy: RoutingStrategy;
  assigneeId: string | null;
  teamId: string | null;
  members: RoutingMember[];
  lastAssignedId: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

const COLUMNS = sql.raw(`
  r.id, r.name, r.description, r.position, r.is_active as "isActive", r.filter, r.strategy, r.assignee_id as "assigneeId",
  r.team_id as "teamId", r.members, r.last_assigned_id as "lastAssignedId", r.created_at as "createdAt",
  r.updated_at as "updatedAt", r.version`);

async function readRule(ctx: Ctx, id: string): Promise<RoutingRuleView> {
  const { rows } = await sql<RoutingRuleView>`
    select ${COLUMNS} from ticket_routing_rules r
    where r.organization_id = ${ctx.organizationId} and r.id = ${id} and r.deleted_at is null`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The routing rule');
  return rows[0];
}

/** In the order in which they are asked. */
export const listRoutingRules = verb(
  { permission: 'tickets.view' },
  async (
    ctx,
    input: PageInput & { isActive?: boolean | undefined; strategy?: RoutingStrategy | undefined },
  ): Promise<{ items: RoutingRuleView[]; total: number }> => {
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<RoutingRuleView & { total: number }>`
        select ${COLUMNS}, count(*) over ()::integer as total from ticket_routing_rules r
        where r.organization_id = ${ctx.organizationId} and r.deleted_at is null
          ${input.isActive === undefined ? sql`` : sql`and r.is_active = ${input.isActive}`}
          ${input.strategy === undefined ? sql`` : sql`and r.strategy = ${input.strategy}`}
        order by r.position, r.created_at, r.id limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

/** @throws AppError validation. */
export const createRoutingRule = verb(
  { permission: 'tickets.edit' },
  async (ctx, input: RoutingRuleFields): Promise<RoutingRuleView> => {
    await check(ctx, input);
    const { id } = await ctx.tx
      .insertInto('ticket_routing_rules')
      .values(columnsOf(input))
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(ctx, 'routing_rule.create', { entityType: 'routing_rule', entityId: id, after: { ...input } });
    return readRule(ctx, id);
  },
);

export interface UpdateRoutingRuleInput extends SettingVersion {
  changes: Changes<RoutingRuleFields>;
}

/** @throws AppError not_found; precondition_failed; validation. */
export const updateRoutingRule = verb(
  { permission: 'tickets.edit' },
  async (ctx, { id, expectedVersion, changes }: UpdateRoutingRuleInput): Promise<RoutingRuleView> => {
    await lockSetting(ctx, 'ticket_routing_rules', { id, expectedVersion });
    const before = await readRule(ctx, id);
    const after = changed(before, changes);
    await check(ctx, after);
    await ctx.tx
      .updateTable('ticket_routing_rules')
      .set(columnsOf(after))
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    await audit(ctx, 'routing_rule.update', { entityType: 'routing_rule', entityId: id, before, after });
    return readRule(ctx, id);
  },
);

/** Tickets stay where it sent them. @throws AppError not_found; precondition_failed. */
export const deleteRoutingRule = verb(
  { permission: 'tickets.delete' },
  async (ctx, { id, expectedVersion }: SettingVersion): Promise<{ id: string }> => {
    await lockSetting(ctx, 'ticket_routing_rules', { id, expectedVersion });
    await putAway(ctx, 'ticket_routing_rules', id);
    await audit(ctx, 'routing_rule.delete', { entityType: 'routing_rule', entityId: id });
    return { id };
  },
);

export interface RoutingDryRun {
  winner: RuleVerdict | null;
  rules: RuleVerdict[];
}

/** What would become of a ticket, rule by rule; nothing is stored and nobody loses a turn. */
export const dryRunRouting = verb(
  { permission: 'tickets.view' },
  async (ctx, input: CreateTicketInput): Promise<RoutingDryRun> => {
    const rules = await judgeRules(ctx, await draftOf(ctx, input));
    return { winner: rules.find(({ outcome }) => outcome === 'wins') ?? null, rules };
  },
);

async function check(ctx: Ctx, fields: RoutingRuleFields): Promise<void> {
  const { strategy, assigneeId, teamId, members = [] } = fields;
  if (fields.filter != null) await checkTicketFilter(ctx, fields.filter);
  await requireRecords(ctx, { assigneeId, teamId });
  const issues: FieldIssue[] = [];
  if (strategy === 'assignee' && !assigneeId)
    issues.push({ field: 'assigneeId', message: 'is required for this strategy' });
  if (strategy === 'team' && !teamId) issues.push({ field: 'teamId', message: 'is required for this strategy' });
  if (strategy !== 'assignee' && strategy !== 'team' && members.length === 0 && !teamId) {
    issues.push({ field: 'members', message: 'or teamId must say among whom this strategy chooses' });
  }
  const known = new Set(
    (
      await ctx.tx
        .selectFrom('users')
        .select('id')
        .where('organization_id', '=', ctx.organizationId)
        .where('deleted_at', 'is', null)
        .$if(members.length > 0, (query) =>
          query.where(
            'id',
            'in',
            members.map(({ userId }) => userId),
          ),
        )
        .$if(members.length === 0, (query) => query.limit(0))
        .execute()
    ).map(({ id }) => id),
  );
  for (const [index, { userId }] of members.entries()) {
    if (!known.has(userId.toLowerCase()))
      issues.push({ field: `members.${index}.userId`, message: 'does not exist', value: userId });
  }
  if (issues.length > 0) throw invalidAll(issues);
}

const columnsOf = (fields: RoutingRuleFields) => ({
  name: fields.name,
  description: fields.description ?? null,
  position: fields.position ?? 100,
  is_active: fields.isActive ?? true,
  filter: fields.filter == null ? null : JSON.stringify(fields.filter),
  strategy: fields.strategy,
  assignee_id: fields.assigneeId ?? null,
  team_id: fields.teamId ?? null,
  members: JSON.stringify(fields.members ?? []),
});
