import { type DealStage, isOpen } from '../../domain/crm/deal.rules.ts';
import type { WaterfallPart } from '../../domain/crm/waterfall.rules.ts';

/** One state of a deal; null before it was created. */
export interface DealState {
  readonly stage: DealStage;
  readonly amount: number;
  readonly currency: string;
  /** Its close date lies in the period that is looked at. */
  readonly inPeriod: boolean;
  /** It belongs to the owner or team that is looked at. */
  readonly inScope: boolean;
  readonly deleted: boolean;
}

const counts = (state: DealState | null): state is DealState =>
  state !== null && !state.deleted && state.inScope && state.inPeriod && isOpen(state.stage);

/**
 * A second, deliberately plain reading of what one change of a deal did to the pipeline, for comparison with the SQL. A change of several
 * things at once is taken apart in one order: first the amount, then whether the deal is in the pipeline at all.
 */
export function waterfallParts(
  before: DealState | null,
  after: DealState,
): { part: WaterfallPart; currency: string; amount: number }[] {
  const was = counts(before);
  const is = counts(after);
  if (was && is) {
    if (before.currency !== after.currency) {
      return [
        { part: 'shrunk', currency: before.currency, amount: -before.amount },
        { part: 'grown', currency: after.currency, amount: after.amount },
      ];
    }
    return difference(before.currency, after.amount - before.amount);
  }
  if (was) {
    const changed = before.currency === after.currency ? difference(before.currency, after.amount - before.amount) : [];
    const left = before.currency === after.currency ? after.amount : before.amount;
    return [...changed, { part: reasonToLeave(after), currency: before.currency, amount: -left }];
  }
  return is ? [{ part: reasonToEnter(before), currency: after.currency, amount: after.amount }] : [];
}

const difference = (currency: string, amount: number): { part: WaterfallPart; currency: string; amount: number }[] =>
  amount === 0 ? [] : [{ part: amount > 0 ? 'grown' : 'shrunk', currency, amount }];

function reasonToLeave(after: DealState): WaterfallPart {
  if (after.deleted) return 'removed';
  if (after.stage === 'closed_won') return 'won';
  if (after.stage === 'closed_lost') return 'lost';
  return after.inScope ? 'slipped' : 'moved_out';
}

function reasonToEnter(before: DealState | null): WaterfallPart {
  if (before === null || before.deleted) return 'new';
  if (!isOpen(before.stage)) return 'reopened';
  return before.inScope ? 'pulled_in' : 'moved_in';
}
