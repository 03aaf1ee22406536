import { type RawBuilder, sql } from 'kysely';
import { invalid } from '../../../domain/core/errors.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type Budget, budgetRow } from '../gateway/index.ts';
import { CALL_FIGURES, type CallFigures } from './figures.ts';

export const USAGE_GROUPS = ['purpose', 'model', 'person', 'promptVersion', 'day'] as const;
export type UsageGroup = (typeof USAGE_GROUPS)[number];

export interface UsageInput {
  readonly groupBy: UsageGroup;
  /** Days of UTC, both included, as the months of the budget are. Default: the current month so far. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface UsageLine extends CallFigures {
  /** Of `person` the id; null: nobody asked, the product did by itself. */
  readonly key: string | null;
  /** Of `person` the name, else the key. */
  readonly label: string | null;
}

export interface Usage {
  readonly from: string;
  readonly to: string;
  readonly groupBy: UsageGroup;
  readonly total: CallFigures;
  readonly groups: readonly UsageLine[];
  /** Of the current month, whatever was asked for. */
  readonly budget: Budget;
}

const KEY_OF: Readonly<Record<UsageGroup, RawBuilder<string | null>>> = {
  purpose: sql`c.purpose`,
  model: sql`c.model`,
  person: sql`c.user_id::text`,
  promptVersion: sql`c.prompt`,
  day: sql`to_char(c.asked_at at time zone 'UTC', 'YYYY-MM-DD')`,
};

const labelOf = (ctx: Ctx, groupBy: UsageGroup): RawBuilder<string | null> =>
  groupBy === 'person'
    ? sql`(select coalesce(nullif(trim(concat_ws(' ', u.first_name, u.last_name)), ''), u.email) from users u
           where u.organization_id = ${ctx.organizationId} and u.id = f.key::uuid)`
    : sql`f.key`;

/** As calls carry it, for the index. */
const monthOfDay = (day: string) => `${day.slice(0, 7)}-01`;
const MOST_DAYS = 366;

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;

/** What calls to models took, by one of their sides, beside the budget. @throws AppError validation. */
export const readUsage = verb({ permission: 'ai.view' }, async (ctx, input: UsageInput): Promise<Usage> => {
  const { groupBy } = input;
  const to = input.to ?? ctx.now.toISOString().slice(0, 10);
  const from = input.from ?? monthOfDay(to);
  const days = daysBetween(from, to);
  if (days < 1) throw invalid('to', 'must not be before from', to);
  if (days > MOST_DAYS) throw invalid('from', `must be at most ${MOST_DAYS} days before to`, from);
  const { rows } = await sql<UsageLine & Budget & { readonly isTotal: boolean }>`
    select f.*, ${labelOf(ctx, groupBy)} as label, budget.*
    from (
      select grouping(c.key) = 1 as "isTotal", c.key, ${CALL_FIGURES}
      from (
        select c.*, ${KEY_OF[groupBy]} as key from ai_calls c
        where c.organization_id = ${ctx.organizationId}
          and c.month between ${monthOfDay(from)}::date and ${monthOfDay(to)}::date
          and c.asked_at >= ${from}::timestamp at time zone 'UTC'
          and c.asked_at < (${to}::timestamp + interval '1 day') at time zone 'UTC') c
      group by grouping sets ((c.key), ())) f
    cross join (${budgetRow(ctx)}) budget
    order by f."isTotal" desc, ${groupBy === 'day' ? sql`f.key` : sql`f."costMicros" desc, f.calls desc, f.key`}`.execute(
    ctx.tx,
  );
  const [total, ...groups] = rows;
  const { month, limitMicros, reservedMicros, spentMicros } = total!;
  return {
    from,
    to,
    groupBy,
    total: figuresOf(total!),
    groups: groups.map((row) => ({ key: row.key, label: row.label, ...figuresOf(row) })),
    budget: { month, limitMicros, reservedMicros, spentMicros },
  };
});

const figuresOf = (row: CallFigures): CallFigures => ({
  calls: row.calls,
  succeeded: row.succeeded,
  failed: row.failed,
  pending: row.pending,
  inputTokens: row.inputTokens,
  outputTokens: row.outputTokens,
  cachedTokens: row.cachedTokens,
  costMicros: row.costMicros,
  countedMicros: row.countedMicros,
  unpriced: row.unpriced,
});
