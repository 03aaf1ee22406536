import { sql } from 'kysely';
import type { IntegrationSettings } from '../../../domain/integrations/settings.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { LocalEntity } from '../entities/entity.ts';
import { STREAMS } from '../streams/index.ts';
import type { RecordStream } from '../streams/stream.ts';
import { mappingsIn } from './links.ts';
import { requestSync } from './request-sync.ts';
import { fromOutgoing } from './send-records.ts';

/** Records of ours that somebody has changed. */
export interface ChangedRecords {
  readonly table: LocalEntity['table'];
  /** Null: too many to be named. */
  readonly ids: readonly string[] | null;
  /** Names of the fields that changed, where they are known. */
  readonly fields?: readonly string[];
}

interface Connected {
  readonly id: string;
  readonly provider: string;
  readonly settings: IntegrationSettings;
}

/**
 * Asks for a sync where the other side does not know what has changed here. What a sync itself has written is known there
 * by its version, so it asks for nothing, and a change that came from one provider still goes to the next.
 */
export async function pushChanges(ctx: Ctx, changed: ChangedRecords): Promise<void> {
  if (changed.ids?.length === 0) return;
  for (const connected of await connectedTo(ctx, changed.table)) {
    if (await hasOutgoing(ctx, connected, changed)) {
      await requestSync(ctx, { integrationId: connected.id, trigger: 'change' });
      await tryAgain(ctx, connected.id, changed.ids ?? []);
    }
  }
}

/** What could not be sent may be right now that somebody has changed it. */
async function tryAgain(ctx: Ctx, integrationId: string, ids: readonly string[]): Promise<void> {
  await ctx.tx
    .updateTable('integration_quarantine')
    .set({ next_attempt_at: ctx.now })
    .where('organization_id', '=', ctx.organizationId)
    .where('integration_id', '=', integrationId)
    .where('direction', '=', 'out')
    .where('record_key', 'in', ids.length === 0 ? [''] : [...ids])
    .where('next_attempt_at', '>', ctx.now)
    .execute();
}

const streamsOver = (provider: string, table: LocalEntity['table']): [string, RecordStream][] =>
  Object.entries(STREAMS[provider] ?? {}).flatMap(([name, stream]): [string, RecordStream][] =>
    stream.kind === 'records' && stream.entity.table === table ? [[name, stream]] : [],
  );

/** One that has never been synced, or that a person has to see to, waits for that. */
async function connectedTo(ctx: Ctx, table: LocalEntity['table']): Promise<Connected[]> {
  const providers = Object.keys(STREAMS).filter((provider) => streamsOver(provider, table).length > 0);
  const { rows } = await sql<Connected>`
    select id, provider, settings from team_integrations
    where organization_id = ${ctx.organizationId} and deleted_at is null and status in ('connected', 'error')
      and provider = any(${sql.val(providers)}::text[]) and coalesce((settings ->> 'pushChanges')::boolean, true)
    order by id`.execute(ctx.tx);
  return rows;
}

async function hasOutgoing(ctx: Ctx, connected: Connected, { table, ids, fields }: ChangedRecords): Promise<boolean> {
  const { id, provider, settings } = connected;
  const streams = streamsOver(provider, table).filter(
    ([name, stream]) =>
      (settings.streams?.includes(name) ?? true) &&
      (fields?.some((field) => mappingsIn(settings, name, stream).some(({ local }) => local === field)) ?? true),
  );
  for (const [name, stream] of streams) {
    const { rows } = await sql`
      select 1 ${fromOutgoing(ctx, { id, settings: { ...settings } }, name, stream)}
        and (${ids === null} or e.id = any(${sql.val([...(ids ?? [])])}::uuid[]))
      limit 1`.execute(ctx.tx);
    if (rows.length > 0) return true;
  }
  return false;
}
