import { type RawBuilder, sql } from 'kysely';
import { prospectInsights } from '../../../domain/crm/prospect-insights.rules.ts';
import type { Insight, ProspectSigns, Sign } from '../../../domain/crm/prospect-signs.rules.ts';
import { verb } from '../../core/context.ts';
import { prospectsSource } from './prospect-filter.ts';
import { readProspect } from './prospect-view.ts';

export interface ProspectInsights {
  prospectId: string;
  insights: Insight[];
  computedAt: Date;
}

/** What was said or written between people, whichever side began. */
const CONTACTS = sql.raw(
  `('email_sent', 'email_received', 'call_made', 'call_received', 'meeting_completed', 'linkedin_interaction', 'note_added')`,
);
const ANSWERS = sql.raw(`('email_received', 'call_received', 'meeting_completed')`);

/** Count, the five newest ids and the last time of rows that have `id` and `at`. */
const sign = (rows: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
  select json_build_object('count', count(*), 'ids', coalesce((array_agg(id order by at desc, id desc))[1:5], '{}'),
                           'last', max(at)) from (${rows}) row)`;

type Raw = {
  [K in keyof ProspectSigns]: ProspectSigns[K] extends Sign
    ? Omit<Sign, 'last'> & { last: string | null }
    : ProspectSigns[K];
};

/** Computed as it is read: timeline, calls, deals, tasks, meetings and the person's journey. @throws AppError not_found. */
export const readProspectInsights = verb(
  { permission: 'prospects.view' },
  async (ctx, { id }: { id: string }): Promise<ProspectInsights> => {
    const prospect = await readProspect(ctx, id);
    const since = (days: number) => sql`${ctx.now}::timestamptz - make_interval(days => ${days})`;
    const contact = (types: RawBuilder<unknown>, also: RawBuilder<unknown>) => sql`
      select a.id, a.occurred_at as at from activities a
      where a.organization_id = ${ctx.organizationId} and a.prospect_id = ${id} and a.deleted_at is null
        and a.occurred_at <= ${ctx.now} and a.type in ${types} and ${also}`;
    const deals = (condition: RawBuilder<unknown>) => sql`
      select d.id, d.stage_changed_at as at from deal_contacts dc
      join deals d on d.organization_id = dc.organization_id and d.id = dc.deal_id and d.deleted_at is null
      where dc.organization_id = ${ctx.organizationId} and dc.prospect_id = ${id} and ${condition}`;
    const tasks = (condition: RawBuilder<unknown>) => sql`
      select t.id, coalesce(t.due_at, t.created_at) as at from tasks t
      where t.organization_id = ${ctx.organizationId} and t.prospect_id = ${id} and t.deleted_at is null
        and t.status = 'open' and ${condition}`;
    const ofPerson = (table: string, at: string, condition: RawBuilder<unknown>) => sql`
      select f.id, f.${sql.ref(at)} as at from ${sql.table(table)} f
      where f.organization_id = ${ctx.organizationId} and f.customer_id in (select customer_id from person) and ${condition}`;
    const { rows } = await sql<Raw>`
      with person as materialized (
        select person_id as customer_id from ${prospectsSource(ctx)} where p.id = ${id} and person_id is not null
        union
        select l.customer_id from ${prospectsSource(ctx)}
        join identity_links l on l.organization_id = ${ctx.organizationId} and l.canonical_id = p.person_id
          and l.ended_xid is null
        where p.id = ${id})
      select ${sign(contact(CONTACTS, sql`true`))} as contacts,
        ${sign(contact(CONTACTS, sql`a.occurred_at > ${since(30)}`))} as "contacts30",
        ${sign(contact(CONTACTS, sql`a.occurred_at > ${since(60)} and a.occurred_at <= ${since(30)}`))} as "contactsBefore30",
        ${sign(contact(ANSWERS, sql`a.occurred_at > ${since(90)}`))} as answers,
        (select coalesce(json_agg(json_build_object('channel', channel, 'count', count, 'ids', ids) order by count desc, channel), '[]')
         from (select split_part(a.type, '_', 1) as channel, count(*) as count,
                      (array_agg(a.id order by a.occurred_at desc))[1:5] as ids
               from activities a join (${contact(ANSWERS, sql`a.occurred_at > ${since(90)}`)}) answer on answer.id = a.id
               where a.organization_id = ${ctx.organizationId} group by 1) by_channel) as "answersByChannel",
        ${sign(sql`
          select c.id, c.occurred_at as at from call_logs c
          where c.organization_id = ${ctx.organizationId} and c.prospect_id = ${id} and c.deleted_at is null
            and c.direction = 'outbound' and c.disposition in ('voicemail', 'no_answer', 'busy')
            and c.occurred_at <= ${ctx.now}
            and c.occurred_at > coalesce((
              select max(l.occurred_at) from call_logs l
              where l.organization_id = ${ctx.organizationId} and l.prospect_id = ${id} and l.deleted_at is null
                and (l.disposition = 'answered' or l.direction = 'inbound')), '-infinity')`)} as "missedCalls",
        (select coalesce(json_agg(json_build_object('id', d.id, 'name', d.name, 'stage', d.stage, 'riskScore', d.risk_score,
            'daysToClose', d.close_date - (${ctx.now}::timestamptz at time zone o.time_zone)::date) order by d.id), '[]')
         from deal_contacts dc
         join deals d on d.organization_id = dc.organization_id and d.id = dc.deal_id and d.deleted_at is null
         join organizations o on o.id = dc.organization_id
         where dc.organization_id = ${ctx.organizationId} and dc.prospect_id = ${id}
           and d.stage not in ('closed_won', 'closed_lost')) as "openDeals",
        ${sign(deals(sql`d.stage = 'closed_won'`))} as "wonDeals",
        ${sign(deals(sql`d.stage = 'closed_lost'`))} as "lostDeals",
        ${sign(tasks(sql`true`))} as "openTasks",
        ${sign(tasks(sql`t.due_at < ${ctx.now}`))} as "overdueTasks",
        (select json_build_object('id', m.id, 'startsAt', m.starts_at) from meetings m
         where m.organization_id = ${ctx.organizationId} and m.prospect_id = ${id} and m.status = 'scheduled'
           and m.starts_at > ${ctx.now}
         order by m.starts_at, m.id limit 1) as "nextMeeting",
        ${sign(sql`
          select m.id, m.starts_at as at from meetings m
          where m.organization_id = ${ctx.organizationId} and m.prospect_id = ${id} and m.status = 'no_show'
            and m.starts_at > ${since(90)}`)} as "missedMeetings",
        ${sign(
          ofPerson(
            'interactions',
            'started_at',
            sql`f.voided_at is null and f.started_at > ${since(30)}
          and f.started_at <= ${ctx.now}`,
          ),
        )} as "touches30",
        ${sign(
          ofPerson(
            'website_page_views',
            'occurred_at',
            sql`f.occurred_at > ${since(14)}
          and f.occurred_at <= ${ctx.now}`,
          ),
        )} as "pageViews14",
        ${sign(
          ofPerson(
            'conversions',
            'occurred_at',
            sql`f.voided_at is null and f.amount_minor > 0
          and f.occurred_at <= ${ctx.now}`,
          ),
        )} as conversions`.execute(ctx.tx);
    const raw = rows[0]!;
    const signs: ProspectSigns = {
      ...(withTimes(raw) as unknown as ProspectSigns),
      id,
      hasEmail: prospect.email !== null,
      hasPhone: prospect.phone !== null,
      now: ctx.now,
    };
    return { prospectId: id, insights: prospectInsights(signs), computedAt: ctx.now };
  },
);

/** JSON knows no times. */
function withTimes(raw: Raw): Record<string, unknown> {
  const at = (value: unknown) => (typeof value === 'string' ? new Date(value) : null);
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => {
      if (value === null || typeof value !== 'object' || Array.isArray(value)) return [name, value];
      if ('last' in value) return [name, { ...value, last: at(value.last) }];
      return [name, 'startsAt' in value ? { ...value, startsAt: at(value.startsAt) } : value];
    }),
  );
}
