import { AppError } from '../../../domain/core/errors.ts';
import type { Fields, RemoteRecord } from '../../../domain/integrations/adapter.port.ts';
import { toLocal } from '../../../domain/integrations/field-mapping.rules.ts';
import { type Agreement, reconcile, type Verdict } from '../../../domain/integrations/reconcile.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { inSavepoint } from '../../core/transaction.ts';
import type { LocalRecord } from '../entities/entity.ts';
import type { RecordOutcome, RecordStream } from '../streams/stream.ts';
import {
  asTheySee,
  dropLinks,
  type Link,
  linkedIds,
  mappingsOf,
  readLinks,
  readReferences,
  rulesOf,
  writeLinks,
} from './links.ts';
import type { StreamPlace } from './take-facts.ts';

/** What of ours still has to go out for a record that is linked. */
export interface Send {
  readonly localId: string;
  readonly externalId: string;
  readonly action: 'write' | 'delete';
  /** In our names. */
  readonly fields: Fields;
  readonly localVersion: number;
  readonly agreement: Agreement;
}

export interface Settled {
  readonly outcomes: RecordOutcome[];
  readonly sends: Send[];
  readonly conflicts: { record: string; fields: readonly string[] }[];
}

interface Pair {
  readonly remote: RemoteRecord;
  readonly link: Link | undefined;
  /** Theirs in our names; references are our ids. */
  readonly theirs: Fields;
  readonly local: LocalRecord | undefined;
}

/**
 * Compares records of theirs with ours and makes ours the way that both agree on. What has to change on their side is
 * answered and remembered with the link. A record that cannot be taken over is taken back alone.
 */
export async function settleRecords(
  ctx: Ctx,
  place: StreamPlace,
  stream: RecordStream,
  records: readonly RemoteRecord[],
): Promise<Settled> {
  const settled: Settled = { outcomes: [], sends: [], conflicts: [] };
  const links: Link[] = [];
  const gone: string[] = [];
  for (const pair of await pairsOf(ctx, place, stream, records)) {
    const { externalId } = pair.remote;
    try {
      const done = await inSavepoint(ctx, (part) => settleOne(part, place, stream, pair));
      settled.outcomes.push({ externalId, result: done.result });
      if (done.link) links.push(done.link);
      if (done.unlink) gone.push(externalId);
      if (done.send) settled.sends.push(done.send);
      if (done.conflicts.length > 0) settled.conflicts.push({ record: externalId, fields: done.conflicts });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      settled.outcomes.push({ externalId, error });
    }
  }
  await dropLinks(ctx, place, gone);
  const versions = await stream.entity.read(
    ctx,
    links.map(({ localId }) => localId),
  );
  // What the sync itself has changed is no change by somebody.
  const current = <T extends { localId: string; localVersion: number }>(one: T): T => ({
    ...one,
    localVersion: versions.get(one.localId)?.version ?? one.localVersion,
  });
  await writeLinks(ctx, place, links.map(current));
  return { ...settled, sends: settled.sends.map(current) };
}

