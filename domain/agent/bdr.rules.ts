import { businessTime, WEEKDAYS } from '../core/business-calendar.rules.ts';

export const BDR_STAGES = ['discovery', 'research', 'engage', 'follow_up', 'qualify', 'handoff'] as const;
export type BdrStage = (typeof BDR_STAGES)[number];
export const BDR_STATUSES = ['active', 'completed', 'stopped', 'failed'] as const;
export type BdrStatus = (typeof BDR_STATUSES)[number];
/** Why the work on somebody has ended. */
export const BDR_OUTCOMES = [
  'handed_off',
  'disqualified',
  'no_answer',
  'opted_out',
  'bounced',
  'not_contactable',
  'not_now',
  'handoff_rejected',
  'stopped',
  'gone',
] as const;
export type BdrOutcome = (typeof BDR_OUTCOMES)[number];

export const BDR_CHANNELS = ['email', 'linkedin', 'phone'] as const;
export type BdrChannel = (typeof BDR_CHANNELS)[number];
export const FRAMEWORKS = ['BANT', 'MEDDIC', 'CHAMP'] as const;
export type Framework = (typeof FRAMEWORKS)[number];
export const AUTONOMY_LEVELS = ['draft_only', 'approve_all', 'approve_exceptions', 'autonomous'] as const;
export type AutonomyLevel = (typeof AUTONOMY_LEVELS)[number];
export const MESSAGE_KINDS = ['first_touch', 'follow_up', 'reply'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];
export const APPROVAL_STATUSES = ['pending', 'approved', 'sent', 'rejected', 'expired', 'cancelled'] as const;
export type ApprovalStatus = (typeof APPROVAL_STATUSES)[number];
export const BDR_TASK_TYPES = ['research', 'draft', 'approve', 'send', 'read_reply', 'qualify', 'handoff'] as const;
export type BdrTaskType = (typeof BDR_TASK_TYPES)[number];

/** `days` are ISO weekdays; hours are those of the wall there. */
export interface WorkingHours {
  readonly timezone: string;
  readonly startHour: number;
  readonly endHour: number;
  readonly days: readonly number[];
}

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

const timeOf = ({ timezone, startHour, endHour, days }: WorkingHours) =>
  businessTime({
    timezone,
    days: Object.fromEntries(
      days.map((day) => [WEEKDAYS[day - 1]!, [{ start: clock(startHour), end: clock(endHour) }]]),
    ),
    holidays: [],
  });

/** That instant, or the next one at which the agent works. Null: it never does. */
export function nextWorkingTime(hours: WorkingHours, at: Date): Date | null {
  const next = timeOf(hours).nextOpen(at.getTime());
  return next === null ? null : new Date(next);
}

/** The day on the wall there, which caps are counted by. */
export const localDay = (timezone: string, at: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: timezone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    at,
  );

/** Who has to look at a draft. */
export function mayApproveItself(
  config: { autoApprove: boolean; humanReview: boolean; level: AutonomyLevel },
  draft: { grounded: boolean; kind: MessageKind },
): boolean {
  // A person's look always wins, and what rests on nothing never goes by itself.
  if (config.humanReview || !config.autoApprove || !draft.grounded) return false;
  if (config.level === 'autonomous') return true;
  return config.level === 'approve_exceptions' && draft.kind !== 'reply';
}

/** What the last messages of an agent came to. */
export interface AgentRecord {
  readonly decided: number;
  readonly edited: number;
  readonly rejected: number;
  readonly sent: number;
  readonly bounced: number;
  /** Readers who told their provider that it is spam. */
  readonly complained: number;
  readonly optedOut: number;
}

const ENOUGH = 20;

/** One step up or down the ladder at most, and why; null: stay. */
export function judgeAutonomy(
  level: AutonomyLevel,
  record: AgentRecord,
): { level: AutonomyLevel; reason: string } | null {
  const at = AUTONOMY_LEVELS.indexOf(level);
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  const percent = (value: number) => `${Math.round(value * 1_000) / 10} %`;
  const rejected = share(record.rejected, record.decided);
  const bounced = share(record.bounced, record.sent);
  const complained = share(record.complained, record.sent);
  const optedOut = share(record.optedOut, record.sent);
  const edited = share(record.edited, record.decided);
  if (record.decided + record.sent < ENOUGH) return null;
  const down = [
    bounced > 0.05 && `${percent(bounced)} of the messages bounced`,
    complained > 0.003 && `${percent(complained)} of the readers complained of spam`,
    optedOut > 0.05 && `${percent(optedOut)} of the readers opted out`,
    rejected > 0.3 && `${percent(rejected)} of the drafts were rejected`,
  ].find((reason) => reason !== false);
  if (down) return at > 1 ? { level: AUTONOMY_LEVELS[at - 1]!, reason: down } : null;
  const isCalm = bounced <= 0.02 && complained <= 0.001 && optedOut <= 0.02 && rejected <= 0.05 && edited <= 0.1;
  // Beyond one's own level of trust only people raise an agent that may only draft.
  if (!isCalm || level === 'draft_only' || at === AUTONOMY_LEVELS.length - 1) return null;
  return {
    level: AUTONOMY_LEVELS[at + 1]!,
    reason: `of ${record.decided} decided drafts ${percent(edited)} were edited and ${percent(rejected)} rejected`,
  };
}

export interface ArmRecord<Arm> {
  readonly arm: Arm;
  readonly sent: number;
  readonly replied: number;
}

/**
 * Which strategy comes next: UCB1 (Auer et al. 2002) on the rate of replies. Every arm is tried first; from then on the
 * one with the highest upper bound. Deterministic, so that a repeated step chooses the same.
 */
export function chooseArm<Arm>(arms: readonly ArmRecord<Arm>[]): Arm {
  const untried = arms.find(({ sent }) => sent === 0);
  if (untried) return untried.arm;
  const all = arms.reduce((sum, { sent }) => sum + sent, 0);
  const bound = ({ sent, replied }: ArmRecord<Arm>) => replied / sent + Math.sqrt((2 * Math.log(all)) / sent);
  return arms.reduce((best, next) => (bound(next) > bound(best) ? next : best)).arm;
}
