import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { notify } from '../../platform/notifications/index.ts';
import { integrationSyncCompleted, integrationSyncFailed } from '../events.ts';
import { noteHealth } from './note-health.ts';
import { requestSync, type WantedBy } from './request-sync.ts';
import type { StreamCounts } from './sync-view.ts';

export async function lockSync(ctx: Ctx, syncId: string) {
  return ctx.tx
    .selectFrom('integration_syncs')
    .select([
      'number',
      'mode',
      'dry_run',
      'trigger',
      'streams',
      'status',
      'position',
      'cancel_requested',
      'counts',
      'report',
    ])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', syncId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** In the transaction of its last step: the row, the integration, who is told, and what was asked for meanwhile. */
export async function endSync(
  ctx: Ctx,
  { integrationId, syncId, dryRun }: { integrationId: string; syncId: string; dryRun: boolean },
  end: { status: 'completed' | 'cancelled' } | { status: 'failed'; code: string; message: string },
): Promise<void> {
  const isFailure = end.status === 'failed';
  const { counts } = await ctx.tx
    .updateTable('integration_syncs')
    .set({
      status: end.status,
      completed_at: ctx.now,
      ...(isFailure ? { error_code: end.code, error_message: end.message } : {}),
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', syncId)
    .returning('counts')
    .executeTakeFirstOrThrow();
  const state = await ctx.tx
    .updateTable('integration_sync_states')
    .set({
      ...(end.status === 'completed' ? { last_completed_at: ctx.now, consecutive_failures: 0 } : {}),
      ...(isFailure ? { last_failed_at: ctx.now, consecutive_failures: sql<number>`consecutive_failures + 1` } : {}),
      ...(end.status === 'cancelled' ? { wanted_by: null } : {}),
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('integration_id', '=', integrationId)
    .returning(['wanted_by', 'consecutive_failures'])
    .executeTakeFirst();
  if (end.status !== 'cancelled' && !dryRun) {
    await tellIntegration(ctx, integrationId, isFailure ? end : null);
    await noteHealth(ctx, integrationId);
  }
  if (isFailure) {
    await emit(ctx, integrationSyncFailed, { entityId: syncId, data: { integrationId, syncId, code: end.code } });
    if (state?.consecutive_failures === 1) await tellPerson(ctx, integrationId, syncId);
  } else if (end.status === 'completed' && !dryRun) {
    const records = Object.values(counts as unknown as Record<string, StreamCounts>).reduce(
      (sum, one) => sum + one.created + one.updated + one.deleted + one.pushed,
      0,
    );
    await emit(ctx, integrationSyncCompleted, { entityId: syncId, data: { integrationId, syncId, records } });
  }
  if (state?.wanted_by && end.status === 'completed') {
    await requestSync(ctx, { integrationId, trigger: state.wanted_by as WantedBy });
  }
}

async function tellIntegration(ctx: Ctx, id: string, failure: { code: string; message: string } | null) {
  await ctx.tx
    .updateTable('team_integrations')
    .set({
      // A lost grant stays one until a person has connected it again.
      status: sql<string>`case when status in ('needs_reauth', 'disabled') then status
                               else ${failure ? 'error' : 'connected'}::text end`,
      last_sync_at: ctx.now,
      last_error_code: failure?.code ?? null,
      last_error: failure?.message ?? null,
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .execute();
}

/** Once when it begins to fail, not at each failure. */
async function tellPerson(ctx: Ctx, integrationId: string, syncId: string): Promise<void> {
  const row = await ctx.tx
    .selectFrom('team_integrations')
    .select(['name', 'installed_by'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', integrationId)
    .executeTakeFirst();
  if (!row?.installed_by) return;
  await notify(ctx, row.installed_by, 'integration.sync_failed', {
    title: `The sync of ${row.name} failed`,
    entity: { type: 'integration', id: integrationId },
    dedupeKey: `integration.sync_failed:${syncId}`,
  });
}

/** Ends what could not be carried out; what has ended meanwhile is left alone. */
export async function failSync(
  ctx: Ctx,
  input: { integrationId: string; syncId: string; code: string; message: string },
) {
  const row = await lockSync(ctx, input.syncId);
  if (!row || !['pending', 'running'].includes(row.status)) return;
  await endSync(
    ctx,
    { integrationId: input.integrationId, syncId: input.syncId, dryRun: row.dry_run },
    row.cancel_requested ? { status: 'cancelled' } : { status: 'failed', code: input.code, message: input.message },
  );
}
