export const STEP_TYPES = ['email', 'call', 'linkedin', 'sms', 'task'] as const;
export type StepType = (typeof STEP_TYPES)[number];

/** What people do by hand; such a step becomes a task. */
export const TASK_STEPS: ReadonlySet<StepType> = new Set(['call', 'linkedin', 'task']);

/** What a condition may ask of an earlier step. Opens and clicks are those of people; what machines did is no engagement. */
export const STEP_EVENTS = [
  'opened',
  'not_opened',
  'clicked',
  'not_clicked',
  'replied',
  'not_replied',
  'completed',
  'not_completed',
] as const;
export type StepEvent = (typeof STEP_EVENTS)[number];

/** The number of a later step (or of this one), to end, to do this step, or to pass over it. */
export type Branch = number | 'exit' | 'run' | 'skip';

/** Asked when the step is due, before it is done. */
export interface StepConditions {
  readonly if: {
    readonly event: StepEvent;
    /** Number of the step that it is asked of; absent: the latest one that was done. */
    readonly step?: number | undefined;
    /** It counts only so long after that step, `3d` or `12h`. */
    readonly within?: string | undefined;
  };
  readonly then: Branch;
  /** Absent: do this step. */
  readonly else?: Branch | undefined;
}

/** One of the texts that a step tries out; absent parts are the step's own. */
export interface StepVariant {
  readonly name: string;
  /** In proportion to the other variants. */
  readonly weight: number;
  readonly subject?: string | undefined;
  readonly content?: string | undefined;
  readonly templateId?: string | undefined;
}

export interface CadenceStep {
  readonly id: string;
  readonly stepNumber: number;
  readonly type: StepType;
  readonly delayDays: number;
  readonly delayHours: number;
  readonly templateId: string | null;
  readonly subject: string | null;
  readonly content: string | null;
  readonly conditions: StepConditions | null;
  readonly variants: readonly StepVariant[];
}

export interface CadenceSettings {
  /** Absent or not enabled: at any hour. */
  readonly businessHours?:
    | {
        readonly enabled?: boolean | undefined;
        readonly start: string;
        readonly end: string;
        readonly days: readonly number[];
      }
    | { readonly enabled: false }
    | undefined;
  /** For people whose own zone is not known; absent: the organization's. */
  readonly timezone?: string | undefined;
  /** Local days without a step. */
  readonly holidays?: readonly string[] | undefined;
  /** A reply pauses the person. Default: true. */
  readonly autoPauseOnReply?: boolean | undefined;
  /** A reply pauses the colleagues of the same account, too. Default: false. */
  readonly pauseAccountOnReply?: boolean | undefined;
  /** A pause by a reply that nobody resumes ends the enrollment after so many days. Default: 30. */
  readonly replyPauseDays?: number | undefined;
  /** How long a step by hand may keep the next one waiting; then it goes on. Default: 0, nothing waits for people. */
  readonly taskWaitDays?: number | undefined;
  /** How long after the end of an enrollment the person may be enrolled anew; null: never. Default: 30. */
  readonly reEnrollAfterDays?: number | null | undefined;
}

export const DEFAULT_REPLY_PAUSE_DAYS = 30;
export const DEFAULT_RE_ENROLL_DAYS = 30;

export const ENROLLMENT_STATUSES = ['active', 'paused', 'completed', 'exited', 'unenrolled'] as const;
export type EnrollmentStatus = (typeof ENROLLMENT_STATUSES)[number];

/** Why an enrollment rests. */
export const PAUSE_REASONS = ['person', 'reply', 'account_reply', 'cadence', 'out_of_office'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** How the outcome of one step is told. */
export const STEP_OUTCOMES = ['sent', 'task', 'skipped'] as const;
export type StepOutcome = (typeof STEP_OUTCOMES)[number];

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;

/** `3d`, `12h` in milliseconds. */
export const spanMs = (text: string): number => Number.parseInt(text, 10) * (text.endsWith('d') ? DAY_MS : HOUR_MS);
