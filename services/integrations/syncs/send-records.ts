import { type RawBuilder, sql } from 'kysely';
import type { ChangeOutcome, RemoteChange, RemoteRecord } from '../../../domain/integrations/adapter.port.ts';
import { toRemote } from '../../../domain/integrations/field-mapping.rules.ts';
import { marksOf } from '../../../domain/integrations/reconcile.rules.ts';
import type { IntegrationSettings } from '../../../domain/integrations/settings.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { OpenConnection } from '../grants/connection.ts';
import type { RecordStream } from '../streams/stream.ts';
import { asTheySee, dropLinks, type Link, mappingsIn, mappingsOf, readReferences, writeLinks } from './links.ts';
import { type QuarantinePlace, quarantine, release } from './quarantine.ts';
import { type Send, settleRecords } from './settle-records.ts';
import type { StepResult } from './sync-steps.ts';
import type { StreamPlace } from './take-facts.ts';
import { tellSettled, withGone } from './take-records.ts';

const outgoing = ({ sync, stream }: StreamPlace): QuarantinePlace => ({
  integrationId: sync.integrationId,
  stream,
  direction: 'out',
});

export interface Candidate {
  readonly localId: string;
  /** Null: theirs has still to be made. */
  readonly externalId: string | null;
}

/** Our records that theirs does not know as they are: changed since both agreed, or new and wanted there. */
export function fromOutgoing(
  ctx: Ctx,
  { id, settings }: Pick<OpenConnection, 'id' | 'settings'>,
  name: string,
  stream: RecordStream,
): RawBuilder<unknown> {
  const own = settings as IntegrationSettings;
  const travels = mappingsIn(own, name, stream).some(({ direction }) => direction !== 'in');
  const isNew = own.options?.pushNew === 'false' ? sql`false` : stream.entity.outgoing(ctx, id);
  return sql`
    from ${sql.table(stream.entity.table)} e
    left join integration_records r on r.organization_id = e.organization_id and r.integration_id = ${id}
      and r.stream = ${name} and r.local_id = e.id
    where e.organization_id = ${ctx.organizationId} and ${sql.lit(travels)}
      and case when r.local_id is null then e.deleted_at is null and ${isNew} else r.dirty or r.local_version <> e.version end`;
}

/**
 * Records that are not as they were when both sides agreed, by comparing versions: no change can be overlooked, whatever
 * the order in which transactions have committed. From the place on, by id.
 */
export async function readOutgoing(
  ctx: Ctx,
  place: StreamPlace,
  stream: RecordStream,
  limit: number,
): Promise<Candidate[]> {
  const { sync } = place;
  const { rows } = await sql<Candidate>`
    select e.id as "localId", r.external_id as "externalId" ${fromOutgoing(ctx, place.connection, place.stream, stream)}
      and e.id > ${sync.position.cursor ?? NO_ID}::uuid
      and not exists (
        select from integration_quarantine q
        where q.organization_id = e.organization_id and q.integration_id = ${sync.integrationId}
          and q.stream = ${place.stream} and q.direction = 'out' and q.record_key = e.id::text
          and q.next_attempt_at > ${ctx.now} and ${sync.trigger !== 'manual'})
    order by e.id limit ${limit}::integer`.execute(ctx.tx);
  return rows;
}

const NO_ID = '00000000-0000-0000-0000-000000000000';

/** What goes out of a batch, with what to remember once it has. */
export interface Outgoing {
  readonly changes: readonly RemoteChange[];
  readonly remembered: readonly Omit<Link, 'externalId'>[];
}

/** Looks at theirs once more, takes over what has changed there meanwhile, and says what of ours goes out. */
export async function prepareOutgoing(
  ctx: Ctx,
  place: StreamPlace,
  stream: RecordStream,
  batch: { candidates: readonly Candidate[]; records: readonly RemoteRecord[] },
): Promise<StepResult & { outgoing: Outgoing }> {
  const linked = batch.candidates.flatMap(({ externalId }) => externalId ?? []);
  const settled = await settleRecords(ctx, place, stream, withGone(linked, batch.records));
  const told = await tellSettled(ctx, place, settled);
  const fresh = batch.candidates.filter(({ externalId }) => externalId === null).map(({ localId }) => localId);
  const creates = await createsOf(ctx, place, stream, fresh);
  const updates = await updatesOf(ctx, place, stream, settled.sends);
  const outgoing = {
    changes: [...updates.changes, ...creates.changes],
    remembered: [...updates.remembered, ...creates.remembered],
  };
  // Records that were settled on the way have been counted by the pull.
  const { unchanged: _, ...counts } = told.counts;
  return { ...told, counts, position: place.sync.position, outgoing };
}

