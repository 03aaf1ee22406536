import { type RawBuilder, sql } from 'kysely';
import { ERASED, SHORTEST_SEARCHED_VALUE } from '../../../domain/data/privacy.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { unavailable } from './unavailable.ts';

/** The person's identifiers that are long enough to be looked for in texts, in lower case. */
async function searchedValues(ctx: Ctx, recordIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ value: string }>`
    select distinct lower(value) as value from customer_identifiers
    where organization_id = ${ctx.organizationId} and customer_id = any(${sql.val(recordIds)}::uuid[])
      and length(value) >= ${SHORTEST_SEARCHED_VALUE}::integer`.execute(ctx.tx);
  return rows.map((row) => row.value);
}

const holdsAny = (text: RawBuilder<unknown>, values: readonly string[]): RawBuilder<boolean> => sql<boolean>`
  exists (select from unnest(${sql.val(values)}::text[]) as searched(value) where position(searched.value in lower(${text})) > 0)`;

/** Stored answers that speak of the person lose their text: their replay is refused. Keys that name it are deleted. */
export async function eraseAnswers(ctx: Ctx, recordIds: readonly string[]): Promise<number> {
  const values = await searchedValues(ctx, recordIds);
  const { numAffectedRows: deleted } = await sql`
    delete from idempotency_keys
    where organization_id = ${ctx.organizationId} and ${holdsAny(sql`key`, values)}`.execute(ctx.tx);
  const { numAffectedRows: blanked } = await sql`
    update idempotency_keys set body = null, location = null
    where organization_id = ${ctx.organizationId} and body is not null
      and ${holdsAny(sql`body`, [...values, ...recordIds])}`.execute(ctx.tx);
  return Number((deleted ?? 0n) + (blanked ?? 0n));
}

/** As `eraseAnswers`, for answers that name rows of another wing. */
export async function eraseAnswersNaming(ctx: Ctx, ids: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`
    update idempotency_keys set body = null, location = null
    where organization_id = ${ctx.organizationId} and body is not null and ${holdsAny(sql`body`, ids)}`.execute(ctx.tx);
  return Number(numAffectedRows ?? 0n);
}

/**
 * Uploaded files that brought facts of the person, or hold one of its values, lose their contents as a whole; messages
 * about their rows, too. @throws while such an import is going on.
 */
export async function eraseFiles(ctx: Ctx, recordIds: readonly string[]): Promise<number> {
  const values = await searchedValues(ctx, recordIds);
  const records = sql`${sql.val(recordIds)}::uuid[]`;
  return eraseUploads(
    ctx,
    sql`(
      exists (
        select from upload_records r
        where r.organization_id = u.organization_id and r.upload_id = u.id and r.record_id in (
          select id from interactions where organization_id = ${ctx.organizationId} and customer_id = any(${records})
          union all
          select id from conversions where organization_id = ${ctx.organizationId} and customer_id = any(${records})))
      or ${holdsAny(sql`u.file_name`, values)}
      or exists (
        select from upload_errors e
        where e.organization_id = u.organization_id and e.upload_id = u.id and ${holdsAny(sql`e.message`, values)})
      or ${blobHolds(sql`u.blob_id`, ctx, values)})`,
  );
}

/** As `eraseFiles`, for files that brought or changed rows of another wing; what a change replaced goes with them. */
export async function eraseFilesOf(ctx: Ctx, rowIds: readonly string[]): Promise<number> {
  const rows = sql`${sql.val([...rowIds])}::uuid[]`;
  const files = await eraseUploads(
    ctx,
    sql`exists (
      select from upload_records r
      where r.organization_id = u.organization_id and r.upload_id = u.id and r.record_id = any(${rows}))`,
  );
  await sql`
    update upload_records set before = '{}'
    where organization_id = ${ctx.organizationId} and record_id = any(${rows}) and before is not null`.execute(ctx.tx);
  return files;
}

