import { invalid } from '../core/errors.ts';

/** Shares of the first touch, of all touches between, and of the last one; only their proportion counts. */
export interface PositionWeights {
  first: number;
  middle: number;
  last: number;
}

/** What is absent weighs 0. */
export type PositionWeightsInput = { [key in keyof PositionWeights]?: number | undefined };

/** Weight of a position × weight of a channel. A position weighs by `first/middle/last` or by `positions`, not both. */
export interface CustomWeights {
  first?: number | undefined;
  middle?: number | undefined;
  last?: number | undefined;
  /** The first, second, third … touch. */
  positions?: number[] | undefined;
  /** Touches beyond `positions`; 0 when absent. */
  otherPositions?: number | undefined;
  channels?: Record<string, number> | undefined;
  /** Channels that `channels` does not name; 1 when absent. */
  otherChannels?: number | undefined;
}

export const DEFAULT_POSITION_WEIGHTS: PositionWeights = { first: 0.4, middle: 0.2, last: 0.4 };

/** Weights are exact to six places, so that they can be counted in whole millionths. */
export const WEIGHT_PLACES = 6;
export const MAX_CUSTOM_WEIGHT = 1_000;

/** 0.4 → 400000. */
export const inMillionths = (weight: number): number => Math.round(weight * 1e6);

/** @throws AppError validation. */
export function checkPositionWeights(given: PositionWeightsInput | undefined): PositionWeights {
  const weights = given
    ? { first: given.first ?? 0, middle: given.middle ?? 0, last: given.last ?? 0 }
    : DEFAULT_POSITION_WEIGHTS;
  for (const [key, weight] of Object.entries(weights)) checkWeight(`config.positionWeights.${key}`, weight);
  if (weights.first + weights.middle + weights.last <= 0) {
    throw invalid('config.positionWeights', 'needs a weight above 0');
  }
  return weights;
}

/** @throws AppError validation. */
export function checkCustomWeights(given: CustomWeights | undefined): CustomWeights | null {
  if (!given) return null;
  const field = 'config.customWeights';
  const ends = [given.first, given.middle, given.last];
  const hasEnds = ends.some((weight) => weight !== undefined);
  if (hasEnds && given.positions) {
    throw invalid(field, 'takes either first, middle and last, or positions, not both');
  }
  if (given.otherPositions !== undefined && !given.positions) {
    throw invalid(`${field}.otherPositions`, 'needs positions beside it');
  }
  if (given.otherChannels !== undefined && !given.channels) {
    throw invalid(`${field}.otherChannels`, 'needs channels beside it');
  }
  if (!hasEnds && !given.positions && !given.channels) {
    throw invalid(field, 'weighs nothing: give first, middle and last, or positions, or channels');
  }
  const positional = given.positions ? [...given.positions, given.otherPositions ?? 0] : hasEnds ? ends : [1];
  const channels = given.channels ? [...Object.values(given.channels), given.otherChannels ?? 1] : [1];
  for (const weight of [...positional, ...channels]) checkWeight(field, weight ?? 0);
  if (!positional.some((weight) => (weight ?? 0) > 0) || !channels.some((weight) => weight > 0)) {
    throw invalid(field, 'needs a weight above 0 by position and by channel');
  }
  return given;
}

function checkWeight(field: string, weight: number): void {
  if (!(weight >= 0 && weight <= MAX_CUSTOM_WEIGHT)) {
    throw invalid(field, `must be between 0 and ${MAX_CUSTOM_WEIGHT}`, weight);
  }
  if (Math.abs(weight * 1e6 - inMillionths(weight)) > 1e-3) {
    throw invalid(field, `has more than ${WEIGHT_PLACES} decimal places`, weight);
  }
}

/**
 * How many units an undivided product of weights has: 1e9 for a weight of 1, less where weights are so large that
 * sums over many touches would leave 64 bits.
 */
export const scaleOf = (largest: number): number => (largest <= 1_000 ? 1e9 : 1e12 / largest);

/** The largest product that a configuration can give a touch. */
export function largestCustomWeight(weights: CustomWeights): number {
  const { positions, channels } = weights;
  const position = positions
    ? Math.max(...positions, weights.otherPositions ?? 0)
    : Math.max(weights.first ?? 0, weights.middle ?? 0, weights.last ?? 0, 1);
  const channel = channels ? Math.max(...Object.values(channels), weights.otherChannels ?? 1) : 1;
  return position * channel;
}