async function pairsOf(
  ctx: Ctx,
  place: StreamPlace,
  stream: RecordStream,
  records: readonly RemoteRecord[],
): Promise<Pair[]> {
  const mappings = mappingsOf(place, stream);
  const links = new Map(
    (
      await readLinks(
        ctx,
        place,
        records.map(({ externalId }) => externalId),
      )
    ).map((link) => [link.externalId, link]),
  );
  const mapped = records.map(({ fields }) => toLocal(fields, mappings));
  const references = await readReferences(ctx, place, stream, { inward: mapped });
  const theirs = mapped.map((fields) => references.inward(fields));
  const matches = await matchesOf(ctx, place, stream, records, theirs, links);
  const locals = await stream.entity.read(ctx, [
    ...new Set(records.flatMap(({ externalId }, index) => links.get(externalId)?.localId ?? matches[index] ?? [])),
  ]);
  return records.map((remote, index) => {
    const link = links.get(remote.externalId);
    const localId = link?.localId ?? matches[index];
    return { remote, link, theirs: theirs[index]!, local: localId ? locals.get(localId) : undefined };
  });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Ours that a record means which is not linked yet: the one that we sent, else the one of the same name; each once. */
async function matchesOf(
  ctx: Ctx,
  place: StreamPlace,
  stream: RecordStream,
  records: readonly RemoteRecord[],
  theirs: readonly Fields[],
  links: ReadonlyMap<string, Link>,
): Promise<(string | null)[]> {
  const isOpen = records.map(({ externalId, deleted }) => !deleted && !links.has(externalId));
  const ownField = stream.ownIdField(place.connection);
  const sent = records.map(({ fields }, index) => {
    const id = fields[ownField];
    return isOpen[index] && typeof id === 'string' && UUID.test(id) ? id : null;
  });
  const named = await stream.entity.match(
    ctx,
    theirs.map((fields, index) => (isOpen[index] ? fields : {})),
  );
  const matches = records.map((_, index) => (isOpen[index] ? (sent[index] ?? named[index] ?? null) : null));
  const taken = await linkedIds(
    ctx,
    place,
    matches.filter((id) => id !== null),
  );
  return matches.map((id) => {
    if (id === null || taken.has(id)) return null;
    taken.add(id);
    return id;
  });
}

interface Done {
  readonly result: 'created' | 'updated' | 'deleted' | 'unchanged';
  readonly conflicts: readonly string[];
  readonly link?: Link;
  readonly unlink?: true;
  readonly send?: Send;
}

async function settleOne(ctx: Ctx, place: StreamPlace, stream: RecordStream, pair: Pair): Promise<Done> {
  const { remote, link, local, theirs } = pair;
  const mappings = mappingsOf(place, stream);
  const verdict = reconcile(
    local ? { fields: asTheySee(local.fields, mappings), changedAt: local.changedAt, deleted: local.deleted } : null,
    {
      fields: theirs,
      changedAt: remote.changedAt === null ? null : new Date(remote.changedAt),
      deleted: remote.deleted,
    },
    link?.agreement ?? null,
    rulesOf(place, stream),
  );
  const localId = await applyToOurs(ctx, stream, pair, verdict);
  const { conflicts, agreement } = verdict;
  const result = RESULTS[verdict.ours.action];
  const isGone = verdict.ours.action === 'delete' || (remote.deleted && (local === undefined || local.deleted));
  // Theirs was deleted and ours wins: it goes out as a new record.
  if (isGone || verdict.theirs.action === 'create') return { result, conflicts, ...(link ? { unlink: true } : {}) };
  if (localId === null) return { result, conflicts };
  const localVersion = local?.version ?? 0;
  const next: Link = {
    externalId: remote.externalId,
    localId,
    localVersion,
    agreement,
    dirty: verdict.theirs.action !== 'none',
  };
  const send: Send | undefined =
    verdict.theirs.action === 'none'
      ? undefined
      : {
          localId,
          externalId: remote.externalId,
          action: verdict.theirs.action,
          fields: verdict.theirs.fields,
          localVersion,
          agreement,
        };
  return { result, conflicts, link: next, ...(send ? { send } : {}) };
}

const RESULTS = { none: 'unchanged', write: 'updated', create: 'created', delete: 'deleted' } as const;

/** Answers our record's id; null where there is none. */
async function applyToOurs(
  ctx: Ctx,
  { entity }: RecordStream,
  { local }: Pair,
  { ours }: Verdict,
): Promise<string | null> {
  switch (ours.action) {
    case 'create':
      return entity.create(ctx, ours.fields);
    case 'write':
      await entity.update(ctx, local!.id, ours.fields);
      return local!.id;
    case 'delete':
      await entity.remove(ctx, local!.id);
      return local!.id;
    default:
      return local?.id ?? null;
  }
}
