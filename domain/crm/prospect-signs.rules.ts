export const EVIDENCE_TYPES = [
  'activity',
  'call',
  'deal',
  'task',
  'meeting',
  'interaction',
  'page_view',
  'conversion',
  'prospect',
] as const;

/** A row that an insight rests on. */
export interface Evidence {
  readonly type: (typeof EVIDENCE_TYPES)[number];
  readonly id: string;
}

/** Rows of one kind: how many there are, the newest of them, and when the last one was. */
export interface Sign {
  readonly count: number;
  readonly ids: readonly string[];
  readonly last: Date | null;
}

export interface OpenDeal {
  readonly id: string;
  readonly name: string;
  readonly stage: string;
  /** Days until the close date, negative beyond it; null without one. */
  readonly daysToClose: number | null;
  readonly riskScore: number | null;
}

/** What is known of the dealings with a person. */
export interface ProspectSigns {
  readonly id: string;
  readonly hasEmail: boolean;
  readonly hasPhone: boolean;
  readonly now: Date;
  /** Whatever was said or written, in either direction. */
  readonly contacts: Sign;
  readonly contacts30: Sign;
  readonly contactsBefore30: Sign;
  /** What came from the person, in the last 90 days. */
  readonly answers: Sign;
  /** The same by channel, the most answered one first. */
  readonly answersByChannel: readonly { channel: string; count: number; ids: readonly string[] }[];
  /** Calls in a row that nobody took, since the last one that somebody did. */
  readonly missedCalls: Sign;
  readonly openDeals: readonly OpenDeal[];
  readonly wonDeals: Sign;
  readonly lostDeals: Sign;
  readonly openTasks: Sign;
  readonly overdueTasks: Sign;
  readonly nextMeeting: { id: string; startsAt: Date } | null;
  readonly missedMeetings: Sign;
  /** Touches of the person's journey in the last 30 days, with those that no one wrote down by hand. */
  readonly touches30: Sign;
  readonly pageViews14: Sign;
  readonly conversions: Sign;
}

export interface Insight {
  readonly type: string;
  readonly level: 'positive' | 'neutral' | 'warning';
  readonly text: string;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly evidence: readonly Evidence[];
}
