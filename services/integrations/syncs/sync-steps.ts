import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { notify } from '../../platform/notifications/index.ts';
import { integrationSyncCompleted, integrationSyncFailed } from '../events.ts';
import { insertSync, lockForSync, openSyncOf, requestSync } from './request-sync.ts';
import type { StreamCounts } from './sync-view.ts';

/** The parts of a stream's sync, in order; a stream passes over what it cannot do. */
export const PHASES = ['retry', 'pull', 'sweep', 'push'] as const;
export type Phase = (typeof PHASES)[number];

/** Where a sync stands. */
export interface Position {
  readonly stream: number;
  readonly phase: Phase;
  /** Within the phase; null at its beginning. */
  readonly cursor: string | null;
}

const START: Position = { stream: 0, phase: 'retry', cursor: null };

/** One attempt of the process's work: only the newest of them may write. */
export interface Attempt {
  readonly integrationId: string;
  readonly syncId: string;
  readonly fence: string;
}

export interface OpenSync extends Attempt {
  readonly number: number;
  readonly mode: 'incremental' | 'full';
  readonly dryRun: boolean;
  readonly trigger: string;
  readonly streams: readonly string[];
  readonly position: Position;
}

export type Ended = { readonly ended: 'completed' | 'failed' | 'cancelled' | 'superseded' };

/** The sync of a firing of the schedule; null when there is nothing to do: another one goes on, or nobody may. */
export async function openScheduledSync(
  ctx: Ctx,
  { integrationId, execution }: { integrationId: string; execution: string },
): Promise<string | null> {
  const made = await ctx.tx
    .selectFrom('integration_syncs')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('execution', '=', execution)
    .executeTakeFirst();
  if (made) return made.id;
  const integration = await lockForSync(ctx, integrationId).catch(() => null);
  if (!integration || !['connected', 'error', 'pending'].includes(integration.status)) return null;
  if ((await openSyncOf(ctx, integrationId)) !== null || integration.streams.length === 0) return null;
  const sync = await insertSync(ctx, integrationId, {
    trigger: 'schedule',
    mode: 'incremental',
    dryRun: false,
    streams: integration.streams,
    execution,
  });
  return sync.id;
}

/** Takes the lease: whatever attempt was before this one writes nothing any more. */
export async function beginAttempt(
  ctx: Ctx,
  { integrationId, syncId }: { integrationId: string; syncId: string },
): Promise<OpenSync | Ended> {
  const row = await lockSync(ctx, syncId);
  if (!row || row.status === 'cancelled') return { ended: 'cancelled' };
  if (row.status === 'completed' || row.status === 'failed') return { ended: row.status };
  if (row.cancel_requested) {
    await endSync(ctx, { integrationId, syncId, dryRun: row.dry_run }, { status: 'cancelled' });
    return { ended: 'cancelled' };
  }
  if (row.status === 'pending') {
    await ctx.tx
      .updateTable('integration_syncs')
      .set({ status: 'running', started_at: ctx.now, position: JSON.stringify(START) })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', syncId)
      .execute();
  }
  const { fence } = await ctx.tx
    .updateTable('integration_sync_states')
    .set({ fence: sql<number>`fence + 1` })
    .where('organization_id', '=', ctx.organizationId)
    .where('integration_id', '=', integrationId)
    .returning('fence')
    .executeTakeFirstOrThrow();
  return {
    integrationId,
    syncId,
    fence: String(fence),
    number: row.number,
    mode: row.mode as OpenSync['mode'],
    dryRun: row.dry_run,
    trigger: row.trigger,
    streams: row.streams,
    position: row.status === 'pending' ? START : (row.position as unknown as Position),
  };
}