async function createsOf(
  ctx: Ctx,
  place: StreamPlace,
  stream: RecordStream,
  ids: readonly string[],
): Promise<Outgoing> {
  const mappings = mappingsOf(place, stream);
  const travels = mappings.filter(({ direction }) => direction !== 'in');
  const locals = [...(await stream.entity.read(ctx, ids)).values()].filter(({ deleted }) => !deleted);
  const references = await readReferences(ctx, place, stream, { outward: locals.map(({ fields }) => fields) });
  const changes: RemoteChange[] = [];
  const remembered: Omit<Link, 'externalId'>[] = [];
  for (const { id, version, fields } of locals) {
    const sent = references.outward(fields);
    const given = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== null));
    changes.push({ kind: 'create', localId: id, fields: toRemote(given, mappings) });
    const known = Object.fromEntries(Object.entries(fields).filter(([field]) => field in sent));
    const dirty = travels.some(({ local }) => !(local in sent));
    remembered.push({ localId: id, localVersion: version, agreement: marksOf(asTheySee(known, travels)), dirty });
  }
  return { changes, remembered };
}

/** A change that only names records which are not linked yet waits until they are. */
async function updatesOf(
  ctx: Ctx,
  place: StreamPlace,
  stream: RecordStream,
  sends: readonly Send[],
): Promise<Outgoing> {
  const mappings = mappingsOf(place, stream);
  const references = await readReferences(ctx, place, stream, { outward: sends.map(({ fields }) => fields) });
  const changes: RemoteChange[] = [];
  const remembered: Omit<Link, 'externalId'>[] = [];
  for (const { action, externalId, fields, localId, localVersion, agreement } of sends) {
    const sent = references.outward(fields);
    const remote = toRemote(sent, mappings);
    if (action === 'delete') changes.push({ kind: 'delete', externalId });
    else if (Object.keys(remote).length > 0) changes.push({ kind: 'update', externalId, fields: remote });
    else continue;
    const known = Object.fromEntries(Object.entries(fields).filter(([field]) => field in sent));
    const dirty = Object.keys(known).length < Object.keys(fields).length;
    remembered.push({ localId, localVersion, agreement: { ...agreement, ...marksOf(known) }, dirty });
  }
  return { changes, remembered };
}

/** Keeps what came of the changes, and the place behind the batch. */
export async function keepOutgoing(
  ctx: Ctx,
  place: StreamPlace,
  batch: { candidates: readonly Candidate[]; outgoing: Outgoing; outcomes: readonly ChangeOutcome[] },
): Promise<StepResult> {
  const { changes, remembered } = batch.outgoing;
  const links: Link[] = [];
  const dropped: string[] = [];
  const failures: { key: string; code: string; message: string }[] = [];
  for (const [index, outcome] of batch.outcomes.entries()) {
    const kept = remembered[index]!;
    const change = changes[index]!;
    if (!outcome.ok && !outcome.gone)
      failures.push({ key: kept.localId, code: outcome.code, message: outcome.message });
    else if (change.kind === 'delete' || !outcome.ok) {
      // Gone there: what of ours is left is seen by the next look at it.
      dropped.push(...(change.kind === 'create' ? [] : [change.externalId]));
    } else links.push({ ...kept, externalId: outcome.externalId });
  }
  await dropLinks(ctx, place, dropped);
  await writeLinks(ctx, place, links);
  await quarantine(ctx, outgoing(place), failures);
  const failed = new Set(failures.map(({ key }) => key));
  await release(
    ctx,
    outgoing(place),
    remembered.flatMap(({ localId }) => (failed.has(localId) ? [] : [localId])),
  );
  return {
    position: { ...place.sync.position, cursor: batch.candidates.at(-1)!.localId },
    counts: { pushed: links.length + dropped.length, quarantined: failures.length },
    report: failures.map(({ key, code, message }) => ({ record: key, code, message })),
  };
}
