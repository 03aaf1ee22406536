import { type Reaction, reaction, reactionToMany } from '../core/relay.ts';
import { CADENCE_REACTIONS } from './cadences/reactions.ts';
import { clicksCorrected, emailBounced, emailClicked, emailSent, messageReceived, smsSent } from './events.ts';
import { touchByClicks } from './tracking/click-touch.ts';
import { tellOfBounce, touchByAnswer, touchBySentEmails, touchBySms } from './tracking/email-touch.ts';

/** What outreach does because something happened elsewhere; each exactly once per event. */
export const OUTREACH_REACTIONS: readonly Reaction[] = [
  ...CADENCE_REACTIONS,
  reactionToMany('outreach.touch-by-email', emailSent, touchBySentEmails),
  reaction('outreach.touch-by-click', emailClicked, touchByClicks),
  reaction('outreach.correct-touch-by-click', clicksCorrected, touchByClicks),
  reaction('outreach.touch-by-answer', messageReceived, touchByAnswer),
  reaction('outreach.touch-by-sms', smsSent, touchBySms),
  reaction('outreach.notify-bounce', emailBounced, tellOfBounce),
];
