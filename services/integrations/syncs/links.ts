import { sql } from 'kysely';
import type { Fields, Scalar } from '../../../domain/integrations/adapter.port.ts';
import { type FieldMapping, toLocal, toRemote } from '../../../domain/integrations/field-mapping.rules.ts';
import type { Agreement, ReconcileRules } from '../../../domain/integrations/reconcile.rules.ts';
import type { IntegrationSettings } from '../../../domain/integrations/settings.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { RecordStream } from '../streams/stream.ts';
import type { StreamPlace } from './take-facts.ts';

/** Which of our records is which of theirs, and what both sides had in common last. */
export interface Link {
  readonly externalId: string;
  readonly localId: string;
  readonly localVersion: number;
  readonly agreement: Agreement;
  /** Something of ours has still to go out. */
  readonly dirty: boolean;
}

export const settingsOf = (place: StreamPlace): IntegrationSettings => place.connection.settings as IntegrationSettings;

export const mappingsIn = (
  { mappings }: IntegrationSettings,
  name: string,
  stream: RecordStream,
): readonly FieldMapping[] => mappings?.[name] ?? stream.mappings;

export const mappingsOf = (place: StreamPlace, stream: RecordStream): readonly FieldMapping[] =>
  mappingsIn(settingsOf(place), place.stream, stream);

/** Their fields that the mapping names. */
export const remoteFieldsOf = (place: StreamPlace, stream: RecordStream): string[] =>
  mappingsOf(place, stream).map(({ remote }) => remote);

export function rulesOf(place: StreamPlace, stream: RecordStream): ReconcileRules {
  const settings = settingsOf(place);
  return {
    policy: settings.conflictPolicy ?? 'newest',
    fieldPolicies: settings.fieldPolicies?.[place.stream] ?? {},
    directions: Object.fromEntries(mappingsOf(place, stream).map(({ local, direction }) => [local, direction])),
  };
}

export async function readLinks(
  ctx: Ctx,
  { sync, stream }: StreamPlace,
  externalIds: readonly string[],
): Promise<Link[]> {
  if (externalIds.length === 0) return [];
  const { rows } = await sql<Link>`
    select external_id as "externalId", local_id as "localId", local_version as "localVersion", agreement, dirty
    from integration_records
    where organization_id = ${ctx.organizationId} and integration_id = ${sync.integrationId} and stream = ${stream}
      and external_id = any(${sql.val([...externalIds])}::text[])`.execute(ctx.tx);
  return rows;
}

/** Of the local ids, those that are linked in this stream already. */
export async function linkedIds(
  ctx: Ctx,
  { sync, stream }: StreamPlace,
  localIds: readonly string[],
): Promise<Set<string>> {
  if (localIds.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select local_id as id from integration_records
    where organization_id = ${ctx.organizationId} and integration_id = ${sync.integrationId} and stream = ${stream}
      and local_id = any(${sql.val([...localIds])}::uuid[])`.execute(ctx.tx);
  return new Set(rows.map(({ id }) => id));
}

export async function writeLinks(ctx: Ctx, { sync, stream }: StreamPlace, links: readonly Link[]): Promise<void> {
  if (links.length === 0) return;
  await sql`
    insert into integration_records (organization_id, integration_id, stream, external_id, local_id, local_version,
                                     agreement, dirty, seen_in)
    select ${ctx.organizationId}, ${sync.integrationId}, ${stream}, "externalId", "localId", "localVersion", agreement,
           dirty, ${sync.number}
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as link(
      "externalId" text, "localId" uuid, "localVersion" integer, agreement jsonb, dirty boolean)
    order by "externalId"
    on conflict (organization_id, integration_id, stream, external_id) do update
      set local_id = excluded.local_id, local_version = excluded.local_version, agreement = excluded.agreement,
          dirty = excluded.dirty, seen_in = excluded.seen_in`.execute(ctx.tx);
}

export async function dropLinks(
  ctx: Ctx,
  { sync, stream }: StreamPlace,
  externalIds: readonly string[],
): Promise<void> {
  if (externalIds.length === 0) return;
  await sql`
    delete from integration_records
    where organization_id = ${ctx.organizationId} and integration_id = ${sync.integrationId} and stream = ${stream}
      and external_id = any(${sql.val([...externalIds])}::text[])`.execute(ctx.tx);
}

/** Translates what names records of other streams; what names nothing that is linked is not known. */
export interface References {
  inward(fields: Fields): Fields;
  outward(fields: Fields): Fields;
}

/** @param inward fields with their ids, `outward` fields with ours; all of a batch are looked up at once */
export async function readReferences(
  ctx: Ctx,
  place: StreamPlace,
  stream: RecordStream,
  { inward = [], outward = [] }: { inward?: readonly Fields[]; outward?: readonly Fields[] },
): Promise<References> {
  const named = (fields: readonly Fields[]) =>
    Object.entries(stream.references).flatMap(([field, to]) =>
      fields.flatMap((one) => (typeof one[field] === 'string' && one[field] !== '' ? [{ to, id: one[field] }] : [])),
    );
  const [theirs, ours] = [named(inward), named(outward)];
  const found =
    theirs.length + ours.length === 0
      ? []
      : (
          await sql<{ stream: string; externalId: string; localId: string }>`
            select stream, external_id as "externalId", local_id as "localId" from integration_records
            where organization_id = ${ctx.organizationId} and integration_id = ${place.sync.integrationId}
              and stream = any(${sql.val([...new Set(Object.values(stream.references))])}::text[])
              and (external_id = any(${sql.val(theirs.map(({ id }) => id))}::text[])
                   or local_id = any(${sql.val(ours.map(({ id }) => id))}::uuid[]))`.execute(ctx.tx)
        ).rows;
  const local = new Map(found.map((row) => [`${row.stream} ${row.externalId}`, row.localId]));
  const external = new Map(found.map((row) => [`${row.stream} ${row.localId}`, row.externalId]));
  const translate = (fields: Fields, table: ReadonlyMap<string, string>): Fields =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([field, value]): [string, Scalar][] => {
        const to = stream.references[field];
        if (to === undefined || value === null) return [[field, value]];
        const other = table.get(`${to} ${value}`);
        return other === undefined ? [] : [[field, other]];
      }),
    );
  return { inward: (fields) => translate(fields, local), outward: (fields) => translate(fields, external) };
}

/** Ours as it would come back: values that the other side cannot tell apart are the same. */
export function asTheySee(fields: Fields, mappings: readonly FieldMapping[]): Fields {
  const travels = mappings.filter(({ direction }) => direction !== 'in');
  return { ...fields, ...toLocal(toRemote(fields, travels), travels) };
}