async function eraseUploads(ctx: Ctx, condition: RawBuilder<unknown>): Promise<number> {
  const { rows: uploads } = await sql<{ id: string; blob_id: string; status: string }>`
    select u.id, u.blob_id, u.status from uploads u
    where u.organization_id = ${ctx.organizationId} and u.file_name <> ${ERASED} and ${condition}
    order by u.id for no key update`.execute(ctx.tx);
  if (uploads.some(({ status }) => status === 'pending' || status === 'running' || status === 'undoing')) {
    throw unavailable('An import that holds data of the person is still going on.');
  }
  const uploadIds = sql`${sql.val(uploads.map((upload) => upload.id))}::uuid[]`;
  await eraseBlobs(
    ctx,
    uploads.map((upload) => upload.blob_id),
  );
  // The first row of a file without a header was taken for one, and stands in the cursor and the mapping, too.
  await sql`
    update uploads set file_name = ${ERASED}, mapping = null, cursor = cursor - 'header'
    where organization_id = ${ctx.organizationId} and id = any(${uploadIds})`.execute(ctx.tx);
  await sql`
    update upload_errors set message = ${ERASED}
    where organization_id = ${ctx.organizationId} and upload_id = any(${uploadIds}) and message <> ${ERASED}`.execute(
    ctx.tx,
  );
  return uploads.length;
}

/**
 * Bytes are read in PostgreSQL's escape notation, without zero bytes: so files in UTF-16 are searched, too. Each chunk is
 * taken together with the end of the one before.
 */
const blobHolds = (
  blobId: RawBuilder<unknown>,
  ctx: Ctx,
  values: readonly string[],
): RawBuilder<boolean> => sql<boolean>`
  exists (
    select from (
      select lower(replace(encode(
        coalesce(lag(substr(bytes, greatest(length(bytes) - 2047, 1))) over (order by ordinal), ''::bytea) || bytes,
        'escape'), '\\000', '')) as escaped
      from blob_chunks where organization_id = ${ctx.organizationId} and blob_id = ${blobId}
    ) piece, unnest(${sql.val(values)}::text[]) as searched(value)
    where position(encode(convert_to(searched.value, 'UTF8'), 'escape') in piece.escaped) > 0)`;

async function eraseBlobs(ctx: Ctx, blobIds: readonly string[]): Promise<void> {
  const ids = sql`${sql.val(blobIds)}::uuid[]`;
  await sql`delete from blob_chunks where organization_id = ${ctx.organizationId} and blob_id = any(${ids})`.execute(
    ctx.tx,
  );
  await sql`
    update blobs set size_bytes = 0 where organization_id = ${ctx.organizationId} and id = any(${ids})`.execute(ctx.tx);
}

/** What was handed out about the person before is not kept for a second download. */
export async function eraseExports(ctx: Ctx, recordIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ blob_id: string }>`
    select blob_id from privacy_requests
    where organization_id = ${ctx.organizationId} and customer_id = any(${sql.val(recordIds)}::uuid[])
      and blob_id is not null`.execute(ctx.tx);
  const blobIds = rows.map((row) => row.blob_id);
  await sql`
    update privacy_requests set blob_id = null
    where organization_id = ${ctx.organizationId} and blob_id = any(${sql.val(blobIds)}::uuid[])`.execute(ctx.tx);
  await sql`
    delete from blobs where organization_id = ${ctx.organizationId} and id = any(${sql.val(blobIds)}::uuid[])`.execute(
    ctx.tx,
  );
  return blobIds.length;
}

/** The last step: from here on nothing leads from a value to the person's records. */
export async function eraseIdentifiers(ctx: Ctx, recordIds: readonly string[]): Promise<number> {
  const records = sql`${sql.val(recordIds)}::uuid[]`;
  await sql`
    update identity_evidence set tie_key = ''
    where organization_id = ${ctx.organizationId} and tie_key <> ''
      and (first_id = any(${records}) or second_id = any(${records}))`.execute(ctx.tx);
  await sql`
    update customer_merges set reason = null
    where organization_id = ${ctx.organizationId} and reason is not null
      and (source_id = any(${records}) or target_id = any(${records}))`.execute(ctx.tx);
  const { numAffectedRows } = await sql`
    delete from customer_identifiers
    where organization_id = ${ctx.organizationId} and customer_id = any(${records})`.execute(ctx.tx);
  return Number(numAffectedRows ?? 0n);
}
