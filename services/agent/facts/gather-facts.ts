import { sql } from 'kysely';
import { type Fact, type FactKind, topicsOf } from '../../../domain/agent/fact.rules.ts';
import { forbiddenIn } from '../../../domain/agent/grounding.rules.ts';
import { plain, soundsLikeOrder } from '../../../domain/agent/plain-text.rules.ts';
import { notFound } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';
import type { KnowledgeSource } from './knowledge.ts';
import { SUBJECT_COLUMNS, type Subject } from './subject.ts';

interface Found extends Subject {
  readonly updatedAt: Date;
  readonly accountName: string | null;
  readonly industry: string | null;
  readonly employeeCount: number | null;
  readonly location: string | null;
  readonly profileId: string | null;
  readonly profileSummary: string | null;
  readonly profileAt: Date | null;
  readonly calls: readonly { id: string; at: string; outcome: string }[] | null;
  readonly meetings: readonly { id: string; at: string; title: string }[] | null;
  readonly signals: readonly { id: string; at: string; topic: string }[] | null;
  readonly visits: readonly { id: string; at: string; page: string }[] | null;
  readonly conversations: readonly { id: string; at: string; codes: readonly string[] }[] | null;
}

/** @throws AppError not_found. */
async function read(ctx: Ctx, prospectId: string): Promise<Found> {
  const { rows } = await sql<Found>`
    select ${SUBJECT_COLUMNS}, p.updated_at as "updatedAt", a.name as "accountName", a.industry,
           a.employee_count as "employeeCount", a.location, c.id as "profileId", c.summary as "profileSummary",
           c.researched_at as "profileAt", calls.list as calls, meetings.list as meetings, visits.list as visits, signals.list as signals,
           conversations.list as conversations
    from prospects p
    join organizations o on o.id = p.organization_id
    left join accounts a on a.organization_id = p.organization_id and a.id = p.account_id and a.deleted_at is null
    left join company_profiles c on c.organization_id = p.organization_id and c.account_id = p.account_id
    left join lateral (
      select jsonb_agg(row) as list from (
        select l.id, l.occurred_at as at, l.outcome from call_logs l
        where l.organization_id = p.organization_id and l.prospect_id = p.id and l.deleted_at is null
          and l.outcome is not null
        order by l.occurred_at desc limit 3) row) calls on true
    left join lateral (
      select jsonb_agg(row) as list from (
        select m.id, m.starts_at as at, m.title from meetings m
        where m.organization_id = p.organization_id and m.prospect_id = p.id and m.status = 'completed'
        order by m.starts_at desc limit 2) row) meetings on true
    left join lateral (
      select jsonb_agg(row) as list from (
        select v.id, v.occurred_at as at, coalesce(v.title, v.path) as page from website_page_views v
        where v.organization_id = p.organization_id and v.customer_id = p.customer_id
        order by v.occurred_at desc limit 3) row) visits on true
    left join lateral (
      select jsonb_agg(row) as list from (
        select v.id, v.started_at as at, array(
          select i.code from conversation_insights i
          where i.organization_id = v.organization_id and i.conversation_id = v.id and i.kind in ('objection', 'key_moment')
          group by i.code order by min(i.statement), i.code) as codes
        from conversations v
        where v.organization_id = p.organization_id and v.prospect_id = p.id and v.deleted_at is null
          and v.status = 'completed'
        order by v.started_at desc limit 2) row) conversations on true
    left join lateral (
      select jsonb_agg(row) as list from (
        select i.id, i.occurred_at as at, coalesce(i.topic, replace(i.type, '_', ' ')) as topic from intent_signals i
        where i.organization_id = p.organization_id
          and (i.prospect_id = p.id or i.account_id = p.account_id) and i.expires_at > ${ctx.now}
        order by i.strength desc, i.occurred_at desc limit 3) row) signals on true
    where p.organization_id = ${ctx.organizationId} and p.id = ${prospectId} and p.deleted_at is null`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The prospect');
  return rows[0];
}

export interface Gathered {
  readonly subject: Subject;
  /** Their ids are keys: the same finding has the same key the next time. */
  readonly facts: readonly Fact[];
}

/**
 * What is held of a prospect, each with its source, and what other wings know beside. Whoever writes it down gives it an id
 * of its own.
 */
