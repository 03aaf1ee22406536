import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { startProcess } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import type { PageInput } from '../../core/page.ts';
import { type Mailing, planMail } from '../../platform/sends/index.ts';
import { lockTicket } from '../tickets/ticket-row.ts';
import { readTicket } from '../tickets/ticket-view.ts';
import { signSurvey, surveyPage } from './survey-link.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Time to see whether the solution holds. */
const SEND_AFTER_MS = HOUR_MS;
const REMIND_AFTER_MS = 3 * DAY_MS;
const EXPIRE_AFTER_MS = 14 * DAY_MS;

const later = (ctx: Ctx, milliseconds: number): Date => new Date(ctx.now.getTime() + milliseconds);

/** Asks the requester how it went, an hour after each resolution; nothing where nobody has an address. */
export async function planSurvey(ctx: Ctx, ticketId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    insert into ticket_surveys (ticket_id, generation, send_at, remind_at, expires_at)
    select t.id, 1 + (select count(*) from ticket_surveys s
                      where s.organization_id = t.organization_id and s.ticket_id = t.id),
           ${later(ctx, SEND_AFTER_MS)}, ${later(ctx, SEND_AFTER_MS + REMIND_AFTER_MS)},
           ${later(ctx, SEND_AFTER_MS + EXPIRE_AFTER_MS)}
    from tickets t
    where t.organization_id = ${ctx.organizationId} and t.id = ${ticketId} and t.deleted_at is null
      and t.requester_email is not null and t.merged_into_id is null and t.status in ('resolved', 'closed')
    returning id`.execute(ctx.tx);
  const surveyId = rows[0]?.id;
  if (surveyId === undefined) return;
  const { organizationId } = ctx;
  await startProcess(ctx, 'satisfactionSurvey', { entityId: surveyId }, { organizationId, surveyId });
}

export type SurveyAttention =
  | { readonly status: 'waiting'; readonly waitMs: number }
  | { readonly status: 'answered' | 'expired' | 'cancelled' };

export interface SurveyRow {
  status: 'planned' | 'sent' | 'answered' | 'expired' | 'cancelled';
  ticketId: string;
  sendAt: Date;
  remindAt: Date;
  expiresAt: Date;
  remindedAt: Date | null;
  ticketStatus: string;
  email: string | null;
  name: string | null;
  subject: string;
  number: number;
}

/** One look of the process: sends what is due. A ticket that came back before anybody was asked asks nobody. */
export async function attendSurvey(ctx: Ctx, surveyId: string, mailing: Mailing): Promise<SurveyAttention> {
  const survey = await lockSurvey(ctx, surveyId);
  if (survey.status === 'answered' || survey.status === 'expired' || survey.status === 'cancelled') {
    return { status: survey.status };
  }
  const now = ctx.now.getTime();
  const cameBack = survey.ticketStatus !== 'resolved' && survey.ticketStatus !== 'closed';
  const isUnasked = survey.status === 'planned';
  if (isUnasked && (cameBack || survey.email === null || mailing.transport === null))
    return end(ctx, surveyId, 'cancelled');
  if (now >= survey.expiresAt.getTime()) return end(ctx, surveyId, 'expired');
  if (isUnasked && now < survey.sendAt.getTime()) return waiting(survey.sendAt, now);
  if (isUnasked) {
    await ask(ctx, surveyId, survey, mailing, 'first');
    await markSurvey(ctx, surveyId, sql`status = 'sent', sent_at = ${ctx.now}`);
  }
  if (survey.remindedAt === null && now < survey.remindAt.getTime()) return waiting(survey.remindAt, now);
  if (survey.remindedAt === null && !cameBack) {
    await ask(ctx, surveyId, survey, mailing, 'reminder');
    await markSurvey(ctx, surveyId, sql`reminded_at = ${ctx.now}`);
  }
  return waiting(survey.expiresAt, now);
}

const waiting = (until: Date, now: number): SurveyAttention => ({
  status: 'waiting',
  waitMs: Math.max(until.getTime() - now, 1),
});

async function end(ctx: Ctx, surveyId: string, status: 'expired' | 'cancelled'): Promise<SurveyAttention> {
  await markSurvey(ctx, surveyId, sql`status = ${status}`);
  return { status };
}

/** The caller holds the survey. */
export const markSurvey = (ctx: Ctx, surveyId: string, set: ReturnType<typeof sql>) =>
  sql`update ticket_surveys set ${set} where organization_id = ${ctx.organizationId} and id = ${surveyId}`.execute(
    ctx.tx,
  );

async function ask(ctx: Ctx, surveyId: string, survey: SurveyRow, mailing: Mailing, which: 'first' | 'reminder') {
  const token = await signSurvey(ctx, mailing, surveyId);
  await planMail(ctx, mailing, {
    dedupeKey: `ticket-survey:${surveyId}:${which}`,
    purpose: 'transactional',
    to: { email: survey.email!, name: survey.name },
    subject: { type: 'ticket_survey', id: surveyId },
    mail: {
      subject:
        which === 'first' ? `How did we do? [#${survey.number}]` : `A reminder: how did we do? [#${survey.number}]`,
      paragraphs: [
        `Your question “${survey.subject}” is resolved. How satisfied are you with our help, from 1 to 5?`,
        {
          label: 'Answer here',
          url: surveyPage(mailing, token),
        },
      ],
    },
  });
}

