import { createPrivacyActivities } from '../../activities/data/privacy.activities.ts';
import { PERSON_RECORDS } from '../person-records.ts';
import type { WingWork, WorkTools } from './work.ts';

export function createDataWork(tools: WorkTools): WingWork {
  return { main: createPrivacyActivities({ ...tools, people: PERSON_RECORDS }) };
}
