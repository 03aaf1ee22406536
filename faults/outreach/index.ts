import type { Trial } from '../lib/trial.ts';
import { caps } from './caps.ts';
import { killPointsOfMails, killPointsOfTexts } from './kill-points.ts';
import { killedWorkers } from './killed-workers.ts';
import { lostAnswers, lostMailServerAnswers, lostTwilioAnswers } from './lost-answers.ts';
import { racingStops } from './racing-stops.ts';
import { shuffledEvents } from './shuffled-events.ts';

export const OUTREACH: readonly Trial[] = [
  killedWorkers,
  killPointsOfMails,
  killPointsOfTexts,
  lostAnswers,
  lostTwilioAnswers,
  lostMailServerAnswers,
  racingStops,
  shuffledEvents,
  caps,
];
