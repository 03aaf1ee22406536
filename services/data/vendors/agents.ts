import { sql } from 'kysely';
import { conflict, invalidAll, notFound } from '../../../domain/core/errors.ts';
import type { Reference } from '../../../domain/platform/reference.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { requireVersion } from '../../core/versions.ts';
import { findTeams, requireTeam } from '../../platform/roles/index.ts';
import { missingReferences, type References } from './references.ts';

export interface AgentView {
  id: string;
  /** How the source system names them. */
  externalId: string;
  name: string | null;
  userId: string | null;
  teamId: string | null;
  vendorId: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

const COLUMNS = sql`
  id, external_id as "externalId", name, user_id as "userId", team_id as "teamId", vendor_id as "vendorId",
  created_at as "createdAt", updated_at as "updatedAt", version`;

async function readAgent(ctx: Ctx, id: string): Promise<AgentView> {
  const { rows } = await sql<AgentView>`
    select ${COLUMNS} from agents where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The agent');
  return rows[0];
}

/** @throws AppError not_found. */
export const getAgent = verb(
  { permission: 'vendors.view' },
  (ctx, input: { id: string }): Promise<AgentView> => readAgent(ctx, input.id),
);

export interface ListAgentsInput extends PageInput {
  teamId?: Reference | undefined;
  vendorId?: string | undefined;
  externalId?: string | undefined;
}

/** By external id. */
export const listAgents = verb(
  { permission: 'vendors.view' },
  async (ctx, input: ListAgentsInput): Promise<{ items: AgentView[]; total: number }> => {
    const team = input.teamId === undefined ? null : await requireTeam(ctx, input.teamId);
    const conditions = sql.join(
      [
        sql`organization_id = ${ctx.organizationId}`,
        ...(team ? [sql`team_id = ${team.id}`] : []),
        ...(input.vendorId ? [sql`vendor_id = ${input.vendorId}`] : []),
        ...(input.externalId ? [sql`external_id = ${input.externalId}`] : []),
      ],
      sql` and `,
    );
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<AgentView & { total: number }>`
        select ${COLUMNS}, count(*) over ()::integer as total from agents where ${conditions}
        order by external_id, id limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

/** What an agent may belong to; a team also by its number. */
interface Belonging extends Omit<References, 'teamId'> {
  teamId?: Reference | null | undefined;
}

export interface CreateAgentInput extends Belonging {
  externalId: string;
  name?: string | null | undefined;
}

/** @throws AppError validation for what it names and does not exist; conflict `DUPLICATE_AGENT` (`details.existingId`). */
export const createAgent = verb(
  { permission: 'vendors.edit' },
  async (ctx, input: CreateAgentInput): Promise<AgentView> => {
    const belonging = await requireBelonging(ctx, input);
    const existing = await ctx.tx
      .selectFrom('agents')
      .select('id')
      .where('external_id', '=', input.externalId)
      .executeTakeFirst();
    if (existing) {
      throw conflict('DUPLICATE_AGENT', `The agent ${input.externalId} exists already.`, {
        issues: [{ field: 'externalId', message: 'exists already', value: input.externalId }],
        details: { existingId: existing.id },
        hint: 'Change the existing one with PUT; interactions create the agents that they name.',
      });
    }
    const { id } = await ctx.tx
      .insertInto('agents')
      .values({
        external_id: input.externalId,
        name: input.name ?? null,
        user_id: belonging.userId ?? null,
        team_id: belonging.teamId ?? null,
        vendor_id: belonging.vendorId ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(ctx, 'agent.create', { entityType: 'agent', entityId: id, after: referencesOf(belonging) });
    return readAgent(ctx, id);
  },
);

export interface UpdateAgentInput {
  id: string;
  expectedVersion?: number | undefined;
  changes: Belonging & { name?: string | null | undefined };
}

/**
 * Partial; the external id cannot change. A new team counts for interactions to come: those that are stored keep the
 * team that they were given. @throws AppError not_found; precondition_failed; validation.
 */
export const updateAgent = verb(
  { permission: 'vendors.edit' },
  async (ctx, { id, expectedVersion, changes }: UpdateAgentInput): Promise<AgentView> => {
    const row = await ctx.tx.selectFrom('agents').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
    if (!row) throw notFound('The agent');
    requireVersion(row.version, expectedVersion);
    const belonging = await requireBelonging(ctx, changes);
    const given = <T>(value: T | undefined, kept: T): T => (value === undefined ? kept : value);
    await ctx.tx
      .updateTable('agents')
      .set({
        name: given(changes.name, row.name),
        user_id: given(belonging.userId, row.user_id),
        team_id: given(belonging.teamId, row.team_id),
        vendor_id: given(belonging.vendorId, row.vendor_id),
      })
      .where('id', '=', id)
      .execute();
    const after = await readAgent(ctx, id);
    await audit(ctx, 'agent.update', {
      entityType: 'agent',
      entityId: id,
      before: referencesOf({ teamId: row.team_id, userId: row.user_id, vendorId: row.vendor_id }),
      after: referencesOf(after),
    });
    return after;
  },
);

const referencesOf = ({ teamId = null, userId = null, vendorId = null }: References) => ({ teamId, userId, vendorId });

/** The ids of what was named. @throws AppError validation naming every field that names nothing. */
async function requireBelonging(ctx: Ctx, { teamId, ...others }: Belonging): Promise<References> {
  const [team] = teamId == null ? [] : await findTeams(ctx, [teamId]);
  const issues = await missingReferences(ctx, others);
  if (teamId != null && !team) issues.unshift({ field: 'teamId', message: 'names no team', value: teamId });
  if (issues.length > 0) throw invalidAll(issues);
  return { ...others, teamId: teamId == null ? teamId : team!.id };
}
