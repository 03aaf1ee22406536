import { sql } from 'kysely';
import { verb } from '../../core/context.ts';
import { readExperiments, type StepExperiment } from './cadence-analytics.ts';
import { EMAIL_COUNTS, type EmailCounts, type EmailRates, ratesOf } from './email-counts.ts';
import { type Range, type RangeInput, rangeOf, rate } from './range.ts';

export interface Report<Row> extends Pick<Range, 'startDate' | 'endDate' | 'timeZone'> {
  rows: Row[];
}

const report = <Row>({ startDate, endDate, timeZone }: Range, rows: Row[]): Report<Row> => ({
  startDate,
  endDate,
  timeZone,
  rows,
});

export interface CadenceRow {
  cadenceId: string;
  name: string;
  isActive: boolean;
  enrolled: number;
  replied: number;
  replyRate: number | null;
  completed: number;
  /** Meetings arranged with people while they were in it, or within two weeks after. */
  meetings: number;
}

/** People who were enrolled in the period, by cadence. */
export const reportCadences = verb(
  { permission: 'cadences.view' },
  async (ctx, input: RangeInput): Promise<Report<CadenceRow>> => {
    const range = await rangeOf(ctx, input);
    const { rows } = await sql<Omit<CadenceRow, 'replyRate'>>`
      select c.id as "cadenceId", c.name, c.is_active as "isActive", count(*)::integer as enrolled,
             count(e.replied_at)::integer as replied, count(*) filter (where e.status = 'completed')::integer as completed,
             coalesce(sum(met.count), 0)::integer as meetings
      from cadence_enrollments e
      join cadences c on c.organization_id = e.organization_id and c.id = e.cadence_id and c.deleted_at is null
      cross join lateral (
        select count(*) as count from meetings m
        where m.organization_id = e.organization_id and m.prospect_id = e.prospect_id and m.status <> 'cancelled'
          and m.created_at >= e.enrolled_at
          and (e.ended_at is null or m.created_at < e.ended_at + interval '14 days')) met
      where e.organization_id = ${ctx.organizationId} and e.enrolled_at >= ${range.from} and e.enrolled_at < ${range.until}
      group by c.id, c.name, c.is_active
      order by enrolled desc, c.name, c.id`.execute(ctx.tx);
    return report(
      range,
      rows.map((row) => ({ ...row, replyRate: rate(row.replied, row.enrolled) })),
    );
  },
);

export interface TemplateRow extends EmailCounts, EmailRates {
  templateId: string;
  name: string;
}

/** E-mails that were sent in the period, by template. */
export const reportTemplates = verb(
  { permission: 'emails.view' },
  async (ctx, input: RangeInput): Promise<Report<TemplateRow>> => {
    const range = await rangeOf(ctx, input);
    const { rows } = await sql<EmailCounts & { templateId: string; name: string }>`
      select t.id as "templateId", t.name, ${EMAIL_COUNTS}
      from emails m
      join email_templates t on t.organization_id = m.organization_id and t.id = m.template_id
      where m.organization_id = ${ctx.organizationId} and m.sent_at >= ${range.from} and m.sent_at < ${range.until}
        and not m.is_test
      group by t.id, t.name
      order by sent desc, t.name, t.id`.execute(ctx.tx);
    return report(
      range,
      rows.map((row) => ({ ...row, ...ratesOf(row) })),
    );
  },
);

export interface SendTimeRow extends EmailCounts, EmailRates {
  /** ISO: 1 is Monday. */
  weekday: number;
  hour: number;
}

/** E-mails of the period by the hour on the wall of whoever got them; the organization's where theirs is not known. */
export const reportSendTimes = verb(
  { permission: 'emails.view' },
  async (ctx, input: RangeInput): Promise<Report<SendTimeRow>> => {
    const range = await rangeOf(ctx, input);
    const { rows } = await sql<EmailCounts & { weekday: number; hour: number }>`
      select extract(isodow from wall.at)::integer as weekday, extract(hour from wall.at)::integer as hour, ${EMAIL_COUNTS}
      from emails m
      left join prospects p on p.organization_id = m.organization_id and p.id = m.prospect_id
      cross join lateral (select m.sent_at at time zone coalesce(p.time_zone, ${range.timeZone}) as at) wall
      where m.organization_id = ${ctx.organizationId} and m.sent_at >= ${range.from} and m.sent_at < ${range.until}
        and not m.is_test and m.category <> 'transactional'
      group by 1, 2 order by 1, 2`.execute(ctx.tx);
    return report(
      range,
      rows.map((row) => ({ ...row, ...ratesOf(row) })),
    );
  },
);

export interface ChannelRow {
  channel: 'email' | 'sms' | 'call' | 'linkedin';
  /** Messages sent, calls made, tasks done. */
  touches: number;
  people: number;
  /** Touches that were answered: replies to messages, calls that were picked up. */
  answered: number;
  answerRate: number | null;
}

