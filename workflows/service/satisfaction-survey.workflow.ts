import { condition, proxyActivities, setCurrentDetails, setHandler } from '@temporalio/workflow';
import type { SurveyActivities } from '../../activities/service/surveys.activities.ts';
import {
  type SatisfactionSurveyInput,
  type SatisfactionSurveyResult,
  surveyChanged,
} from './satisfaction-survey.contract.ts';

/** An invitation may wait for any outage to end. */
const { surveysAttend } = proxyActivities<SurveyActivities>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '1s', maximumInterval: '60s' },
});

/** Asks once, reminds once, and ends with the answer or without one; the survey's row says where it stands. */
export async function satisfactionSurvey(input: SatisfactionSurveyInput): Promise<SatisfactionSurveyResult> {
  let changed = false;
  setHandler(surveyChanged, () => {
    changed = true;
  });
  for (;;) {
    changed = false;
    const next = await surveysAttend(input);
    if (next.status !== 'waiting') {
      setCurrentDetails(`**${next.status}**`);
      return { status: next.status };
    }
    setCurrentDetails(`**waiting** — next look in ${next.waitMs} ms`);
    await condition(() => changed, next.waitMs);
  }
}
