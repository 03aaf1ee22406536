import { type RawBuilder, sql } from 'kysely';
import { type Ctx, verb } from '../../core/context.ts';
import { doneRows } from './done.ts';
import { EMAIL_COUNTS, type EmailCounts, type EmailRates, ratesOf } from './email-counts.ts';
import { type Range, rangeOf, rate, type WhoseInput } from './range.ts';

type Period = Pick<Range, 'startDate' | 'endDate' | 'timeZone'>;

export interface ActivityMetrics {
  callsMade: number;
  emailsSent: number;
  meetingsScheduled: number;
  linkedinMessages: number;
  smsSent: number;
  tasksCompleted: number;
}

export interface ActivityReport extends Period {
  totals: ActivityMetrics;
  users: (ActivityMetrics & { userId: string | null; name: string | null })[];
}

/** Rows that belong to a person, or to people of a team; everybody's where neither is named. */
const whose = (userId: RawBuilder<unknown>, input: WhoseInput): RawBuilder<unknown> => sql`
  (${input.userId ?? null}::uuid is null or ${userId} = ${input.userId ?? null}::uuid)
  and (${input.teamId ?? null}::uuid is null or exists (
    select from users tu where tu.organization_id = ${sql.ref('o.id')} and tu.id = ${userId}
      and tu.team_id = ${input.teamId ?? null}::uuid))`;

async function readActivity(ctx: Ctx, range: Range, input: WhoseInput): Promise<ActivityReport> {
  const within = (column: string) => sql`${sql.ref(column)} >= ${range.from} and ${sql.ref(column)} < ${range.until}`;
  const { rows } = await sql<ActivityMetrics & { userId: string | null; name: string | null }>`
    with done as (${doneRows(ctx.organizationId, within)})
    select done.user_id as "userId", nullif(trim(concat_ws(' ', u.first_name, u.last_name)), '') as name,
           count(*) filter (where kind = 'call')::integer as "callsMade",
           count(*) filter (where kind = 'email')::integer as "emailsSent",
           count(*) filter (where kind = 'meeting')::integer as "meetingsScheduled",
           count(*) filter (where kind = 'linkedin')::integer as "linkedinMessages",
           count(*) filter (where kind = 'sms')::integer as "smsSent",
           count(*) filter (where kind = 'task')::integer as "tasksCompleted"
    from done
    join organizations o on o.id = ${ctx.organizationId}
    left join users u on u.organization_id = o.id and u.id = done.user_id
    where ${whose(sql.ref('done.user_id'), input)}
    group by done.user_id, u.first_name, u.last_name
    order by count(*) desc, done.user_id`.execute(ctx.tx);
  const totals = {
    callsMade: 0,
    emailsSent: 0,
    meetingsScheduled: 0,
    linkedinMessages: 0,
    smsSent: 0,
    tasksCompleted: 0,
  };
  for (const row of rows) {
    for (const name of Object.keys(totals) as (keyof ActivityMetrics)[]) totals[name] += row[name];
  }
  return { ...periodOf(range), totals, users: rows };
}

const periodOf = ({ startDate, endDate, timeZone }: Range): Period => ({ startDate, endDate, timeZone });

/** What people did in the period. */
export const reportActivity = verb(
  { permission: 'activities.view' },
  async (ctx, input: WhoseInput): Promise<ActivityReport> => readActivity(ctx, await rangeOf(ctx, input), input),
);

export interface EmailReport extends Period, EmailCounts, EmailRates {
  suppressed: number;
  failed: number;
}

async function readEmails(ctx: Ctx, range: Range, input: WhoseInput): Promise<EmailReport> {
  const { rows } = await sql<EmailCounts & { suppressed: number; failed: number }>`
    select ${EMAIL_COUNTS}, count(m.id) filter (where m.status = 'suppressed')::integer as suppressed,
           count(m.id) filter (where m.status = 'failed')::integer as failed
    from emails m
    join organizations o on o.id = m.organization_id
    where m.organization_id = ${ctx.organizationId} and not m.is_test
      and coalesce(m.sent_at, m.created_at) >= ${range.from} and coalesce(m.sent_at, m.created_at) < ${range.until}
      and ${whose(sql.ref('m.user_id'), input)}`.execute(ctx.tx);
  return { ...periodOf(range), ...rows[0]!, ...ratesOf(rows[0]!) };
}

