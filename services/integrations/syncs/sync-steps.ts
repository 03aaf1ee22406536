import { sql } from 'kysely';
import { withoutPersons } from '../../../domain/integrations/failure-text.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { endSync, lockSync } from './end-sync.ts';
import { hurrySync, insertSync, isSettling, lockForSync, openSyncOf } from './request-sync.ts';
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
  const open = await openSyncOf(ctx, integrationId);
  if (open !== null && isSettling(open)) await hurrySync(ctx, integrationId, open);
  if (open !== null || integration.streams.length === 0) return null;
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
export async function commitStep<R extends StepResult>(
  ctx: Ctx,
  sync: OpenSync,
  stream: string,
  work: (ctx: Ctx) => Promise<R>,
): Promise<R | Ended> {
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
        ? {
            report: JSON.stringify([
              ...lines,
              ...added.map((line) => ({ stream, ...line, message: withoutPersons(line.message) })),
            ]),
          }
        : {}),
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', sync.syncId)
    .execute();
  return result;
}

/** A dry run does everything and keeps nothing, so what it tells is what would happen. */
async function andTakeBack<R>(ctx: Ctx, work: (ctx: Ctx) => Promise<R>): Promise<R> {
  await sql`savepoint dry_run`.execute(ctx.tx);
  const part: Ctx = { ...ctx, commandIds: [], underWay: [] };
  const result = await work(part);
  await Promise.all(part.underWay);
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

/** The next step behind a part that is over; the place after the last stream is the end. */
export function nextPosition({ stream, phase }: Position): Position {
  const next = PHASES[PHASES.indexOf(phase) + 1];
  return next ? { stream, phase: next, cursor: null } : { stream: stream + 1, phase: 'retry', cursor: null };
}
