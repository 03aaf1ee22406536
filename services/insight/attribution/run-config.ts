import { invalid } from '../../../domain/core/errors.ts';
import { currencyExponent, isCurrency, MAX_AMOUNT_MINOR } from '../../../domain/data/money.rules.ts';
import { DEFAULT_TIME_WINDOW_HOURS, type ModelCode } from '../../../domain/insight/attribution.rules.ts';
import type { MixedView } from './frozen-view.query.ts';

/** A run's configuration as the caller gave it; everything is optional. */
export interface RunConfigInput {
  timeWindowHours?: number | undefined;
  includeChannels?: string[] | undefined;
  eventTypes?: string[] | undefined;
  /** Decimal text, compared in each conversion's own currency. */
  minPurchaseAmount?: string | undefined;
  /** Calendar days in the organization's time zone, both inclusive. */
  startDate?: string | undefined;
  endDate?: string | undefined;
  halfLifeHours?: number | undefined;
  /** Hours by channel of the touch; the narrower of the windows that apply decides. */
  channelWindows?: Record<string, number> | undefined;
  /** Hours by event type of the conversion. */
  eventTypeWindows?: Record<string, number> | undefined;
  models?: ModelCode[] | undefined;
  /** Only touches with a participant of this team count. */
  teamId?: string | undefined;
  /** Only touches of this vendor count. */
  vendorId?: string | undefined;
}

/** The configuration with its defaults filled in, as it is stored and shown. */
export interface RunConfig {
  timeWindowHours: number;
  includeChannels: string[];
  eventTypes: string[];
  minPurchaseAmount: string | null;
  startDate: string | null;
  endDate: string | null;
  halfLifeHours: number;
  channelWindows: Record<string, number>;
  eventTypeWindows: Record<string, number>;
  models: ModelCode[];
  teamId: string | null;
  vendorId: string | null;
}

/** Organization settings that a run depends on, copied into it at its first execution. */
export interface RunInputs {
  timeZone: string;
  intentWeights: Record<string, number>;
  /** Of an intermediate state of a comparison: what it reads as of which run. */
  view?: MixedView;
}

/** @throws AppError validation when the period ends before it starts, or no amount can reach the smallest one. */
export function resolveRunConfig(modelCode: ModelCode, input: RunConfigInput): RunConfig {
  if (input.startDate && input.endDate && input.endDate < input.startDate) {
    throw invalid('config.endDate', 'lies before start_date', input.endDate);
  }
  if (input.minPurchaseAmount && Number(input.minPurchaseAmount) > MAX_AMOUNT_MINOR) {
    throw invalid('config.minPurchaseAmount', 'is larger than any amount can be', input.minPurchaseAmount);
  }
  const timeWindowHours = input.timeWindowHours ?? DEFAULT_TIME_WINDOW_HOURS;
  return {
    timeWindowHours,
    includeChannels: input.includeChannels ?? [],
    eventTypes: input.eventTypes ?? [],
    minPurchaseAmount: input.minPurchaseAmount ?? null,
    startDate: input.startDate ?? null,
    endDate: input.endDate ?? null,
    halfLifeHours: input.halfLifeHours ?? timeWindowHours / 2,
    channelWindows: input.channelWindows ?? {},
    eventTypeWindows: input.eventTypeWindows ?? {},
    models: [...new Set([modelCode, ...(input.models ?? [])])],
    teamId: input.teamId ?? null,
    vendorId: input.vendorId ?? null,
  };
}

/** The smallest amount in minor units that passes `min` (a decimal), for a currency; rounded up, so never too low. */
export function minimumMinor(min: string, currency: string): number {
  const exponent = isCurrency(currency) ? currencyExponent(currency) : 2;
  const [whole = '0', fraction = ''] = min.split('.');
  const kept = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, '0'));
  const more = /[1-9]/.test(fraction.slice(exponent)) ? 1n : 0n;
  return Number(kept + more);
}
