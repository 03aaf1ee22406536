import { type Selectable, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { PrivacyRequests } from '../../../schema/database.gen.ts';
import { audit } from '../../core/audit.ts';
import { readBlobChunk } from '../../core/blobs.ts';
import { startProcess } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { findPerson } from '../journey/person.query.ts';

export interface Certificate {
  completedAt: Date;
  /** Records of the person. */
  records: number;
  /** Rows by what was exported or removed. */
  counts: Record<string, number>;
  statement: string;
}

export interface PrivacyRequestView {
  id: string;
  kind: 'export' | 'erase';
  customerId: string;
  status: 'pending' | 'running' | 'completed' | 'failed';
  /** Once completed. */
  certificate: Certificate | null;
  failureCode: string | null;
  createdAt: Date;
  completedAt: Date | null;
  version: number;
}

type Row = Selectable<PrivacyRequests>;

function toView(row: Row): PrivacyRequestView {
  const stored = row.certificate as { records: number; counts: Record<string, number>; statement: string } | null;
  return {
    id: row.id,
    kind: row.kind as PrivacyRequestView['kind'],
    customerId: row.customer_id,
    status: row.status as PrivacyRequestView['status'],
    certificate:
      row.status === 'completed' && stored
        ? {
            completedAt: row.completed_at!,
            records: stored.records,
            counts: stored.counts,
            statement: stored.statement,
          }
        : null,
    failureCode: row.failure_code,
    createdAt: row.created_at,
    completedAt: row.completed_at,
    version: row.version,
  };
}

async function create(ctx: Ctx, kind: 'export' | 'erase', customerId: string): Promise<PrivacyRequestView> {
  const row = await ctx.tx
    .insertInto('privacy_requests')
    .values({ kind, customer_id: customerId })
    .returningAll()
    .executeTakeFirstOrThrow();
  await audit(ctx, `customers.${kind}`, { entityType: 'customer', entityId: customerId, after: { requestId: row.id } });
  const { organizationId } = ctx;
  await startProcess(ctx, 'privacy', { entityId: row.id }, { organizationId, requestId: row.id });
  return toView(row);
}

/** Starts an export of everything that is stored about a person. @throws AppError not_found. */
export const exportCustomer = verb(
  { permission: 'data.export' },
  (ctx, { customerId }: { customerId: string }): Promise<PrivacyRequestView> => requestExport(ctx, customerId),
);

/** For verbs of upper wings, which ask for a permission of their own. */
export async function requestExport(ctx: Ctx, customerId: string): Promise<PrivacyRequestView> {
  const { canonicalId } = await findPerson(ctx, customerId);
  return create(ctx, 'export', canonicalId);
}

/**
 * Starts the erasure of a person. Whoever asks again gets the first request, and with it its certificate, unless data
 * that names the person has come in since. @throws AppError not_found.
 */
export const eraseCustomer = verb(
  { permission: 'analytics.journey.edit' },
  (ctx, { customerId }: { customerId: string }): Promise<PrivacyRequestView> => requestErasure(ctx, customerId),
);

/** As `requestExport`. */
export async function requestErasure(ctx: Ctx, customerId: string): Promise<PrivacyRequestView> {
  const { canonicalId, recordIds } = await findPerson(ctx, customerId);
  const records = sql`${sql.val(recordIds)}::uuid[]`;
  // Two at once would start two processes.
  await sql`
    select id from customers
    where organization_id = ${ctx.organizationId} and id = any(${records}) order by id for no key update`.execute(
    ctx.tx,
  );
  const { rows } = await sql<Row>`
    select r.* from privacy_requests r
    where r.organization_id = ${ctx.organizationId} and r.customer_id = any(${records}) and r.kind = 'erase'
      and r.status <> 'failed'
      and (r.status <> 'completed' or not exists (
        select from customer_identifiers i
        where i.organization_id = r.organization_id and i.customer_id = any(${records})))
    order by r.id limit 1`.execute(ctx.tx);
  return rows[0] ? toView(rows[0]) : create(ctx, 'erase', canonicalId);
}

/** @throws AppError not_found. */
export const getPrivacyRequest = verb(
  { permission: 'analytics.journey.view' },
  async (ctx, { requestId }: { requestId: string }): Promise<PrivacyRequestView> => toView(await find(ctx, requestId)),
);

async function find(ctx: Ctx, requestId: string): Promise<Row> {
  const row = await ctx.tx.selectFrom('privacy_requests').selectAll().where('id', '=', requestId).executeTakeFirst();
  if (!row) throw notFound('The privacy request');
  return row;
}

/** The export, piece by piece. @throws AppError not_found when there is none (yet, or any more). */
export const readExport = verb(
  { permission: 'data.export' },
  async (ctx, input: { requestId: string; after: string | null }): Promise<{ text: string; next: string | null }> => {
    const { blob_id: blobId } = await find(ctx, input.requestId);
    if (!blobId) throw notFound('The export', 'It is there once the request is completed, and until an erasure.');
    const ordinal = input.after === null ? 0 : Number(input.after);
    const bytes = await readBlobChunk(ctx, blobId, ordinal);
    // The file is plain ASCII, so a piece never ends within a character.
    return { text: bytes?.toString('latin1') ?? '', next: bytes ? String(ordinal + 1) : null };
  },
);
