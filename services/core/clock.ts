/** Business time comes from here, so that a year can run in seconds under a server that skips time. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