async function lockSync(ctx: Ctx, syncId: string) {
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

export interface StepResult {
  readonly position: Position;
  readonly counts?: Partial<StreamCounts>;
  readonly report?: readonly { record: string; code: string; message: string }[];
}

const NO_COUNTS: StreamCounts = {
  created: 0,
  updated: 0,
  deleted: 0,
  unchanged: 0,
  pushed: 0,
  conflicts: 0,
  quarantined: 0,
};
/** A report is read by people. */
const MOST_LINES = 100;

/**
 * One step of a sync: what it stores, its counts and the place behind it are one transaction, under the lease. An attempt
 * that was taken for dead finds a newer fence and stops.
 */
export async function commitStep(
  ctx: Ctx,
  sync: OpenSync,
  stream: string,
  work: (ctx: Ctx) => Promise<StepResult>,
): Promise<StepResult | Ended> {
  const row = await lockSync(ctx, sync.syncId);
  const state = await ctx.tx
    .selectFrom('integration_sync_states')
    .select('fence')
    .where('organization_id', '=', ctx.organizationId)
    .where('integration_id', '=', sync.integrationId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row || !state || String(state.fence) !== sync.fence) return { ended: 'superseded' };
  if (row.status !== 'running') return { ended: row.status as 'completed' };
  if (row.cancel_requested) {
    await endSync(ctx, sync, { status: 'cancelled' });
    return { ended: 'cancelled' };
  }
  const result = sync.dryRun ? await andTakeBack(ctx, work) : await work(ctx);
  const counts = row.counts as unknown as Record<string, StreamCounts>;
  const before = counts[stream] ?? NO_COUNTS;
  const after = Object.fromEntries(
    Object.entries(before).map(([name, count]) => [name, count + (result.counts?.[name as keyof StreamCounts] ?? 0)]),
  );
  const lines = row.report as unknown as object[];
  const added = (result.report ?? []).slice(0, Math.max(MOST_LINES - lines.length, 0));
  await ctx.tx
    .updateTable('integration_syncs')
    .set({
      position: JSON.stringify(result.position),
      counts: JSON.stringify({ ...counts, [stream]: after }),
      ...(added.length > 0
        ? { report: JSON.stringify([...lines, ...added.map((line) => ({ stream, ...line }))]) }
        : {}),
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', sync.syncId)
    .execute();
  return result;
}

/** A dry run does everything and keeps nothing, so what it tells is what would happen. */
async function andTakeBack(ctx: Ctx, work: (ctx: Ctx) => Promise<StepResult>): Promise<StepResult> {
  await sql`savepoint dry_run`.execute(ctx.tx);
  const result = await work({ ...ctx, commandIds: [] });
  await sql`rollback to savepoint dry_run`.execute(ctx.tx);
  return result;
}

/** Ends a sync whose last step is done; what was asked for meanwhile begins. */
export async function finishSync(ctx: Ctx, sync: OpenSync): Promise<Ended> {
  const done = await commitStep(ctx, sync, sync.streams.at(-1)!, async () => ({
    position: { stream: sync.streams.length, phase: 'retry', cursor: null },
  }));
  if ('ended' in done) return done;
  await endSync(ctx, sync, { status: 'completed' });
  return { ended: 'completed' };
}

async function endSync(
  ctx: Ctx,
  { integrationId, syncId, dryRun }: Pick<OpenSync, 'integrationId' | 'syncId' | 'dryRun'>,
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
      ...(end.status === 'cancelled' ? { wanted_again: false } : {}),
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('integration_id', '=', integrationId)
    .returning(['wanted_again', 'consecutive_failures'])
    .executeTakeFirst();
  if (end.status !== 'cancelled' && !dryRun) await tellIntegration(ctx, integrationId, isFailure ? end : null);
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
  if (state?.wanted_again && end.status === 'completed') await requestSync(ctx, { integrationId, trigger: 'webhook' });
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

/** The next step behind a part that is over; the place after the last stream is the end. */
export function nextPosition({ stream, phase }: Position): Position {
  const next = PHASES[PHASES.indexOf(phase) + 1];
  return next ? { stream, phase: next, cursor: null } : { stream: stream + 1, phase: 'retry', cursor: null };
}
