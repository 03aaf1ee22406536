const DAY_MS = 86_400_000;

/** A ramp: so many messages on the first day, so many more on each that follows, until the target is reached. */
export interface Warmup {
  /** Local day of the organization, `YYYY-MM-DD`. */
  readonly startedOn: string;
  readonly start: number;
  readonly increment: number;
  readonly target: number;
}

/** Messages that the ramp allows on a day; a day before its first counts as the first. */
export function warmupCap({ startedOn, start, increment, target }: Warmup, day: string): number {
  const days = Math.max(0, Math.round((Date.parse(day) - Date.parse(startedOn)) / DAY_MS));
  return Math.min(target, start + increment * days);
}

/** The first day on which the ramp allows its target. */
export function warmupEnds({ startedOn, start, increment, target }: Warmup): string | null {
  if (start >= target) return startedOn;
  if (increment === 0) return null;
  const days = Math.ceil((target - start) / increment);
  return new Date(Date.parse(startedOn) + days * DAY_MS).toISOString().slice(0, 10);
}

/** What a sender may send on a day: the lower of its cap and its ramp; null is without a limit. */
export function dailyLimit(
  sender: { readonly dailyCap: number | null; readonly warmup: Warmup | null },
  day: string,
): number | null {
  const limits = [sender.dailyCap, sender.warmup && warmupCap(sender.warmup, day)].filter((limit) => limit !== null);
  return limits.length === 0 ? null : Math.min(...limits);
}

/** Of the messages of the last days. */
export interface SenderRecord {
  readonly accepted: number;
  readonly delivered: number;
  readonly hardBounces: number;
  readonly complaints: number;
}

/** Receivers turn away whoever is above these; Gmail and Yahoo name 0.3 % complaints. */
export const BREAKER = {
  minAccepted: 50,
  bounceRate: 0.08,
  minDelivered: 500,
  complaintRate: 0.003,
  warnBounceRate: 0.04,
  warnComplaintRate: 0.001,
} as const;

export type SenderHealth = 'good' | 'warning' | 'bad';

export interface HealthVerdict {
  readonly health: SenderHealth;
  readonly bounceRate: number | null;
  readonly complaintRate: number | null;
  /** Why it has to rest. */
  readonly trips: 'BOUNCE_RATE' | 'COMPLAINT_RATE' | null;
}

/** Few messages say nothing about a rate. */
export function judgeSender({ accepted, delivered, hardBounces, complaints }: SenderRecord): HealthVerdict {
  const bounceRate = accepted === 0 ? null : hardBounces / accepted;
  const complaintRate = delivered === 0 ? null : complaints / delivered;
  const knowsBounces = accepted >= BREAKER.minAccepted;
  const knowsComplaints = delivered >= BREAKER.minDelivered;
  const trips =
    knowsBounces && bounceRate! >= BREAKER.bounceRate
      ? 'BOUNCE_RATE'
      : knowsComplaints && complaintRate! >= BREAKER.complaintRate
        ? 'COMPLAINT_RATE'
        : null;
  const warns =
    (knowsBounces && bounceRate! >= BREAKER.warnBounceRate) ||
    (knowsComplaints && complaintRate! >= BREAKER.warnComplaintRate);
  return { health: trips ? 'bad' : warns ? 'warning' : 'good', bounceRate, complaintRate, trips };
}
