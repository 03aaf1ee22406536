export const SEND_STATES = [
  'planned',
  'claimed',
  'dispatching',
  'accepted',
  'unknown',
  'failed',
  'suppressed',
] as const;
export type SendState = (typeof SEND_STATES)[number];

/**
 * planned → claimed → dispatching → accepted | unknown | failed | suppressed. `dispatching` is committed before the
 * hand-over, so what is found in it afterwards ended in the dark: it becomes `unknown` and is never sent again blindly.
 */
export const SEND_TRANSITIONS: Readonly<Record<SendState, readonly SendState[]>> = {
  planned: ['claimed', 'planned', 'suppressed'],
  claimed: ['claimed', 'dispatching', 'planned', 'suppressed'],
  dispatching: ['accepted', 'planned', 'failed', 'unknown'],
  unknown: ['accepted', 'planned'],
  accepted: [],
  failed: [],
  suppressed: [],
};

/** A process that holds a send longer than this is taken for dead. */
export const CLAIM_SECONDS = 30;
/** How long an unknown outcome may stay open where the transport can be asked, or events may still tell. */
export const UNKNOWN_SECONDS = 900;
export const MAX_ATTEMPTS = 12;

/** 1 s, 2 s, 4 s … an hour at most. */
export const backoffSeconds = (attempt: number): number => Math.min(2 ** Math.max(attempt - 1, 0), 3_600);
