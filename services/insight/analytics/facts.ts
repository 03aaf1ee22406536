import { conflict, invalid, notFound } from '../../../domain/core/errors.ts';
import { bucketsOf, type Granularity, isTimeZone } from '../../../domain/insight/period.rules.ts';
import { sqlStateOf } from '../../core/transaction.ts';
import type { Asked, Head } from './head.query.ts';

/** What every answer says about itself. */
export interface AnswerFacts {
  /** Both days inclusive. */
  period: { startDate: string; endDate: string; timezone: string };
  previousPeriod: { startDate: string; endDate: string } | null;
  /** Whose credits are shown; null when no run answers. */
  run: {
    id: string;
    name: string;
    modelCode: string;
    generation: number;
    asOf: Date;
    startDate: string | null;
    endDate: string | null;
    /** The period lies inside of the run's days, the last of which is that of `asOf` at the latest. */
    rangeInsideRun: boolean;
  } | null;
  modelCode: string;
  warnings: { code: string; message: string }[];
}

const MOST_BUCKETS = 1_200;

/** @throws AppError validation for a range that ends before it starts or an unknown time zone. */
export function checkAsked({ startDate, endDate, timezone }: Asked, granularity: Granularity | null = null): void {
  if (startDate && endDate && endDate < startDate) throw invalid('endDate', 'lies before start_date', endDate);
  if (timezone !== undefined && !isTimeZone(timezone)) {
    throw invalid('timezone', 'is no time zone, such as Europe/Berlin', timezone);
  }
  if (granularity && startDate && endDate && bucketsOf(startDate, endDate, granularity, 1).length > MOST_BUCKETS) {
    throw invalid('groupBy', `would make more than ${MOST_BUCKETS} rows; group by a longer period`, granularity);
  }
}

/** The time zones of the runtime and of the database are two lists. */
export async function refuseUnknownZone<T>(work: () => Promise<T>, timezone: string | undefined): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (timezone !== undefined && sqlStateOf(error) === '22023') throw invalid('timezone', 'is no time zone', timezone);
    throw error;
  }
}

/** Period, run and model of an answer. @throws AppError not_found, conflict `RUN_NOT_PUBLISHED`, validation. */
export function factsOf(head: Head, asked: Asked): AnswerFacts {
  if (asked.runId && head.run_id === null) throw notFound('The attribution run');
  if (head.run_id !== null && head.generation === null) {
    throw conflict('RUN_NOT_PUBLISHED', 'The run has no results yet.', {
      hint: 'Execute it and wait until its status is completed, or leave run_id out.',
    });
  }
  if (head.run_models && !head.run_models.includes(head.model_code)) {
    throw invalid('modelCode', `is none of the run's models (${head.run_models.join(', ')})`, head.model_code);
  }
  const inside =
    (head.run_start ?? '') <= head.from_day &&
    (head.run_end === null || head.run_end >= head.to_day) &&
    (head.as_of_day ?? '') >= head.to_day;
  const warnings: AnswerFacts['warnings'] = [];
  if (head.run_id === null) {
    warnings.push({
      code: 'NO_PUBLISHED_RUN',
      message: `No completed run has the model ${head.model_code}, so nothing is credited. Create and execute one at /v1/attribution/runs.`,
    });
  } else if (!inside) {
    warnings.push({
      code: 'RANGE_OUTSIDE_RUN',
      message: `The run holds conversions ${head.run_start ? `from ${head.run_start} ` : ''}until ${[head.run_end, head.as_of_day].filter(Boolean).sort()[0]}; days outside of it have no credit.`,
    });
  }
  return {
    period: { startDate: head.from_day, endDate: head.to_day, timezone: head.time_zone },
    previousPeriod: asked.compare ? { startDate: head.previous_from, endDate: head.previous_to } : null,
    run:
      head.run_id === null
        ? null
        : {
            id: head.run_id,
            name: head.run_name!,
            modelCode: head.model_code,
            generation: head.generation!,
            asOf: new Date(head.as_of!),
            startDate: head.run_start,
            endDate: head.run_end,
            rangeInsideRun: inside,
          },
    modelCode: head.model_code,
    warnings,
  };
}
