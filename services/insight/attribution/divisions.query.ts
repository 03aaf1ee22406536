import { type RawBuilder, sql } from 'kysely';
import { MODEL_CODES, type ModelCode } from '../../../domain/insight/attribution.rules.ts';
import type { FrozenRun } from './conversions.query.ts';
import { modelColumns } from './weights.query.ts';

/** What is divided by largest remainder: a conversion among the rows of its touches, by a model. */
export interface Division {
  /** A column of its own, e.g. `weight_linear`; of the shared division `weight_single`. */
  readonly of: (name: string) => RawBuilder<unknown>;
  /** Undivided weight and its sum; none where every row with credit is all there is to divide. */
  readonly raw?: RawBuilder<unknown>;
  readonly total?: RawBuilder<unknown>;
  /** Whether a row takes part. */
  readonly credits: RawBuilder<boolean>;
  readonly isPrimary: RawBuilder<boolean>;
}

/** The bit of a model in `primary_models`. */
export const bitOf = (model: ModelCode): RawBuilder<number> => sql`${1 << MODEL_CODES.indexOf(model)}::integer`;

const columnsOf =
  (code: string): Division['of'] =>
  (name) =>
    sql.ref(`${name}_${code}`);

/** A column of the shared division. */
export const ofSingle = columnsOf('single');

/**
 * The divisions of a run's models, from columns of its touches and `primary_models`. Models that give all to one touch
 * share one: that of each touch among its agents.
 */
export function divisionsOf(run: FrozenRun): Division[] {
  const single = run.config.models.filter((model) => modelColumns(run, model).isSingle);
  const own = run.config.models.filter((model) => !single.includes(model));
  const divisions: Division[] = own.map((model) => {
    const { raw, total } = modelColumns(run, model);
    const of = columnsOf(model.toLowerCase());
    return {
      ...{ of, raw, total },
      credits: sql`${of('raw')} <> 0`,
      isPrimary: sql`primary_models & ${bitOf(model)} <> 0`,
    };
  });
  if (single.length === 0) return divisions;
  const bits = sql.join(single.map(bitOf), sql` + `);
  return [...divisions, { of: ofSingle, credits: sql`primary_models & (${bits}) <> 0`, isPrimary: sql`true` }];
}

/** Where a division's rows are added up, and where they are put in the order of who gets what is left over. */
export interface Windows {
  readonly sum: RawBuilder<unknown>;
  readonly rank: RawBuilder<unknown>;
}

/**
 * A touch without credit in the model comes last. Sums need no order, so that all divisions share one pass for them; a
 * division that is alone adds up in the pass that ranks it.
 */
export function windowsOf({ of, raw }: Division, remainder: string, isAlone: boolean): Windows {
  const rows = raw ? sql`partition by conversion_id` : sql`partition by conversion_id, position`;
  const order = raw
    ? sql`${of(remainder)} desc nulls last, ${of('is_primary')} desc, position desc, agent_id, team_id, ordinal`
    : sql`${of(remainder)} desc nulls last, agent_id, team_id, ordinal`;
  if (!isAlone) return { sum: sql`(${rows})`, rank: sql`(${rows} order by ${order})` };
  const both = sql`(${rows} order by ${order} rows between unbounded preceding and unbounded following)`;
  return { sum: both, rank: both };
}