/** What was done in the period on each channel, and what of it was answered. */
export const reportChannels = verb(
  { permission: 'emails.view' },
  async (ctx, input: RangeInput): Promise<Report<ChannelRow>> => {
    const range = await rangeOf(ctx, input);
    const organization = ctx.organizationId;
    const { rows } = await sql<Omit<ChannelRow, 'answerRate'>>`
      with touches as (
        select 'email' as channel, m.prospect_id, m.replied_at is not null as answered from emails m
        where m.organization_id = ${organization} and m.sent_at >= ${range.from} and m.sent_at < ${range.until}
          and not m.is_test and m.category <> 'transactional'
        union all
        select 'sms', s.prospect_id, e.replied_at >= s.settled_at
        from sends s
        left join cadence_enrollments e on e.organization_id = s.organization_id
          and e.id = (s.touch ->> 'enrollmentId')::uuid
        where s.organization_id = ${organization} and s.channel = 'sms' and s.state = 'accepted'
          and s.settled_at >= ${range.from} and s.settled_at < ${range.until}
        union all
        select 'call', c.prospect_id, c.disposition = 'answered' from call_logs c
        where c.organization_id = ${organization} and c.direction = 'outbound' and c.deleted_at is null
          and c.occurred_at >= ${range.from} and c.occurred_at < ${range.until}
        union all
        select 'linkedin', t.prospect_id, e.replied_at >= t.completed_at
        from tasks t
        left join cadence_step_executions x on x.organization_id = t.organization_id and x.task_id = t.id
        left join cadence_enrollments e on e.organization_id = x.organization_id and e.id = x.enrollment_id
        where t.organization_id = ${organization} and t.type = 'linkedin' and t.status = 'completed'
          and t.completed_at >= ${range.from} and t.completed_at < ${range.until} and t.deleted_at is null)
      select kinds.channel, count(t.channel)::integer as touches, count(distinct t.prospect_id)::integer as people,
             count(*) filter (where t.answered)::integer as answered
      from unnest(array['email', 'sms', 'call', 'linkedin']) with ordinality kinds(channel, place)
      left join touches t on t.channel = kinds.channel
      group by kinds.channel, kinds.place order by kinds.place`.execute(ctx.tx);
    return report(
      range,
      rows.map((row) => ({ ...row, answerRate: rate(row.answered, row.touches) })),
    );
  },
);

export interface ResponseRow {
  channel: 'email' | 'sms';
  ownerId: string | null;
  ownerName: string | null;
  replies: number;
  medianSeconds: number;
  averageSeconds: number;
}

/** How long people took to answer messages of the period, by channel and by who wrote. */
export const reportResponseTimes = verb(
  { permission: 'emails.view' },
  async (ctx, input: RangeInput): Promise<Report<ResponseRow>> => {
    const range = await rangeOf(ctx, input);
    const { rows } = await sql<ResponseRow>`
      with replies as (
        select 'email' as channel, m.user_id, extract(epoch from m.replied_at - m.sent_at) as seconds from emails m
        where m.organization_id = ${ctx.organizationId} and m.sent_at >= ${range.from} and m.sent_at < ${range.until}
          and m.replied_at >= m.sent_at and not m.is_test
        union all
        select 'sms', s.user_id, extract(epoch from e.replied_at - s.settled_at)
        from sends s
        join cadence_enrollments e on e.organization_id = s.organization_id and e.id = (s.touch ->> 'enrollmentId')::uuid
          and e.replied_at >= s.settled_at
        where s.organization_id = ${ctx.organizationId} and s.channel = 'sms' and s.state = 'accepted'
          and s.settled_at >= ${range.from} and s.settled_at < ${range.until})
      select r.channel, r.user_id as "ownerId", nullif(trim(concat_ws(' ', u.first_name, u.last_name)), '') as "ownerName",
             count(*)::integer as replies,
             round(percentile_cont(0.5) within group (order by r.seconds))::double precision as "medianSeconds",
             round(avg(r.seconds))::double precision as "averageSeconds"
      from replies r
      left join users u on u.organization_id = ${ctx.organizationId} and u.id = r.user_id
      group by r.channel, r.user_id, u.first_name, u.last_name
      order by r.channel, replies desc, r.user_id`.execute(ctx.tx);
    return report(range, rows);
  },
);

/** Steps that compared texts in the period, each read out on replies and on opens. */
export const reportExperiments = verb(
  { permission: 'cadences.view' },
  async (ctx, input: RangeInput): Promise<Report<StepExperiment>> => {
    const range = await rangeOf(ctx, input);
    return report(range, await readExperiments(ctx, range));
  },
);
