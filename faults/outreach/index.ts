import type { Trial } from '../lib/trial.ts';
import { killedWorkers } from './killed-workers.ts';
import { lostAnswers, lostMailServerAnswers, lostTwilioAnswers } from './lost-answers.ts';

export const OUTREACH: readonly Trial[] = [killedWorkers, lostAnswers, lostTwilioAnswers, lostMailServerAnswers];