/** E-mails of the period and what became of them; opens and clicks are those of people. */
export const reportEmails = verb(
  { permission: 'emails.view' },
  async (ctx, input: WhoseInput): Promise<EmailReport> => readEmails(ctx, await rangeOf(ctx, input), input),
);

export interface PipelineReport extends Period {
  /** Of deals that are open now, by currency. */
  pipeline: { currency: string; value: string; deals: number }[];
  won: number;
  lost: number;
  winRate: number | null;
  /** Of deals won in the period, by currency. */
  averageDealSize: { currency: string; amount: string }[];
  /** From the first stage of a deal until it was won. */
  salesCycleDays: number | null;
}

async function readPipeline(ctx: Ctx, range: Range, input: WhoseInput): Promise<PipelineReport> {
  const { rows } = await sql<{
    currency: string;
    value: string;
    deals: number;
    won: number;
    lost: number;
    wonAmount: string;
    wonPriced: number;
    days: number | null;
  }>`
    select d.currency, coalesce(sum(d.amount) filter (where d.closed_at is null), 0)::text as value,
           count(*) filter (where d.closed_at is null)::integer as deals,
           count(*) filter (where d.stage = 'closed_won' and ${closed(range)})::integer as won,
           count(*) filter (where d.stage = 'closed_lost' and ${closed(range)})::integer as lost,
           coalesce(sum(d.amount) filter (where d.stage = 'closed_won' and ${closed(range)}), 0)::text as "wonAmount",
           count(d.amount) filter (where d.stage = 'closed_won' and ${closed(range)})::integer as "wonPriced",
           (sum(extract(epoch from d.closed_at - begun.at) / 86400)
             filter (where d.stage = 'closed_won' and ${closed(range)}))::double precision as days
    from deals d
    join organizations o on o.id = d.organization_id
    cross join lateral (
      select least(d.created_at, min(h.changed_at)) as at from deal_stage_history h
      where h.organization_id = d.organization_id and h.deal_id = d.id) begun
    where d.organization_id = ${ctx.organizationId} and d.deleted_at is null and ${whose(sql.ref('d.owner_id'), input)}
    group by d.currency order by d.currency`.execute(ctx.tx);
  const sum = (name: 'won' | 'lost' | 'days') => rows.reduce((all, row) => all + (row[name] ?? 0), 0);
  const [won, lost] = [sum('won'), sum('lost')];
  return {
    ...periodOf(range),
    pipeline: rows.filter(({ deals }) => deals > 0).map(({ currency, value, deals }) => ({ currency, value, deals })),
    won,
    lost,
    winRate: rate(won, won + lost),
    averageDealSize: rows
      .filter(({ wonPriced }) => wonPriced > 0)
      .map(({ currency, wonAmount, wonPriced }) => ({ currency, amount: (Number(wonAmount) / wonPriced).toFixed(2) })),
    salesCycleDays: won === 0 ? null : Math.round((sum('days') / won) * 10) / 10,
  };
}

const closed = (range: Range): RawBuilder<unknown> =>
  sql`d.closed_at >= ${range.from} and d.closed_at < ${range.until}`;

/** The pipeline as it stands, and the deals that were decided in the period. */
export const reportPipeline = verb(
  { permission: 'deals.view' },
  async (ctx, input: WhoseInput): Promise<PipelineReport> => readPipeline(ctx, await rangeOf(ctx, input), input),
);

export interface PerformanceReport extends Period {
  activity: ActivityMetrics;
  pipeline: Omit<PipelineReport, keyof Period>;
  email: Omit<EmailReport, keyof Period>;
}

/** All of it on one page, for a person, a team or everybody. */
export const reportPerformance = verb(
  { permission: 'deals.view' },
  async (ctx, input: WhoseInput): Promise<PerformanceReport> => {
    const range = await rangeOf(ctx, input);
    const { totals: activity } = await readActivity(ctx, range, input);
    const { startDate, endDate, timeZone, ...pipeline } = await readPipeline(ctx, range, input);
    const { startDate: _, endDate: __, timeZone: ___, ...email } = await readEmails(ctx, range, input);
    return { startDate, endDate, timeZone, activity, pipeline, email };
  },
);
