import { type RawBuilder, sql } from 'kysely';
import { chooseMember, type RoutingCandidate, type RoutingStrategy } from '../../../domain/service/routing.rules.ts';
import { type Ctx, letGo } from '../../core/context.ts';
import { conditionsOf, matching } from '../tickets/ticket-filter.ts';

export interface Routing {
  readonly ruleId: string | null;
  readonly assigneeId: string | null;
  readonly teamId: string | null;
}

interface RuleRow {
  id: string;
  name: string;
  filter: unknown;
  strategy: RoutingStrategy;
  assigneeId: string | null;
  teamId: string | null;
  members: RoutingCandidate[];
  lastAssignedId: string | null;
}

/** What became of one rule when it was asked. */
export interface RuleVerdict {
  ruleId: string;
  name: string;
  matches: boolean;
  outcome: 'wins' | 'not_asked' | 'no_match' | 'nobody_free';
  assigneeId: string | null;
  teamId: string | null;
}

/** The first rule that matches and finds somebody decides. With `hold`, nobody else takes a turn meanwhile. */
export async function routeTicket(
  ctx: Ctx,
  ticket: RawBuilder<unknown>,
  options: { hold?: boolean } = {},
): Promise<Routing> {
  const verdicts = await judgeRules(ctx, ticket, options);
  const winner = verdicts.find(({ outcome }) => outcome === 'wins');
  return { ruleId: winner?.ruleId ?? null, assigneeId: winner?.assigneeId ?? null, teamId: winner?.teamId ?? null };
}

/** Every active rule in its order, with what it would do. */
export async function judgeRules(
  ctx: Ctx,
  ticket: RawBuilder<unknown>,
  { hold = false }: { hold?: boolean } = {},
): Promise<RuleVerdict[]> {
  const rules = await readRules(ctx, hold);
  if (rules.length === 0) return [];
  const matched = await matching(ctx, ticket, await conditionsOf(ctx, rules));
  const facts = await sql<{ tags: string[] | null; language: string | null }>`
    select t.tags, t.language from ${ticket}`.execute(ctx.tx);
  const { tags, language } = facts.rows[0]!;
  let decided = false;
  return rules.map((rule, index): RuleVerdict => {
    const matches = matched[index] ?? false;
    const nobody = { ruleId: rule.id, name: rule.name, matches, assigneeId: null, teamId: null };
    if (!matches) return { ...nobody, outcome: 'no_match' };
    if (decided) return { ...nobody, outcome: 'not_asked' };
    const choice = choiceOf(rule, { tags: tags ?? [], language });
    if (choice === null) return { ...nobody, outcome: 'nobody_free' };
    decided = true;
    return { ...nobody, ...choice, outcome: 'wins' };
  });
}

function choiceOf(rule: RuleRow, ticket: { tags: string[]; language: string | null }) {
  const { strategy, teamId } = rule;
  if (strategy === 'team') return { assigneeId: null, teamId };
  if (strategy === 'assignee') return rule.assigneeId === null ? null : { assigneeId: rule.assigneeId, teamId };
  const assigneeId = chooseMember(strategy, rule.members, ticket, rule.lastAssignedId);
  return assigneeId === null ? null : { assigneeId, teamId };
}

/** Members who have left are left out; a rule without members takes the people of its team. */
async function readRules(ctx: Ctx, hold: boolean): Promise<RuleRow[]> {
  if (hold) {
    const lock = sql`
      select from ticket_routing_rules where organization_id = ${ctx.organizationId} and is_active and deleted_at is null
      order by id for no key update`.execute(ctx.tx);
    await letGo(ctx, lock);
  }
  const { rows } = await sql<RuleRow>`
    select r.id, r.name, r.filter, r.strategy, r.team_id as "teamId", r.last_assigned_id as "lastAssignedId",
           (select u.id from users u where u.organization_id = r.organization_id and u.id = r.assignee_id
              and u.deleted_at is null and u.status = 'active') as "assigneeId",
           coalesce((
             select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('userId', u.id, 'skills', m.said -> 'skills',
                      'languages', coalesce(m.said -> 'languages', '[]') || coalesce(to_jsonb(array_remove(array[u.language], null)), '[]'),
                      'maxOpen', m.said -> 'maxOpen', 'openTickets', (
                        select count(*) from tickets o where o.organization_id = u.organization_id
                          and o.assignee_id = u.id and o.status in ('new', 'open', 'pending') and o.deleted_at is null)))
                    order by m.place, u.created_at, u.id)
             from (select e.said, e.place, (e.said ->> 'userId')::uuid as user_id
                   from jsonb_array_elements(r.members) with ordinality e(said, place)
                   union all
                   select '{}', 0, tu.id from users tu
                   where r.members = '[]' and tu.organization_id = r.organization_id and tu.team_id = r.team_id) m
             join users u on u.organization_id = r.organization_id and u.id = m.user_id
               and u.deleted_at is null and u.status = 'active'), '[]') as members
    from ticket_routing_rules r
    where r.organization_id = ${ctx.organizationId} and r.is_active and r.deleted_at is null
    order by r.position, r.created_at, r.id`.execute(ctx.tx);
  return rows;
}

/** Whose turn it was. */
export async function takeTurn(ctx: Ctx, { ruleId, assigneeId }: Routing): Promise<void> {
  if (ruleId === null || assigneeId === null) return;
  const write = ctx.tx
    .updateTable('ticket_routing_rules')
    .set({ last_assigned_id: assigneeId })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', ruleId)
    .execute();
  await letGo(ctx, write);
}
