import { sql } from 'kysely';
import { type FieldIssue, invalidAll } from '../../../domain/core/errors.ts';
import { type DealStage, isOpen, STAGE_PROBABILITY } from '../../../domain/crm/deal.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { uuidv7 } from '../../core/ids.ts';
import { applyCustom, readDefinitions } from '../custom-fields/check-custom.ts';
import { dealWon } from '../events.ts';
import { checkAmount } from './deal-change.ts';

/** A deal with its past, as another system knows it. */
export interface DealOfOld {
  name: string;
  /** Decimal text in `currency`. */
  amount: string;
  currency: string;
  closeDate: string | null;
  accountId: string | null;
  ownerId: string | null;
  custom: Readonly<Record<string, unknown>>;
  contacts: readonly { prospectId: string; role: string }[];
  /** Stages in the order of their times; the first one is that of its creation. */
  steps: readonly { at: Date; stage: DealStage; reason?: string }[];
}

/**
 * Stores deals with their stage history, timeline and contacts as if everything had been done at its own time; set-based.
 * Of what happened nothing is told again but wins, which become conversions of their own days.
 * @throws AppError validation naming the deal by its place.
 */
export const importDeals = verb(
  { permission: 'deals.edit' },
  async (ctx, { deals }: { deals: readonly DealOfOld[] }): Promise<{ ids: string[] }> => {
    await check(ctx, deals);
    const rows = deals.map((deal, place) => ({ ...recordOf(deal), id: uuidv7(), place }));
    await insertDeals(ctx, rows);
    const steps = rows.flatMap(({ id }, place) =>
      deals[place]!.steps.map(({ at, stage }, step) => ({
        deal_id: id,
        step,
        at,
        from_stage: deals[place]!.steps[step - 1]?.stage ?? null,
        stage,
        probability: STAGE_PROBABILITY[stage],
      })),
    );
    await insertPast(ctx, steps);
    await sql`
      insert into deal_contacts (deal_id, prospect_id, role)
      select deal_id, prospect_id, role
      from jsonb_to_recordset(${JSON.stringify(
        rows.flatMap(({ id }, place) =>
          deals[place]!.contacts.map(({ prospectId, role }) => ({ deal_id: id, prospect_id: prospectId, role })),
        ),
      )}::jsonb) as given(deal_id uuid, prospect_id uuid, role text)
      on conflict do nothing`.execute(ctx.tx);
    await audit(ctx, 'deal.import', { entityType: 'deal', entityId: null, after: { deals: deals.length } });
    for (const { deal_id: id, at, stage } of steps) {
      if (stage === 'closed_won') await emit({ ...ctx, now: at }, dealWon, { entityId: id, data: { id, win: 1 } });
    }
    return { ids: rows.map(({ id }) => id) };
  },
);

/** A deal is decided once in its past: as it is at the end. */
async function check(ctx: Ctx, deals: readonly DealOfOld[]): Promise<void> {
  const definitions = await readDefinitions(ctx, 'deal');
  const issues: FieldIssue[] = [];
  for (const [place, { amount, currency, steps, custom }] of deals.entries()) {
    checkAmount(amount, currency);
    if (steps.length === 0) issues.push({ field: `deals.${place}.steps`, message: 'must have at least one' });
    if (steps.some(({ stage }, step) => step < steps.length - 1 && !isOpen(stage))) {
      issues.push({ field: `deals.${place}.steps`, message: 'must not go on after the decision' });
    }
    for (const issue of applyCustom(definitions, {}, custom).issues) {
      issues.push({ ...issue, field: `deals.${place}.${issue.field}` });
    }
  }
  if (issues.length > 0) throw invalidAll(issues);
}

function recordOf({ steps, contacts: _, accountId, ownerId, closeDate, ...deal }: DealOfOld) {
  const { stage, at, reason } = steps.at(-1)!;
  return {
    ...deal,
    account_id: accountId,
    owner_id: ownerId,
    close_date: closeDate,
    stage,
    probability: STAGE_PROBABILITY[stage],
    stage_changed_at: at,
    closed_at: isOpen(stage) ? null : at,
    win_loss_reason: reason ?? null,
    wins: stage === 'closed_won' ? 1 : 0,
  };
}

type DealRecord = ReturnType<typeof recordOf> & { id: string; place: number };

async function insertDeals(ctx: Ctx, records: readonly DealRecord[]): Promise<void> {
  await sql`
    insert into deals (id, name, amount, currency, probability, stage, position, close_date, account_id, owner_id,
                       win_loss_reason, custom, stage_changed_at, closed_at, wins)
    select g.id, g.name, g.amount, g.currency, g.probability, g.stage,
           coalesce(below.position, 0) + row_number() over (partition by g.stage order by g.place),
           g.close_date, g.account_id, g.owner_id, g.win_loss_reason, g.custom, g.stage_changed_at, g.closed_at, g.wins
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as g(
      id uuid, place integer, name text, amount numeric, currency text, probability integer, stage text, close_date date,
      account_id uuid, owner_id uuid, win_loss_reason text, custom jsonb, stage_changed_at timestamptz,
      closed_at timestamptz, wins integer)
    left join (
      select stage, max(position) as position from deals where organization_id = ${ctx.organizationId} group by stage) below
      on below.stage = g.stage`.execute(ctx.tx);
}

interface Step {
  deal_id: string;
  step: number;
  at: Date;
  from_stage: DealStage | null;
  stage: DealStage;
  probability: number;
}

async function insertPast(ctx: Ctx, steps: readonly Step[]): Promise<void> {
  await sql`
    with step as materialized (
      select s.*, d.name, d.amount, d.currency, d.close_date, d.owner_id, d.team_id, d.account_id
      from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as s(
        deal_id uuid, step integer, at timestamptz, from_stage text, stage text, probability integer)
      join deals d on d.organization_id = ${ctx.organizationId} and d.id = s.deal_id),
    told as (
      insert into activities (type, subject, occurred_at, deal_id, account_id, data)
      select 'deal_stage_changed', name || ': ' || from_stage || ' → ' || stage, at, deal_id, account_id,
             jsonb_build_object('from', from_stage, 'to', stage)
      from step where from_stage is not null order by at)
    insert into deal_stage_history (deal_id, changed_at, from_stage, stage, probability, amount, currency, close_date,
                                    owner_id, team_id, actor_kind, actor_id)
    select deal_id, at, from_stage, stage, probability, amount, currency, close_date, owner_id, team_id,
           ${ctx.principal.kind}, ${ctx.principal.id}::uuid
    from step order by at, deal_id`.execute(ctx.tx);
}
