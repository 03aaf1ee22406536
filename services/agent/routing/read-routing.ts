import { sql } from 'kysely';
import { MODEL_PURPOSES, type ModelPurpose } from '../../../domain/agent/model.port.ts';
import type { ModelEntry } from '../../../domain/agent/model-catalogue.rules.ts';
import {
  type ModelRoute,
  type ModelRouting,
  NO_ROUTING,
  type OwnRouting,
  routeFor,
  routingOf,
} from '../../../domain/agent/model-routing.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';

export interface RoutingRevision extends OwnRouting {
  readonly revision: number;
  /** Null: a key that belongs to nobody. */
  readonly changedBy: string | null;
  readonly changedAt: Date;
}

export interface RoutingView {
  readonly revision: number;
  /** Null: nobody has said anything, everything is as in the catalogue. */
  readonly changedBy: string | null;
  readonly changedAt: Date | null;
  readonly own: OwnRouting;
  readonly routes: readonly RouteView[];
}

interface RouteView extends ModelRoute {
  readonly purpose: ModelPurpose;
  readonly isOwn: boolean;
  /** Ids of models that are here, the first one is asked first. */
  readonly asked: readonly string[];
}

const COLUMNS = sql.raw(
  `r.revision, r.routes, r.qualities, r.prices, r.changed_by as "changedBy", r.changed_at as "changedAt"`,
);

async function readLast(ctx: Ctx): Promise<RoutingRevision | undefined> {
  const { rows } = await sql<RoutingRevision>`
    select ${COLUMNS} from ai_routings r where r.organization_id = ${ctx.organizationId}
    order by r.revision desc limit 1`.execute(ctx.tx);
  return rows[0];
}

const inForce = (last: RoutingRevision | undefined): ModelRouting =>
  last
    ? routingOf(last.revision, ownOf(last), last.changedAt.toISOString().slice(0, 10))
    : routingOf(0, NO_ROUTING, '');

const ownOf = ({ routes, qualities, prices }: OwnRouting): OwnRouting => ({ routes, qualities, prices });

/** What is in force now. */
export const readRouting = async (ctx: Ctx): Promise<ModelRouting> => inForce(await readLast(ctx));

export async function viewRouting(ctx: Ctx, entries: readonly ModelEntry[]): Promise<RoutingView> {
  const last = await readLast(ctx);
  const routing = inForce(last);
  const day = ctx.now.toISOString().slice(0, 10);
  const said = new Set(routing.own.routes.map(({ purpose }) => purpose));
  return {
    revision: routing.revision,
    changedBy: last?.changedBy ?? null,
    changedAt: last?.changedAt ?? null,
    own: routing.own,
    routes: MODEL_PURPOSES.map((purpose) => ({
      purpose,
      ...routing.routes[purpose],
      isOwn: said.has(purpose),
      asked: routeFor(purpose, entries, day, routing).map(({ id }) => id),
    })),
  };
}

export const getRouting = verb(
  { permission: 'ai.view' },
  (ctx, { entries }: { entries: readonly ModelEntry[] }): Promise<RoutingView> => viewRouting(ctx, entries),
);

/** Every state that ever was in force, the last first. */
export const listRoutings = verb(
  { permission: 'ai.view' },
  async (ctx, input: PageInput): Promise<{ items: RoutingRevision[]; total: number }> => {
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<RoutingRevision & { total: number }>`
        select ${COLUMNS}, (count(*) over ())::integer as total
        from ai_routings r where r.organization_id = ${ctx.organizationId}
        order by r.revision desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);
