import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { invalid } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';
import type { InteractionInput, ParticipantInput } from './facts.ts';

/** Vendor ids by code; unknown codes create the vendor. */
export async function ensureVendors(ctx: Ctx, codes: readonly string[]): Promise<Map<string, string>> {
  const distinct = [...new Set(codes)].sort();
  if (distinct.length === 0) return new Map();
  const find = () => ctx.tx.selectFrom('vendors').select(['id', 'code']).where('code', 'in', distinct).execute();
  let found = await find();
  if (found.length < distinct.length) {
    await ctx.tx
      .insertInto('vendors')
      .values(distinct.map((code) => ({ code, name: code })))
      .onConflict((conflict) => conflict.columns(['organization_id', 'code']).doNothing())
      .execute();
    found = await find();
  }
  return new Map(found.map((row) => [row.code, row.id]));
}

export interface TouchSource {
  vendorId: string | null;
  campaign: string | null;
  contentId: string | null;
  utm: Record<string, string> | null;
}

/** The dimension row of a touch, or null when nothing beyond the channel is known. */
export function touchSourceOf(input: InteractionInput, vendorId: string | null): TouchSource | null {
  const source = {
    vendorId,
    campaign: input.campaign ?? null,
    contentId: input.contentId ?? null,
    utm: input.utm ? Object.fromEntries(Object.entries(input.utm).sort(([a], [b]) => (a < b ? -1 : 1))) : null,
  };
  return Object.values(source).some((value) => value !== null) ? source : null;
}

const fingerprintOf = (source: TouchSource): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([source.vendorId, source.campaign, source.contentId, source.utm]))
    .digest();

/** One id per entry of `sources`: equal sources share one row. */
export async function ensureTouchSources(
  ctx: Ctx,
  sources: readonly (TouchSource | null)[],
): Promise<(string | null)[]> {
  const wanted = new Map(
    sources.flatMap((source) => (source ? [[fingerprintOf(source).toString('hex'), source] as const] : [])),
  );
  if (wanted.size === 0) return sources.map(() => null);
  const fingerprints = [...wanted.keys()].sort();
  const find = async () => {
    const { rows } = await sql<{ id: string; fingerprint: string }>`
      select id, encode(fingerprint, 'hex') as fingerprint from touch_sources
      where organization_id = ${ctx.organizationId}
        and fingerprint in (select decode(f, 'hex') from unnest(${sql.val(fingerprints)}::text[]) f)`.execute(ctx.tx);
    return rows;
  };
  let found = await find();
  if (found.length < fingerprints.length) {
    await ctx.tx
      .insertInto('touch_sources')
      .values(
        fingerprints.map((fingerprint) => {
          const source = wanted.get(fingerprint)!;
          return {
            fingerprint: Buffer.from(fingerprint, 'hex'),
            vendor_id: source.vendorId,
            campaign: source.campaign,
            content_id: source.contentId,
            utm: source.utm ? JSON.stringify(source.utm) : null,
          };
        }),
      )
      .onConflict((conflict) => conflict.columns(['organization_id', 'fingerprint']).doNothing())
      .execute();
    found = await find();
  }
  const ids = new Map(found.map((row) => [row.fingerprint, row.id]));
  return sources.map((source) => (source ? ids.get(fingerprintOf(source).toString('hex'))! : null));
}

export interface ParticipantRow {
  ordinal: number;
  role: ParticipantInput['role'];
  agent_id: string | null;
  team_id: string | null;
  share: number | null;
}

/**
 * Resolves participants to agents and teams. An unknown external id of an agent or supervisor creates the agent;
 * an agent without a team takes the team of its record.
 * @throws AppError validation for a team or an id that does not exist.
 */
export async function resolveParticipants(
  ctx: Ctx,
  facts: readonly (readonly ParticipantInput[])[],
): Promise<ParticipantRow[][]> {
  const all = facts.flat();
  if (all.length === 0) return facts.map(() => []);
  const teams = await existingTeams(ctx, all);
  const agents = await ensureAgents(
    ctx,
    all.filter((participant) => participant.role !== 'team'),
  );
  return facts.map((participants) =>
    participants.map((participant, ordinal) => {
      const field = `participants.${ordinal}`;
      const share = participant.share ?? null;
      const teamId = participant.role === 'team' ? participant.id : participant.teamId;
      if (teamId && !teams.has(teamId)) throw invalid(`${field}.id`, 'names no team', teamId);
      if (participant.role === 'team') {
        if (!teamId) throw invalid(`${field}.id`, 'is missing: a team is named by its id', participant.externalId);
        return { ordinal, role: 'team', agent_id: null, team_id: teamId, share };
      }
      const agent = agents.get(participant.externalId ?? participant.id ?? '');
      if (!agent) throw invalid(`${field}.id`, 'names no agent', participant.id);
      return { ordinal, role: participant.role, agent_id: agent.id, team_id: teamId ?? agent.teamId, share };
    }),
  );
}

async function existingTeams(ctx: Ctx, participants: readonly ParticipantInput[]): Promise<Set<string>> {
  const ids = participants.flatMap((p) => (p.role === 'team' ? p.id : p.teamId) ?? []);
  if (ids.length === 0) return new Set();
  const rows = await ctx.tx
    .selectFrom('teams')
    .select('id')
    .where('id', 'in', [...new Set(ids)])
    .where('deleted_at', 'is', null)
    .execute();
  return new Set(rows.map((row) => row.id));
}

interface AgentRef {
  id: string;
  teamId: string | null;
}

async function ensureAgents(ctx: Ctx, participants: readonly ParticipantInput[]): Promise<Map<string, AgentRef>> {
  const byExternalId = new Map(participants.flatMap((p) => (p.externalId ? [[p.externalId, p] as const] : [])));
  const externalIds = [...byExternalId.keys()].sort();
  const ids = participants.flatMap((p) => (!p.externalId && p.id ? [p.id] : []));
  const find = async () => {
    const { rows } = await sql<{ id: string; external_id: string; team_id: string | null }>`
      select id, external_id, team_id from agents
      where organization_id = ${ctx.organizationId}
        and (external_id = any(${sql.val(externalIds)}::text[]) or id = any(${sql.val(ids)}::uuid[]))`.execute(ctx.tx);
    return rows;
  };
  let found = await find();
  const known = new Set(found.map((row) => row.external_id));
  const missing = externalIds.filter((externalId) => !known.has(externalId));
  if (missing.length > 0) {
    await ctx.tx
      .insertInto('agents')
      .values(
        missing.map((externalId) => ({
          external_id: externalId,
          name: byExternalId.get(externalId)?.name ?? null,
          team_id: byExternalId.get(externalId)?.teamId ?? null,
        })),
      )
      .onConflict((conflict) => conflict.columns(['organization_id', 'external_id']).doNothing())
      .execute();
    found = await find();
  }
  return new Map(
    found.flatMap((row) => {
      const agent = { id: row.id, teamId: row.team_id };
      return [
        [row.external_id, agent],
        [row.id, agent],
      ] as const;
    }),
  );
}
