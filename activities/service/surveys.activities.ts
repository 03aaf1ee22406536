import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import type { Mailing } from '../../services/platform/sends/index.ts';
import { attendSurvey, type SurveyAttention } from '../../services/service/index.ts';
import type { SatisfactionSurveyInput } from '../../workflows/service/satisfaction-survey.contract.ts';

export type SurveyActivities = ReturnType<typeof createSurveyActivities>;

export interface SurveysDeps {
  db: Db;
  clock: Clock;
  mailing: Mailing;
}

export function createSurveyActivities({ db, clock, mailing }: SurveysDeps) {
  return {
    /** Sends what is due of a survey and says when to look again. */
    surveysAttend: ({ organizationId, surveyId }: SatisfactionSurveyInput): Promise<SurveyAttention> =>
      inTransaction(db, { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() }, (ctx) =>
        attendSurvey(ctx, surveyId, mailing),
      ),
  };
}
