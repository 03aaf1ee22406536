import { sql } from 'kysely';
import { conflict, invalid } from '../../../domain/core/errors.ts';
import { signalProcess } from '../../core/commands.ts';
import { type Ctx, letGo, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import type { Mailing } from '../../platform/sends/index.ts';
import { ticketRated } from '../events.ts';
import { lockTicket } from '../tickets/ticket-row.ts';
import { type SurveyToken, verifySurvey } from './survey-link.ts';
import { lockSurvey, markSurvey, readSurvey, type SurveyRow } from './surveys.ts';

/** What the holder of a link brings. */
interface Linked {
  readonly survey: SurveyToken;
  readonly mailing: Mailing;
}

interface Answer {
  readonly score: number;
  readonly comment?: string | null | undefined;
}

export interface TicketRating {
  ticketId: string;
  score: number;
  comment: string | null;
  answeredAt: Date;
}

/**
 * By whoever holds the link, once.
 * @throws AppError not_found; validation; conflict `SURVEY_ANSWERED`, `SURVEY_EXPIRED`.
 */
export const rateTicket = verb(
  { permission: null },
  async (ctx, { id, survey, mailing, ...said }: Linked & Answer & { id: string }): Promise<TicketRating> => {
    await verifySurvey(ctx, mailing, survey);
    await lockTicket(ctx, id);
    const row = await lockSurvey(ctx, survey.surveyId);
    if (row.ticketId !== id.toLowerCase()) throw invalid('id', 'is not the ticket of this link', id);
    const state = stateOf(ctx, row);
    if (state === 'answered') {
      throw conflict('SURVEY_ANSWERED', 'This survey was answered already.', {
        hint: 'Thank you; nothing is left to do.',
      });
    }
    if (state === 'over') {
      throw conflict('SURVEY_EXPIRED', 'This survey is over.', { hint: 'Reply to the ticket instead.' });
    }
    return record(ctx, survey.surveyId, id, said);
  },
);

/** A survey as its page shows it to the customer. */
export interface SurveyOnPage {
  state: 'open' | 'answered' | 'over';
  number: number;
  subject: string;
}

/** Only looks: a mail scanner that follows the link rates nothing. @throws AppError not_found. */
export const readSurveyPage = verb({ permission: null }, async (ctx, { survey, mailing }: Linked) => {
  await verifySurvey(ctx, mailing, survey);
  return onPage(ctx, await readSurvey(ctx, survey.surveyId));
});

/** From the page: whoever sends it twice, or too late, is shown what became of it. @throws AppError not_found. */
export const answerSurveyPage = verb(
  { permission: null },
  async (ctx, { survey, mailing, ...said }: Linked & Answer): Promise<SurveyOnPage> => {
    await verifySurvey(ctx, mailing, survey);
    const { ticketId } = await readSurvey(ctx, survey.surveyId);
    await lockTicket(ctx, ticketId);
    const row = await lockSurvey(ctx, survey.surveyId);
    const before = onPage(ctx, row);
    if (before.state !== 'open') return before;
    await record(ctx, survey.surveyId, ticketId, said);
    return { ...before, state: 'answered' };
  },
);

const stateOf = (ctx: Ctx, { status, expiresAt }: SurveyRow): SurveyOnPage['state'] => {
  if (status === 'answered') return 'answered';
  return status === 'expired' || status === 'cancelled' || ctx.now >= expiresAt ? 'over' : 'open';
};

const onPage = (ctx: Ctx, row: SurveyRow): SurveyOnPage => ({
  state: stateOf(ctx, row),
  number: row.number,
  subject: row.subject,
});

async function record(ctx: Ctx, surveyId: string, ticketId: string, said: Answer): Promise<TicketRating> {
  const { score, comment = null } = said;
  await markSurvey(
    ctx,
    surveyId,
    sql`status = 'answered', score = ${score}, comment = ${comment}, answered_at = ${ctx.now}`,
  );
  await recordRating(ctx, ticketId, score);
  await signalProcess(ctx, 'satisfactionSurvey', { entityId: surveyId }, 'surveyChanged');
  return { ticketId, score, comment, answeredAt: ctx.now };
}

/** What a customer thought of a ticket, 1 to 5; the latest word counts. */
export async function recordRating(ctx: Ctx, ticketId: string, score: number): Promise<void> {
  const write = ctx.tx
    .updateTable('tickets')
    .set({ satisfaction_score: score })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', ticketId)
    .execute();
  await letGo(ctx, write);
  await emit(ctx, ticketRated, { entityId: ticketId, data: { id: ticketId, score } });
}
