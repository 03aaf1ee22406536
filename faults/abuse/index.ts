import type { Trial } from '../lib/trial.ts';
import { bruteForce } from './brute-force.ts';
import { injection } from './injection.ts';
import { inwardUrls } from './inward-urls.ts';
import { longTexts } from './long-texts.ts';
import { mailLinks } from './mail-links.ts';
import { forgedSignatures } from './signatures.ts';
import { stoppedInTime } from './stopped-in-time.ts';
import { storedMarkup } from './stored-markup.ts';

/** What people do on purpose. A1–A3, A5, A6 and A11 are walking suites of `npm test`, A13 is in the agent's. */
export const ABUSE: readonly Trial[] = [
  forgedSignatures,
  injection,
  inwardUrls,
  longTexts,
  bruteForce,
  storedMarkup,
  mailLinks,
  stoppedInTime,
];
