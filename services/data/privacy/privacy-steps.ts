import { sql } from 'kysely';
import { type EraseStep, type ExportSection, STATEMENTS } from '../../../domain/data/privacy.rules.ts';
import { keepBlob } from '../../core/blobs.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { customerErased } from '../events.ts';
import { findPerson } from '../journey/person.query.ts';
import { eraseAnswers, eraseExports, eraseFiles, eraseIdentifiers } from './erase-copies.ts';
import { ERASE_BATCH, eraseTexts } from './erase-texts.ts';
import type { PersonRecords, PersonSection } from './person-records.ts';

/** Makes the request running. @returns its kind, or null when it has ended already. */
export async function beginPrivacyRequest(ctx: Ctx, requestId: string): Promise<'export' | 'erase' | null> {
  const { rows } = await sql<{ kind: 'export' | 'erase' }>`
    update privacy_requests set status = 'running', certificate = coalesce(certificate, '{"counts": {}}')
    where organization_id = ${ctx.organizationId} and id = ${requestId} and status in ('pending', 'running')
    returning kind`.execute(ctx.tx);
  return rows[0]?.kind ?? null;
}

/** The running request's person as it is linked now; null when the request has ended. */
async function recordsOf(ctx: Ctx, requestId: string): Promise<string[] | null> {
  const request = await ctx.tx
    .selectFrom('privacy_requests')
    .select('customer_id')
    .where('id', '=', requestId)
    .where('status', '=', 'running')
    .forNoKeyUpdate()
    .executeTakeFirst();
  return request ? (await findPerson(ctx, request.customer_id)).recordIds : null;
}

/** One batch of one step, counted in the same transaction. @returns whether there is more to do. */
export async function eraseBatch(
  ctx: Ctx,
  requestId: string,
  step: EraseStep,
  people: readonly PersonRecords[],
): Promise<boolean> {
  const recordIds = await recordsOf(ctx, requestId);
  if (!recordIds) return false;
  const counts =
    step === 'records' ? await eraseRecords(ctx, recordIds, people) : { [step]: await erase(ctx, step, recordIds) };
  await sql`
    update privacy_requests
    set certificate = jsonb_set(certificate, '{counts}', certificate -> 'counts' || coalesce((
      select jsonb_object_agg(key, coalesce((certificate -> 'counts' ->> key)::integer, 0) + value::integer)
      from jsonb_each_text(${JSON.stringify(counts)}::jsonb)), '{}'))
    where organization_id = ${ctx.organizationId} and id = ${requestId}`.execute(ctx.tx);
  return Object.values(counts).some((count) => count >= ERASE_BATCH);
}

async function eraseRecords(ctx: Ctx, recordIds: readonly string[], people: readonly PersonRecords[]) {
  const counts: Record<string, number> = {};
  for (const { erase: take } of people) {
    for (const [kind, count] of Object.entries(await take(ctx, recordIds))) counts[kind] = (counts[kind] ?? 0) + count;
  }
  return counts;
}

function erase(ctx: Ctx, step: Exclude<EraseStep, 'records'>, recordIds: readonly string[]): Promise<number> {
  switch (step) {
    case 'idempotency_answers':
      return eraseAnswers(ctx, recordIds);
    case 'files':
      return eraseFiles(ctx, recordIds);
    case 'exports':
      return eraseExports(ctx, recordIds);
    case 'identifiers':
      return eraseIdentifiers(ctx, recordIds);
    default:
      return eraseTexts(ctx, step, { recordIds });
  }
}

const ofCustomer = (table: string): PersonSection => ({
  table,
  belongs: (_, recordIds) => sql`customer_id = any(${sql.val([...recordIds])}::uuid[])`,
});
const SECTIONS: Readonly<Record<ExportSection, PersonSection>> = {
  identifiers: ofCustomer('customer_identifiers'),
  interactions: ofCustomer('interactions'),
  interactions_history: ofCustomer('interactions_history'),
  conversions: ofCustomer('conversions'),
  conversions_history: ofCustomer('conversions_history'),
  events: ofCustomer('events'),
  page_views: ofCustomer('website_page_views'),
};

/** Every part of an export by its name, this wing's first. */
export const exportSections = (people: readonly PersonRecords[]): readonly (readonly [string, PersonSection])[] =>
  [SECTIONS, ...people.map(({ sections }) => sections)].flatMap((sections) => Object.entries(sections));

const PAGE = 500;

/** Some rows of a section as JSON, and where to go on; all versions of a fact come together. */
export async function readExportRows(
  ctx: Ctx,
  requestId: string,
  section: PersonSection,
  after: string | null,
): Promise<{ rows: string[]; next: string | null }> {
  const recordIds = (await recordsOf(ctx, requestId)) ?? [];
  const table = sql.table(section.table);
  const key = sql.ref(section.key ?? 'id');
  const belongs = section.belongs(ctx, recordIds);
  const { rows } = await sql<{ id: string; row: string }>`
    select ${key} as id, (to_jsonb(t) - 'organization_id' - 'created_xid' - 'ended_xid')::text as row from ${table} t
    where organization_id = ${ctx.organizationId} and ${key} in (
      select distinct ${key} from ${table}
      where organization_id = ${ctx.organizationId} and ${belongs}
        ${after === null ? sql`` : sql`and ${key} > ${after}::uuid`}
      order by ${key} limit ${PAGE}::integer)
      and ${belongs}
    order by ${key}`.execute(ctx.tx);
  const ids = new Set(rows.map((row) => row.id));
  return { rows: rows.map((row) => row.row), next: ids.size < PAGE ? null : rows.at(-1)!.id };
}

/** Ends the request with its certificate. Of an export: `file` and what it holds. */
export async function completePrivacyRequest(
  ctx: Ctx,
  requestId: string,
  file: { blobId: string; counts: Record<string, number> } | null,
): Promise<boolean> {
  const recordIds = await recordsOf(ctx, requestId);
  if (!recordIds) return false;
  if (file) await keepBlob(ctx, file.blobId);
  const { rows } = await sql<{ kind: 'export' | 'erase'; customer_id: string }>`
    update privacy_requests
    set status = 'completed', completed_at = ${ctx.now}, blob_id = ${file?.blobId ?? null}::uuid,
        certificate = jsonb_build_object(
          'counts', coalesce(${file ? JSON.stringify(file.counts) : null}::jsonb, certificate -> 'counts'),
          'records', ${recordIds.length}::integer,
          'statement', case kind when 'erase' then ${STATEMENTS.erase}::text else ${STATEMENTS.export}::text end)
    where organization_id = ${ctx.organizationId} and id = ${requestId}
    returning kind, customer_id`.execute(ctx.tx);
  if (rows[0]!.kind === 'erase') {
    await emit(ctx, customerErased, { entityId: rows[0]!.customer_id, data: { requestId } });
  }
  return true;
}

export async function failPrivacyRequest(ctx: Ctx, requestId: string, code: string): Promise<void> {
  await ctx.tx
    .updateTable('privacy_requests')
    .set({ status: 'failed', failure_code: code, completed_at: ctx.now })
    .where('id', '=', requestId)
    .where('status', 'in', ['pending', 'running'])
    .execute();
}