/** Held against the process and whoever answers. @throws AppError not_found. */
export const lockSurvey = (ctx: Ctx, surveyId: string): Promise<SurveyRow> =>
  readSurvey(ctx, surveyId, sql`for no key update of s`);

/** @throws AppError not_found. */
export async function readSurvey(ctx: Ctx, surveyId: string, hold = sql``): Promise<SurveyRow> {
  const { rows } = await sql<SurveyRow>`
    select s.status, s.ticket_id as "ticketId", s.send_at as "sendAt", s.remind_at as "remindAt",
           s.expires_at as "expiresAt", s.reminded_at as "remindedAt", t.status as "ticketStatus",
           t.requester_email as email, t.requester_name as name, t.subject, t.number
    from ticket_surveys s
    join tickets t on t.organization_id = s.organization_id and t.id = s.ticket_id
    where s.organization_id = ${ctx.organizationId} and s.id = ${surveyId} ${hold}`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The survey');
  return rows[0];
}

export interface SurveyView {
  id: string;
  ticketId: string;
  status: SurveyRow['status'];
  score: number | null;
  comment: string | null;
  sendAt: Date;
  sentAt: Date | null;
  expiresAt: Date;
  answeredAt: Date | null;
}

/** The newest first. @throws AppError not_found. */
export const listSurveys = verb(
  { permission: 'tickets.view' },
  async (ctx, { id, page, limit }: PageInput & { id: string }): Promise<{ items: SurveyView[]; total: number }> => {
    await readTicket(ctx, id);
    const { rows } = await sql<SurveyView>`
      select id, ticket_id as "ticketId", status, score, comment, send_at as "sendAt", sent_at as "sentAt",
             expires_at as "expiresAt", answered_at as "answeredAt"
      from ticket_surveys where organization_id = ${ctx.organizationId} and ticket_id = ${id}
      order by generation desc`.execute(ctx.tx);
    return { items: rows.slice((page - 1) * limit, page * limit), total: rows.length };
  },
);

export interface SurveyLink {
  ticketId: string;
  url: string;
  token: string;
  expiresAt: Date;
}

/** A link that an agent hands over in a chat or on the phone; it opens the latest survey of the ticket. @throws AppError not_found. */
export const createSurveyLink = verb(
  { permission: 'tickets.edit' },
  async (ctx, { id, mailing }: { id: string; mailing: Mailing }): Promise<SurveyLink> => {
    await lockTicket(ctx, id);
    const open = await ctx.tx
      .selectFrom('ticket_surveys')
      .select(['id', 'expires_at'])
      .where('organization_id', '=', ctx.organizationId)
      .where('ticket_id', '=', id)
      .where('status', 'in', ['planned', 'sent'])
      .orderBy('generation', 'desc')
      .executeTakeFirst();
    const survey = open ?? (await addSurvey(ctx, id));
    const token = await signSurvey(ctx, mailing, survey.id);
    const url = surveyPage(mailing, token);
    await audit(ctx, 'ticket.survey_link', { entityType: 'ticket', entityId: id });
    return { ticketId: id, url, token, expiresAt: survey.expires_at };
  },
);

/** Handed over by a person: no mail asks, so no process is needed. */
async function addSurvey(ctx: Ctx, ticketId: string) {
  const { rows } = await sql<{ id: string; expires_at: Date }>`
    insert into ticket_surveys (ticket_id, generation, status, send_at, remind_at, expires_at, sent_at)
    select ${ticketId}::uuid, 1 + count(*), 'sent', ${ctx.now}, ${ctx.now}, ${later(ctx, EXPIRE_AFTER_MS)}, ${ctx.now}
    from ticket_surveys where organization_id = ${ctx.organizationId} and ticket_id = ${ticketId}
    returning id, expires_at`.execute(ctx.tx);
  return rows[0]!;
}
