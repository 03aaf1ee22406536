import { type ArmRecord, chooseArm, nextWorkingTime, type WorkingHours } from './bdr.rules.ts';

/** Parts of a day on the wall of the agent, by the hour they begin. */
const SLOTS = { early: 0, late_morning: 10, early_afternoon: 12, late_afternoon: 15 } as const;
export const SEND_SLOTS = Object.keys(SLOTS) as (keyof typeof SLOTS)[];
export type SendSlot = (typeof SEND_SLOTS)[number];

const endOf = (slot: SendSlot): number => {
  const next = SEND_SLOTS[SEND_SLOTS.indexOf(slot) + 1];
  return next === undefined ? 24 : SLOTS[next];
};

export const slotOf = (hour: number): SendSlot => SEND_SLOTS.findLast((slot) => hour >= SLOTS[slot])!;

/** The part of the working hours that lies in a slot; null: none. */
function within(hours: WorkingHours, slot: SendSlot): WorkingHours | null {
  const startHour = Math.max(hours.startHour, SLOTS[slot]);
  const endHour = Math.min(hours.endHour, endOf(slot));
  return startHour < endHour ? { ...hours, startHour, endHour } : null;
}

export interface HourRecord {
  /** On the wall of the agent. */
  readonly hour: number;
  readonly sent: number;
  readonly replied: number;
}

export interface Timing {
  readonly slot: SendSlot;
  readonly at: Date;
  /** Of that slot so far. */
  readonly sent: number;
  readonly replied: number;
}

/** With fewer messages nothing is learned from when they left, so nobody waits for a time of day. */
export const LEAST_SENT = 20;

/**
 * When a follow-up is due: the first moment from `earliest` on that lies in the part of the day which the bandit chooses
 * (UCB1 on the rate of answers by the hour that messages left). Null: too little was sent to choose, or the agent never works.
 */
export function nextTiming(hours: WorkingHours, record: readonly HourRecord[], earliest: Date): Timing | null {
  const arms = SEND_SLOTS.filter((slot) => within(hours, slot) !== null).map((arm): ArmRecord<SendSlot> => {
    const own = record.filter(({ hour }) => slotOf(hour) === arm);
    return {
      arm,
      sent: own.reduce((sum, { sent }) => sum + sent, 0),
      replied: own.reduce((sum, { replied }) => sum + replied, 0),
    };
  });
  if (arms.reduce((sum, { sent }) => sum + sent, 0) < LEAST_SENT || arms.length === 0) return null;
  const slot = chooseArm(arms);
  const at = nextWorkingTime(within(hours, slot)!, earliest);
  const { sent, replied } = arms.find(({ arm }) => arm === slot)!;
  return at === null ? null : { slot, at, sent, replied };
}
