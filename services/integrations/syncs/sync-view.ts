import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import type { SyncTrigger } from './request-sync.ts';

/** What became of the records of a stream. */
export interface StreamCounts {
  created: number;
  updated: number;
  deleted: number;
  unchanged: number;
  /** Changes that went out. */
  pushed: number;
  /** Fields that both sides had changed. */
  conflicts: number;
  quarantined: number;
}

export interface SyncView {
  id: string;
  integrationId: string;
  number: number;
  trigger: SyncTrigger;
  mode: 'incremental' | 'full';
  dryRun: boolean;
  streams: string[];
  status: 'pending' | 'running' | 'completed' | 'failed' | 'cancelled';
  /** Where it stands; null when it does not run. */
  progress: { stream: string; phase: string; streamsDone: number } | null;
  counts: Record<string, StreamCounts>;
  /** The first conflicts and refusals, by record. */
  report: { stream: string; record: string; code: string; message: string }[];
  error: { code: string; message: string } | null;
  startedAt: Date | null;
  completedAt: Date | null;
  createdAt: Date;
}

const COLUMNS = sql`
  s.id, s.integration_id as "integrationId", s.number, s.trigger, s.mode, s.dry_run as "dryRun", s.streams, s.status,
  case when s.status = 'running' and (s.position ->> 'stream')::integer < cardinality(s.streams)
    then jsonb_build_object('stream', s.streams[(s.position ->> 'stream')::integer + 1],
                            'phase', s.position ->> 'phase', 'streamsDone', (s.position ->> 'stream')::integer)
    end as progress,
  s.counts, s.report,
  case when s.error_code is not null then jsonb_build_object('code', s.error_code, 'message', s.error_message) end as error,
  s.started_at as "startedAt", s.completed_at as "completedAt", s.created_at as "createdAt"`;

/** @throws AppError not_found */
export async function readSync(ctx: Ctx, id: string): Promise<SyncView> {
  const { rows } = await sql<SyncView>`
    select ${COLUMNS} from integration_syncs s
    where s.organization_id = ${ctx.organizationId} and s.id = ${id}`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The sync');
  return rows[0];
}

export interface ListSyncsInput extends PageInput {
  integrationId: string;
  status?: SyncView['status'] | undefined;
  trigger?: SyncTrigger | undefined;
}

/** Newest first. @throws AppError not_found for the integration. */
export const listSyncs = verb(
  { permission: 'integrations.view' },
  async (ctx, input: ListSyncsInput): Promise<{ items: SyncView[]; total: number }> => {
    await requireIntegration(ctx, input.integrationId);
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<SyncView & { total: number }>`
        select ${COLUMNS}, count(*) over ()::integer as total from integration_syncs s
        where s.organization_id = ${ctx.organizationId} and s.integration_id = ${input.integrationId}
          and (${input.status ?? null}::text is null or s.status = ${input.status ?? null})
          and (${input.trigger ?? null}::text is null or s.trigger = ${input.trigger ?? null})
        order by s.number desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

/** @throws AppError not_found */
export async function requireIntegration(ctx: Ctx, id: string): Promise<{ provider: string; status: string }> {
  const row = await ctx.tx
    .selectFrom('team_integrations')
    .select(['provider', 'status'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw notFound('The integration');
  return row;
}
