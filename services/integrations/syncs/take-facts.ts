import { sql } from 'kysely';
import type { RemotePage, RemoteRecord } from '../../../domain/integrations/adapter.port.ts';
import type { Ctx } from '../../core/context.ts';
import type { OpenConnection } from '../grants/connection.ts';
import type { FactStream, RecordOutcome } from '../streams/stream.ts';
import { type Failure, type QuarantinePlace, quarantine, release } from './quarantine.ts';
import { nextPosition, type OpenSync, type Position, type StepResult } from './sync-steps.ts';
import type { StreamCounts } from './sync-view.ts';

export interface StreamPlace {
  readonly connection: OpenConnection;
  readonly sync: OpenSync;
  readonly stream: string;
}

export const incoming = ({ sync, stream }: StreamPlace): QuarantinePlace => ({
  integrationId: sync.integrationId,
  stream,
  direction: 'in',
});

/** Where reading goes on: within a full pass its own place, else behind what the last sync has read. */
export async function readCursor(ctx: Ctx, { sync, stream }: StreamPlace): Promise<string | null> {
  if (sync.position.cursor !== null) return sync.position.cursor;
  if (sync.mode === 'full') return null;
  const row = await ctx.tx
    .selectFrom('integration_cursors')
    .select('cursor')
    .where('organization_id', '=', ctx.organizationId)
    .where('integration_id', '=', sync.integrationId)
    .where('stream', '=', stream)
    .executeTakeFirst();
  return row?.cursor ?? null;
}

/** Stores a page and the cursor behind it. */
export async function takeFactPage(
  ctx: Ctx,
  place: StreamPlace,
  facts: FactStream,
  page: RemotePage,
): Promise<StepResult> {
  const outcomes = await facts.ingest(ctx, place.connection, uniqueRecords(page.records));
  const failures = [
    ...failuresOf(outcomes),
    ...(page.refused ?? []).map(({ externalId, ...rest }) => ({ key: externalId, ...rest })),
  ];
  await quarantine(ctx, incoming(place), failures);
  await release(
    ctx,
    incoming(place),
    outcomes.flatMap((one) => ('error' in one ? [] : [one.externalId])),
  );
  await keepCursor(ctx, place, page);
  return { position: positionAfter(place.sync.position, page), ...tellOf(outcomes, failures) };
}

/** Stores records that were asked for once more; those that are gone are not waited for any longer. */
export async function takeFactsAgain(
  ctx: Ctx,
  place: StreamPlace,
  facts: FactStream,
  asked: { keys: readonly string[]; records: readonly RemoteRecord[] },
): Promise<StepResult> {
  const outcomes = await facts.ingest(ctx, place.connection, asked.records);
  const failures = failuresOf(outcomes);
  await quarantine(ctx, incoming(place), failures);
  const stay = new Set(failures.map(({ key }) => key));
  await release(
    ctx,
    incoming(place),
    asked.keys.filter((key) => !stay.has(key)),
  );
  return { position: { ...place.sync.position, cursor: asked.keys.at(-1) ?? null }, ...tellOf(outcomes, failures) };
}

/** A page may name a record twice; the last word counts. */
export const uniqueRecords = (records: readonly RemoteRecord[]): RemoteRecord[] => [
  ...new Map(records.map((record) => [record.externalId, record])).values(),
];

export const failuresOf = (outcomes: readonly RecordOutcome[]): Failure[] =>
  outcomes.flatMap((outcome) =>
    'error' in outcome ? [{ key: outcome.externalId, code: outcome.error.code, message: outcome.error.message }] : [],
  );

export function tellOf(
  outcomes: readonly RecordOutcome[],
  failures: readonly Failure[],
): Pick<StepResult, 'report'> & { counts: Partial<StreamCounts> } {
  const counts: Partial<StreamCounts> = { quarantined: failures.length };
  for (const outcome of outcomes) {
    if ('result' in outcome) counts[outcome.result] = (counts[outcome.result] ?? 0) + 1;
  }
  return { counts, report: failures.map(({ key, code, message }) => ({ record: key, code, message })) };
}

export const positionAfter = (position: Position, page: RemotePage): Position =>
  page.more ? { ...position, cursor: page.cursor } : nextPosition(position);

/** Beside the rows of its page, so that neither is there without the other. */
export async function keepCursor(ctx: Ctx, { sync, stream }: StreamPlace, page: RemotePage): Promise<void> {
  const isFull = sync.mode === 'full' && !page.more;
  await sql`
    insert into integration_cursors (organization_id, integration_id, stream, cursor, moved_at, completed_at, full_at)
    values (${ctx.organizationId}, ${sync.integrationId}, ${stream}, ${page.cursor}, ${ctx.now},
            ${page.more ? null : ctx.now}, ${isFull ? ctx.now : null})
    on conflict (organization_id, integration_id, stream) do update
      set cursor = excluded.cursor, moved_at = excluded.moved_at,
          completed_at = coalesce(excluded.completed_at, integration_cursors.completed_at),
          full_at = coalesce(excluded.full_at, integration_cursors.full_at)`.execute(ctx.tx);
}
