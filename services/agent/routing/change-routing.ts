import { sql } from 'kysely';
import { MODEL_PRICES, type ModelEntry } from '../../../domain/agent/model-catalogue.rules.ts';
import type { OwnRouting } from '../../../domain/agent/model-routing.rules.ts';
import { type FieldIssue, invalidAll } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { requireVersion } from '../../core/versions.ts';
import { type RoutingView, readRouting, viewRouting } from './read-routing.ts';

/** Each list that is named replaces what the organization had said there; an empty one goes back to the catalogue. */
export type RoutingChanges = { readonly [K in keyof OwnRouting]?: OwnRouting[K] | undefined };

export interface ChangeRouting {
  readonly expectedVersion?: number | undefined;
  readonly changes: RoutingChanges;
  /** What this installation has access to. */
  readonly entries: readonly ModelEntry[];
}

/**
 * A new revision, in force for the next call to a model. The revision before stays, so that every cost can be checked.
 * @throws AppError validation; precondition_failed `PRECONDITION_FAILED`.
 */
export const changeRouting = verb(
  { permission: 'bdr.configure' },
  async (ctx, { expectedVersion, changes, entries }: ChangeRouting): Promise<RoutingView> => {
    await lockRouting(ctx);
    const routing = await readRouting(ctx);
    requireVersion(routing.revision, expectedVersion);
    const own: OwnRouting = {
      routes: changes.routes ?? routing.own.routes,
      qualities: changes.qualities ?? routing.own.qualities,
      prices: changes.prices ?? routing.own.prices,
    };
    const issues = [...unknownModels(changes, entries), ...repeated(changes)];
    if (issues.length > 0) throw invalidAll(issues, 'GET /api/v1/ai/models lists the models that there are.');
    if (await store(ctx, routing.revision, own)) {
      const entry = { entityType: 'ai_routing', entityId: null, before: routing.own, after: own };
      await audit(ctx, 'ai.routing.change', entry);
    }
    return viewRouting(ctx, entries);
  },
);

/** False: that is in force already. */
async function store(ctx: Ctx, revision: number, own: OwnRouting): Promise<boolean> {
  const json = (list: readonly object[]) => sql`${JSON.stringify(list)}::jsonb`;
  const { rows } = await sql<{ id: string }>`
    insert into ai_routings (revision, routes, qualities, prices, changed_by, changed_at)
    select ${revision + 1}, ${json(own.routes)}, ${json(own.qualities)}, ${json(own.prices)},
           ${ctx.principal.userId ?? null}, ${ctx.now}
    where not exists (
      select from ai_routings r where r.organization_id = ${ctx.organizationId} and r.revision = ${revision}
        and r.routes = ${json(own.routes)} and r.qualities = ${json(own.qualities)} and r.prices = ${json(own.prices)})
    returning id`.execute(ctx.tx);
  return rows.length > 0;
}

/** Changes of one organization come one after the other, also the first one, which finds no row to lock. */
const lockRouting = (ctx: Ctx) =>
  sql`select pg_advisory_xact_lock(hashtextextended('ai_routings:' || ${ctx.organizationId}, 0))`.execute(ctx.tx);

function unknownModels(changes: RoutingChanges, entries: readonly ModelEntry[]): FieldIssue[] {
  const ids = new Set(entries.map(({ id }) => id));
  const names = new Set([...entries.map(({ wireName }) => wireName), ...MODEL_PRICES.map(({ model }) => model)]);
  const check = (known: ReadonlySet<string>, field: string, value: string): FieldIssue[] =>
    known.has(value) ? [] : [{ field, message: `must be one of ${[...known].join(', ')}`, value }];
  return [
    ...(changes.routes ?? []).flatMap(({ models }, at) =>
      (models ?? []).flatMap((model, index) => check(ids, `routes.${at}.models.${index}`, model)),
    ),
    ...(changes.qualities ?? []).flatMap(({ model }, at) => check(ids, `qualities.${at}.model`, model)),
    ...(changes.prices ?? []).flatMap(({ model }, at) => check(names, `prices.${at}.model`, model)),
  ];
}

/** Two sentences about the same thing: nobody could say which counts. */
function repeated({ routes = [], qualities = [], prices = [] }: RoutingChanges): FieldIssue[] {
  const twice = (list: string, keys: readonly string[]): FieldIssue[] =>
    keys.flatMap((key, at) => (keys.indexOf(key) < at ? [{ field: `${list}.${at}`, message: 'is named twice' }] : []));
  return [
    ...twice(
      'routes',
      routes.map(({ purpose }) => purpose),
    ),
    ...twice(
      'qualities',
      qualities.map(({ model }) => model),
    ),
    ...twice(
      'prices',
      prices.map(({ model, effectiveFrom }) => `${model}@${effectiveFrom}`),
    ),
  ];
}
