import type { Framework } from './bdr.rules.ts';

/** What a reply or a record can tell of a buyer, whatever the framework calls it. */
export const SIGNALS = [
  'budget',
  'authority',
  'need',
  'timeline',
  'metrics',
  'decision_criteria',
  'decision_process',
  'champion',
] as const;
export type Signal = (typeof SIGNALS)[number];

interface Criterion {
  readonly key: string;
  readonly label: string;
  readonly signal: Signal;
  readonly points: number;
  readonly question: string;
}

const criterion = (key: string, label: string, signal: Signal, points: number, question: string): Criterion => ({
  key,
  label,
  signal,
  points,
  question,
});

/** Points of a framework add up to 100. */
export const CRITERIA: Readonly<Record<Framework, readonly Criterion[]>> = {
  BANT: [
    criterion('budget', 'Budget', 'budget', 25, 'Is there a budget for it?'),
    criterion('authority', 'Authority', 'authority', 25, 'Who decides about it?'),
    criterion('need', 'Need', 'need', 30, 'What should become better?'),
    criterion('timeline', 'Timeline', 'timeline', 20, 'When should it be in place?'),
  ],
  MEDDIC: [
    criterion('metrics', 'Metrics', 'metrics', 15, 'What will success be measured by?'),
    criterion('economic_buyer', 'Economic buyer', 'authority', 20, 'Who decides about the money?'),
    criterion('decision_criteria', 'Decision criteria', 'decision_criteria', 15, 'What will decide?'),
    criterion('decision_process', 'Decision process', 'decision_process', 15, 'How is it decided?'),
    criterion('identify_pain', 'Identify pain', 'need', 20, 'What should become better?'),
    criterion('champion', 'Champion', 'champion', 15, 'Who wants it most?'),
  ],
  CHAMP: [
    criterion('challenges', 'Challenges', 'need', 35, 'What should become better?'),
    criterion('authority', 'Authority', 'authority', 25, 'Who decides about it?'),
    criterion('money', 'Money', 'budget', 20, 'Is there a budget for it?'),
    criterion('prioritization', 'Prioritization', 'timeline', 20, 'When should it be in place?'),
  ],
};

export interface SignalEvidence {
  readonly signal: Signal;
  readonly isMet: boolean;
  /** Row of the memory that says so. */
  readonly factId: string;
  readonly text: string;
  readonly observedAt: Date | null;
}

export interface CriterionAnswer {
  readonly criterion: string;
  readonly label: string;
  readonly status: 'met' | 'not_met' | 'unknown';
  readonly points: number;
  readonly evidence: readonly string[];
  readonly reason: string;
}

export interface Qualification {
  readonly framework: Framework;
  readonly score: number;
  readonly answers: readonly CriterionAnswer[];
  /** What is still to be asked, the dearest first. */
  readonly openQuestions: readonly string[];
}

/** The newest evidence of a criterion decides; without any it is unknown and earns nothing. */
export function qualify(framework: Framework, evidence: readonly SignalEvidence[]): Qualification {
  const answers = CRITERIA[framework].map(({ key, label, signal, points }): CriterionAnswer => {
    const about = evidence
      .filter((one) => one.signal === signal)
      .toSorted((a, b) => (b.observedAt?.getTime() ?? 0) - (a.observedAt?.getTime() ?? 0));
    const newest = about[0];
    const status = newest === undefined ? 'unknown' : newest.isMet ? 'met' : 'not_met';
    return {
      criterion: key,
      label,
      status,
      points: status === 'met' ? points : 0,
      evidence: about.map(({ factId }) => factId),
      reason: newest?.text ?? 'Nothing is known of it.',
    };
  });
  const open = CRITERIA[framework]
    .filter(({ key }) => answers.some((answer) => answer.criterion === key && answer.status === 'unknown'))
    .toSorted((a, b) => b.points - a.points);
  return {
    framework,
    score: answers.reduce((sum, { points }) => sum + points, 0),
    answers,
    openQuestions: open.map(({ question }) => question),
  };
}

const DECIDES =
  /\b(?:chief|c[efmostr]o|vp|vice president|president|owner|founder|head|director|geschäftsführer\w*|leiter\w*|directeur|director[a]?)\b/i;

/** Whether somebody of this title usually decides. */
export const decides = (title: string): boolean => DECIDES.test(title);