export async function gatherFacts(
  ctx: Ctx,
  prospectId: string,
  knowledge: readonly KnowledgeSource[] = [],
): Promise<Gathered> {
  const found = await read(ctx, prospectId);
  const company = found.company;
  const facts: (Fact | null)[] = [];
  const add = (
    kind: FactKind,
    key: string,
    text: string,
    values: Fact['values'],
    [type, id]: readonly [string, string | null],
    observedAt: Date | null,
    confidence: number,
  ) => facts.push(usable({ id: key, kind, text, values, source: { type, id }, observedAt, confidence }));
  const record = ['prospect', found.prospectId] as const;
  const account = ['account', found.accountId] as const;
  if (company !== null) {
    if (found.title !== null) {
      add(
        'role',
        'role',
        `${name(found)} is ${found.title} at ${company}.`,
        { title: found.title, company },
        record,
        found.updatedAt,
        0.8,
      );
    } else {
      add('company', 'company', `${name(found)} works at ${company}.`, { company }, record, found.updatedAt, 0.8);
    }
    if (found.industry !== null)
      add(
        'industry',
        'industry',
        `${company} works in ${found.industry}.`,
        { company, industry: found.industry },
        account,
        null,
        0.7,
      );
    if (found.employeeCount !== null) {
      const count = String(found.employeeCount);
      add('size', 'size', `${company} has ${count} employees.`, { company, count }, account, null, 0.6);
    }
    if (found.location !== null)
      add(
        'location',
        'location',
        `${company} is in ${found.location}.`,
        { company, location: found.location },
        account,
        null,
        0.6,
      );
    if (found.profileSummary !== null) {
      const summary = plain(found.profileSummary, 300);
      add(
        'profile',
        'profile',
        summary,
        { company, summary },
        ['company_profile', found.profileId],
        found.profileAt,
        0.6,
      );
    }
  }
  for (const { id, at, outcome } of found.calls ?? []) {
    const [day, said] = [dayOf(at), outcome.replaceAll('_', ' ')];
    add(
      'call',
      `call:${id}`,
      `A call on ${day} ended with: ${said}.`,
      { day, outcome: said },
      ['call_log', id],
      new Date(at),
      0.9,
    );
  }
  for (const { id, at, title } of found.meetings ?? []) {
    const day = dayOf(at);
    add(
      'meeting',
      `meeting:${id}`,
      `A meeting on ${day}: ${title}.`,
      { day, title },
      ['meeting', id],
      new Date(at),
      0.9,
    );
  }
  for (const { id, at, page } of found.visits ?? []) {
    add(
      'visit',
      `visit:${id}`,
      `The page "${page}" was viewed on ${dayOf(at)}.`,
      { page, day: dayOf(at) },
      ['page_view', id],
      new Date(at),
      0.7,
    );
  }
  for (const { id, at, topic } of company === null ? [] : (found.signals ?? [])) {
    const text = `An interest in ${topic} was noticed at ${company} on ${dayOf(at)}.`;
    const values = { topic, company: company!, day: dayOf(at) };
    add('intent', `intent:${id}`, text, values, ['intent_signal', id], new Date(at), 0.7);
  }
  for (const { id, at, codes } of found.conversations ?? []) {
    const [day, topics] = [dayOf(at), topicsOf(codes).join(', ')];
    if (topics === '') continue;
    const text = `A conversation on ${day} was about ${topics}.`;
    add('conversation', `conversation:${id}`, text, { day, topics }, ['conversation', id], new Date(at), 0.8);
  }
  for (const { read: more } of knowledge) facts.push(...(await more(ctx, found)).map(usable));
  return { subject: found, facts: facts.filter((fact) => fact !== null) };
}

const name = ({ firstName, lastName }: Subject): string =>
  [firstName, lastName].filter(Boolean).join(' ') || 'The reader';
const dayOf = (time: string): string => time.slice(0, 10);

/** Records are written by strangers too: what no letter may hold is no fact for one. */
function usable(fact: Fact): Fact | null {
  const values = Object.fromEntries(Object.entries(fact.values).map(([key, value]) => [key, plain(value, 300)]));
  const text = plain(fact.text, 500);
  const all = [text, ...Object.values(values)];
  return all.some((part) => forbiddenIn(part, []).length > 0 || soundsLikeOrder(part))
    ? null
    : { ...fact, text, values };
}
