import { AppError } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';
import type { Mailing } from '../../platform/sends/index.ts';

/** The organization, the survey, and the survey's id sealed for its own row: nobody else can make one. */
const FORM = /^([0-9a-f]{32})\.([0-9a-f]{32})\.([\w-]{60,200})$/;

const place = (surveyId: string) => ({ table: 'ticket_surveys', field: 'link', rowId: surveyId });
const bare = (id: string): string => id.replaceAll('-', '');
const dashed = (id: string): string => id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

export async function signSurvey(ctx: Ctx, { secrets }: Pick<Mailing, 'secrets'>, surveyId: string): Promise<string> {
  const sealed = (await secrets.box(ctx)).seal(place(surveyId), surveyId);
  return `${bare(ctx.organizationId)}.${bare(surveyId)}.${sealed.toString('base64url')}`;
}

/** Where a customer sees the survey and answers it. */
export const surveyPage = ({ publicUrl }: Pick<Mailing, 'publicUrl'>, token: string): string =>
  `${publicUrl}/api/v1/ticket-surveys/${token}`;

/** What a token says before anybody has looked at its signature. */
export interface SurveyToken {
  readonly surveyId: string;
  readonly sealed: string;
}

/** Whose survey a token names, before its signature was looked at. @throws AppError not_found. */
export function readSurveyToken(token: string): SurveyToken & { organizationId: string } {
  const parts = FORM.exec(token);
  if (!parts) throw forged();
  return { organizationId: dashed(parts[1]!), surveyId: dashed(parts[2]!), sealed: parts[3]! };
}

/** @throws AppError not_found for what this organization has not signed. */
export async function verifySurvey(
  ctx: Ctx,
  { secrets }: Pick<Mailing, 'secrets'>,
  { surveyId, sealed }: SurveyToken,
): Promise<void> {
  const box = await secrets.openBox(ctx);
  try {
    if (box.open(place(surveyId), Buffer.from(sealed, 'base64url')) === surveyId) return;
  } catch {
    // Opens for nobody: the same answer as for a wrong one.
  }
  throw forged();
}

const forged = () =>
  new AppError('not_found', 'INVALID_SURVEY_TOKEN', 'The link of this survey is not valid.', {
    hint: 'Open it from the mail again; it may have been cut.',
  });
