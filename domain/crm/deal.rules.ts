export const DEAL_STAGES = [
  'discovery',
  'qualification',
  'proposal',
  'negotiation',
  'closed_won',
  'closed_lost',
] as const;
export type DealStage = (typeof DEAL_STAGES)[number];

export const OPEN_STAGES = ['discovery', 'qualification', 'proposal', 'negotiation'] as const satisfies DealStage[];

export const FORECAST_CATEGORIES = ['pipeline', 'best_case', 'commit', 'closed'] as const;
export type ForecastCategory = (typeof FORECAST_CATEGORIES)[number];

/** Chance to win in percent that a deal takes on when it enters a stage and nobody says otherwise. */
export const STAGE_PROBABILITY: Readonly<Record<DealStage, number>> = {
  discovery: 10,
  qualification: 25,
  proposal: 50,
  negotiation: 75,
  closed_won: 100,
  closed_lost: 0,
};

export const isOpen = (stage: DealStage): boolean => stage !== 'closed_won' && stage !== 'closed_lost';

/** What a change of stage amounts to. A deal that was decided and is put back among the open ones is reopened. */
export type StageEffect = 'none' | 'moved' | 'won' | 'lost' | 'reopened';

/** Every move is allowed: boards are corrected by dragging. A won deal that is lost after all counts as lost. */
export function stageEffect(from: DealStage, to: DealStage): StageEffect {
  if (from === to) return 'none';
  if (to === 'closed_won') return 'won';
  if (to === 'closed_lost') return 'lost';
  return isOpen(from) ? 'moved' : 'reopened';
}

/**
 * The probability after a change: decided deals have 100 or 0; a given one counts; a stage entered without one brings its
 * own. Same borders as the column `forecast_category`.
 */
export function probabilityAfter(
  before: { stage: DealStage; probability: number },
  change: { stage?: DealStage | undefined; probability?: number | undefined },
): number {
  const stage = change.stage ?? before.stage;
  if (!isOpen(stage)) return STAGE_PROBABILITY[stage];
  if (change.probability !== undefined) return change.probability;
  return stage === before.stage ? before.probability : STAGE_PROBABILITY[stage];
}

/** The decided deal's share in the conversion's external id: the first win has no number. */
export const wonConversionId = (dealId: string, win: number): string =>
  win <= 1 ? `b:deals:${dealId}` : `b:deals:${dealId}:${win}`;

/** Of 100: from here on a deal counts as being at risk. */
export const AT_RISK = 60;
