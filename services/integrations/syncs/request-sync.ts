import { sql } from 'kysely';
import { conflict, invalid, notFound } from '../../../domain/core/errors.ts';
import { findProvider } from '../../../domain/integrations/catalogue.rules.ts';
import type { IntegrationSettings } from '../../../domain/integrations/settings.rules.ts';
import { type SyncTimes, settleSeconds } from '../../../domain/integrations/settling.rules.ts';
import { audit } from '../../core/audit.ts';
import { signalProcess, startProcess } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { readSync, type SyncView } from './sync-view.ts';

export type SyncTrigger = 'manual' | 'schedule' | 'webhook' | 'connect' | 'change';

export interface StartSyncInput {
  integrationId: string;
  /** `full` reads everything again and finds what was removed without a trace. */
  mode?: 'incremental' | 'full' | undefined;
  /** Everything is done and taken back: the answer says what would happen. */
  dryRun?: boolean | undefined;
  /** Default: all that the integration is set up for. */
  streams?: readonly string[] | undefined;
}

/**
 * Starts a sync, a process of its own. @throws AppError not_found; validation; conflict `SYNC_RUNNING`
 * (`details.syncId`), `NEEDS_REAUTH`, `INTEGRATION_DISABLED`, `NOTHING_TO_SYNC`.
 */
export const startSync = verb(
  { permission: 'integrations.sync' },
  async (ctx, input: StartSyncInput): Promise<SyncView> => {
    const { status, streams } = await lockForSync(ctx, input.integrationId);
    if (status === 'needs_reauth') {
      throw conflict('NEEDS_REAUTH', 'The provider has ended the connection.', {
        hint: 'Connect it again with GET /integrations/oauth/{provider}/authorize.',
      });
    }
    if (status === 'disabled') {
      throw conflict('INTEGRATION_DISABLED', 'The integration is disabled.', { hint: 'Enable it with PUT.' });
    }
    if (streams.length === 0) {
      throw conflict('NOTHING_TO_SYNC', 'The integration has no stream that is fetched.', {
        hint: 'It is told by webhooks; what came in is seen at once.',
      });
    }
    const unknown = input.streams?.find((name) => !streams.includes(name));
    if (unknown !== undefined) throw invalid('streams', `may name ${streams.join(', ')}`, unknown);
    const open = await openSyncOf(ctx, input.integrationId);
    // One that waits for further changes makes way: this one takes them along.
    if (open !== null && isSettling(open)) await stopSync(ctx, input.integrationId, open.id);
    else if (open !== null) {
      throw conflict('SYNC_RUNNING', 'A sync of this integration is going on.', {
        hint: 'Wait for it, or cancel it with POST /integrations/{id}/sync/cancel.',
        details: { syncId: open.id },
      });
    }
    const sync = await insertSync(ctx, input.integrationId, {
      trigger: 'manual',
      mode: input.mode ?? 'incremental',
      dryRun: input.dryRun ?? false,
      streams: input.streams ?? streams,
    });
    await startProcess(
      ctx,
      'sync',
      { entityId: input.integrationId, generation: sync.number },
      { organizationId: ctx.organizationId, integrationId: input.integrationId, syncId: sync.id },
    );
    await audit(ctx, 'integration.sync', {
      entityType: 'integration',
      entityId: input.integrationId,
      after: { syncId: sync.id, mode: sync.mode, dryRun: sync.dryRun },
    });
    return sync;
  },
);

export type WantedBy = 'webhook' | 'connect' | 'change';

/**
 * What the product itself asks for: a webhook, a new connection, a change of ours. While a sync is going on it is noted,
 * and followed by another one; so a flood costs two syncs and nothing is overlooked.
 */
export async function requestSync(
  ctx: Ctx,
  { integrationId, trigger }: { integrationId: string; trigger: WantedBy },
): Promise<{ id: string }> {
  const { streams, settle } = await lockForSync(ctx, integrationId);
  const open = await openSyncOf(ctx, integrationId);
  if (open !== null && isSettling(open)) {
    if (trigger !== 'change') await hurrySync(ctx, integrationId, open);
    return { id: open.id };
  }
  if (open !== null) {
    await ctx.tx
      .updateTable('integration_sync_states')
      // Another reason than a change does not wait.
      .set({
        wanted_by: sql<string>`case when ${trigger} = 'change' then coalesce(wanted_by, 'change') else ${trigger} end`,
      })
      .where('organization_id', '=', ctx.organizationId)
      .where('integration_id', '=', integrationId)
      .execute();
    return { id: open.id };
  }
  const sync = await insertSync(ctx, integrationId, { trigger, mode: 'incremental', dryRun: false, streams });
  if (trigger === 'change') await forgetOld(ctx, integrationId, sync.number);
  await startProcess(
    ctx,
    'sync',
    { entityId: integrationId, generation: sync.number },
    {
      organizationId: ctx.organizationId,
      integrationId,
      syncId: sync.id,
      ...(trigger === 'change' ? { settleSeconds: settle } : {}),
    },
  );
  return sync;
}

