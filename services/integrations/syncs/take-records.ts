import { sql } from 'kysely';
import type { RemotePage, RemoteRecord } from '../../../domain/integrations/adapter.port.ts';
import type { Ctx } from '../../core/context.ts';
import type { RecordStream } from '../streams/stream.ts';
import { quarantine, release } from './quarantine.ts';
import { type Settled, settleRecords } from './settle-records.ts';
import { nextPosition, type StepResult } from './sync-steps.ts';
import {
  failuresOf,
  incoming,
  keepCursor,
  positionAfter,
  type StreamPlace,
  tellOf,
  uniqueRecords,
} from './take-facts.ts';

/** Settles a page and keeps the cursor behind it. */
export async function takeRecordPage(
  ctx: Ctx,
  place: StreamPlace,
  stream: RecordStream,
  page: RemotePage,
): Promise<StepResult> {
  const settled = await settleAndTell(ctx, place, stream, uniqueRecords(page.records));
  await keepCursor(ctx, place, page);
  return { ...settled, position: positionAfter(place.sync.position, page) };
}

/** Settles records that were asked for by id; those that the provider does not have any more are deleted there. */
export async function takeRecordsAgain(
  ctx: Ctx,
  place: StreamPlace,
  stream: RecordStream,
  asked: { keys: readonly string[]; records: readonly RemoteRecord[] },
): Promise<StepResult> {
  const result = await settleAndTell(ctx, place, stream, withGone(asked.keys, asked.records));
  return { ...result, position: { ...place.sync.position, cursor: asked.keys.at(-1) ?? null } };
}

export function withGone(keys: readonly string[], records: readonly RemoteRecord[]): RemoteRecord[] {
  const found = new Map(records.map((record) => [record.externalId, record]));
  return keys.map((externalId) => found.get(externalId) ?? { externalId, changedAt: null, deleted: true, fields: {} });
}

async function settleAndTell(ctx: Ctx, place: StreamPlace, stream: RecordStream, records: readonly RemoteRecord[]) {
  const settled = await settleRecords(ctx, place, stream, records);
  return tellSettled(ctx, place, settled);
}

/** Counts, report and quarantine of what was settled. */
export async function tellSettled(ctx: Ctx, place: StreamPlace, { outcomes, conflicts }: Settled) {
  const failures = failuresOf(outcomes);
  await quarantine(ctx, incoming(place), failures);
  await release(
    ctx,
    incoming(place),
    outcomes.flatMap((one) => ('error' in one ? [] : [one.externalId])),
  );
  const told = tellOf(outcomes, failures);
  return {
    counts: { ...told.counts, conflicts: conflicts.reduce((sum, { fields }) => sum + fields.length, 0) },
    report: [
      ...(told.report ?? []),
      ...conflicts.map(({ record, fields }) => ({
        record,
        code: 'CONFLICT',
        message: `Both sides had changed ${fields.join(', ')}.`,
      })),
    ],
  };
}

/** Links that a full pass has not met: their records may be gone without a trace. By external id from the place on. */
export async function unseenLinks(ctx: Ctx, { sync, stream }: StreamPlace, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select external_id as id from integration_records
    where organization_id = ${ctx.organizationId} and integration_id = ${sync.integrationId} and stream = ${stream}
      and seen_in <> ${sync.number} and external_id > ${sync.position.cursor ?? ''}
    order by external_id limit ${limit}::integer`.execute(ctx.tx);
  return rows.map(({ id }) => id);
}

export const passOver = (place: StreamPlace): StepResult => ({ position: nextPosition(place.sync.position) });
