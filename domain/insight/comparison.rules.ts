import { DIMENSIONS as METRIC_DIMENSIONS, type Dimension as MetricDimension } from './metrics.rules.ts';
import { GRANULARITIES, type Granularity } from './period.rules.ts';

export type Dimension = MetricDimension | Granularity;

/** What credits can be grouped by. Days, weeks and months are those of the conversion. */
export const DIMENSIONS: readonly Dimension[] = [...METRIC_DIMENSIONS, ...GRANULARITIES];

/**
 * The parts of a difference, in the order in which one run is turned into the other. A part is what changes when it is
 * applied after the ones before it, so the order belongs to the answer.
 */
export const DIFFERENCE_PARTS = ['configuration', 'identity', 'corrections', 'lateData', 'refunds'] as const;
export type DifferencePart = (typeof DIFFERENCE_PARTS)[number];

export const PART_MEANINGS: Readonly<Record<DifferencePart, string>> = {
  configuration: "The run's configuration and the organization's settings that it copied (time zone, intent weights).",
  identity: 'Which records are one person: links, merges and taken back merges; parties of conversions.',
  corrections: 'Facts that both runs saw, in another version: corrected or voided.',
  lateData: 'Interactions, conversions, events and page views that only one of the runs saw.',
  refunds: 'Refunds that only one of the runs saw, or saw in another version.',
};

/** A part together with whether anything changed there, and the state once it is applied. */
export interface PlannedStep {
  part: DifferencePart;
  changed: boolean;
  /** Whether the state after this part has to be computed, or is known: that before it, or the other run itself. */
  state: 'before' | 'compute' | 'other';
}

/** Only states between two changes are unknown: the last change leads to the other run. */
export function planSteps(changed: Readonly<Record<DifferencePart, boolean>>): PlannedStep[] {
  const last = DIFFERENCE_PARTS.findLast((part) => changed[part]);
  return DIFFERENCE_PARTS.map((part) => ({
    part,
    changed: changed[part],
    state: part === last ? 'other' : changed[part] ? 'compute' : 'before',
  }));
}