/** People who edit all day ask for thousands of syncs: of those that changes asked for, the newest are kept. */
async function forgetOld(ctx: Ctx, integrationId: string, number: number): Promise<void> {
  await ctx.tx
    .deleteFrom('integration_syncs')
    .where('organization_id', '=', ctx.organizationId)
    .where('integration_id', '=', integrationId)
    .where('number', '<', number - MOST_KEPT)
    .where('trigger', '=', 'change')
    .where('status', 'in', ['completed', 'cancelled'])
    .execute();
}

const MOST_KEPT = 1_000;

/** It waits for further changes and has not looked at anything yet. */
export const isSettling = ({ status, trigger }: OpenSyncRow): boolean => status === 'pending' && trigger === 'change';

/** Ends its wait. */
export const hurrySync = (ctx: Ctx, integrationId: string, { number }: OpenSyncRow): Promise<void> =>
  signalProcess(ctx, 'sync', { entityId: integrationId, generation: number }, 'syncChanged');

/** Ends the sync that is going on; what it has stored stays. @throws AppError not_found; conflict `NO_SYNC_RUNNING`. */
export const cancelSync = verb(
  { permission: 'integrations.sync' },
  async (ctx, { integrationId }: { integrationId: string }): Promise<SyncView> => {
    await lockForSync(ctx, integrationId);
    const open = await openSyncOf(ctx, integrationId);
    if (open === null) {
      throw conflict('NO_SYNC_RUNNING', 'No sync of this integration is going on.', {
        hint: 'GET /integrations/{id}/syncs lists those that were.',
      });
    }
    await stopSync(ctx, integrationId, open.id);
    await audit(ctx, 'integration.sync_cancel', {
      entityType: 'integration',
      entityId: integrationId,
      after: { syncId: open.id },
    });
    return readSync(ctx, open.id);
  },
);

/** One that nobody works on yet ends at once, any other one at its next page. */
export async function stopSync(ctx: Ctx, integrationId: string, syncId: string): Promise<void> {
  const row = await ctx.tx
    .updateTable('integration_syncs')
    .set({
      cancel_requested: true,
      status: sql<string>`case when status = 'pending' then 'cancelled' else status end`,
      completed_at: sql<Date>`case when status = 'pending' then ${ctx.now}::timestamptz end`,
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', syncId)
    .returning('number')
    .executeTakeFirstOrThrow();
  await signalProcess(ctx, 'sync', { entityId: integrationId, generation: row.number }, 'syncChanged');
}

export interface SyncRequestPlace {
  readonly status: string;
  readonly streams: string[];
  /** How long a change of ours waits for further ones. */
  readonly settle: number;
}

/** Requests of one integration go one after the other. @throws AppError not_found */
export async function lockForSync(ctx: Ctx, integrationId: string): Promise<SyncRequestPlace> {
  const row = await ctx.tx
    .selectFrom('team_integrations')
    .select(['provider', 'status', 'settings'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', integrationId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw notFound('The integration');
  const { rows } = await sql<SyncTimes>`
    insert into integration_sync_states (organization_id, integration_id)
    values (${ctx.organizationId}, ${integrationId})
    on conflict (organization_id, integration_id) do update set fence = integration_sync_states.fence
    returning last_completed_at as "lastCompletedAt", last_failed_at as "lastFailedAt",
              consecutive_failures as "consecutiveFailures"`.execute(ctx.tx);
  return {
    status: row.status,
    streams: streamsOf(row.provider, row.settings as IntegrationSettings),
    settle: settleSeconds(rows[0]!, ctx.now),
  };
}

/** The streams that a sync works on, in the order that references need. */
export function streamsOf(provider: string, settings: IntegrationSettings): string[] {
  const names = (findProvider(provider)?.streams ?? []).flatMap(({ name, told }) => (told ? [] : [name]));
  return settings.streams ? names.filter((name) => settings.streams!.includes(name)) : names;
}

export interface OpenSyncRow {
  readonly id: string;
  readonly number: number;
  readonly status: string;
  readonly trigger: string;
}

export async function openSyncOf(ctx: Ctx, integrationId: string): Promise<OpenSyncRow | null> {
  const row = await ctx.tx
    .selectFrom('integration_syncs')
    .select(['id', 'number', 'status', 'trigger'])
    .where('organization_id', '=', ctx.organizationId)
    .where('integration_id', '=', integrationId)
    .where('status', 'in', ['pending', 'running'])
    .executeTakeFirst();
  return row ?? null;
}

export async function insertSync(
  ctx: Ctx,
  integrationId: string,
  sync: {
    trigger: SyncTrigger;
    mode: 'incremental' | 'full';
    dryRun: boolean;
    streams: readonly string[];
    execution?: string;
  },
): Promise<SyncView> {
  const { last_number: number } = await ctx.tx
    .updateTable('integration_sync_states')
    .set({ last_number: sql<number>`last_number + 1`, wanted_by: null })
    .where('organization_id', '=', ctx.organizationId)
    .where('integration_id', '=', integrationId)
    .returning('last_number')
    .executeTakeFirstOrThrow();
  const { id } = await ctx.tx
    .insertInto('integration_syncs')
    .values({
      integration_id: integrationId,
      number,
      trigger: sync.trigger,
      mode: sync.mode,
      dry_run: sync.dryRun,
      streams: [...sync.streams],
      execution: sync.execution ?? null,
      requested_by: ctx.principal.userId ?? (ctx.principal.kind === 'user' ? ctx.principal.id : null),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return readSync(ctx, id);
}
