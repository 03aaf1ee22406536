import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { BlobOwner, BlobStore, StagedBlob } from '../../domain/core/blob.port.ts';
import { AppError, notFound } from '../../domain/core/errors.ts';
import type { Db } from '../../schema/db.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from './context.ts';
import { inTransaction } from './transaction.ts';

/** All chunks but the last have this size, so that a position names its chunk. */
export const CHUNK_BYTES = 262_144;
const CHUNKS_PER_WRITE = 4;

/** After this time a blob that nobody has kept is what a crash left. */
const ABANDONED_AFTER_MS = 24 * 3_600_000;

export interface BlobFacts {
  readonly id: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
}

/**
 * Blobs as rows of chunks. Each write is a short transaction of its own: a slow sender holds no connection. Readable
 * is only what `keepBlob` has completed.
 */
export function createBlobStore(db: Db): BlobStore {
  const inScope = <T>({ organizationId, now }: BlobOwner, work: (ctx: Ctx) => Promise<T>, readOnly = false) =>
    inTransaction(db, { organizationId, now, principal: SYSTEM_PRINCIPAL }, work, { readOnly });

  async function put(
    owner: BlobOwner,
    content: AsyncIterable<Uint8Array>,
    { mediaType, limitBytes }: { mediaType: string; limitBytes: number },
  ): Promise<StagedBlob> {
    const { id } = await inScope(owner, ({ tx }) =>
      tx.insertInto('blobs').values({ media_type: mediaType }).returning('id').executeTakeFirstOrThrow(),
    );
    try {
      const hash = createHash('sha256');
      let sizeBytes = 0;
      let ordinal = 0;
      for await (const bytes of inBlocks(limited(content, limitBytes), CHUNK_BYTES * CHUNKS_PER_WRITE)) {
        hash.update(bytes);
        sizeBytes += bytes.length;
        const first = ordinal;
        ordinal += Math.ceil(bytes.length / CHUNK_BYTES);
        await inScope(owner, (ctx) => writeChunks(ctx, id, first, bytes));
      }
      const sha256 = hash.digest();
      await inScope(owner, ({ tx }) =>
        tx.updateTable('blobs').set({ size_bytes: sizeBytes, sha256 }).where('id', '=', id).execute(),
      );
      return { id, sizeBytes, sha256: sha256.toString('hex') };
    } catch (error) {
      await remove(owner, id).catch(() => {});
      throw error;
    }
  }

  async function* get(owner: BlobOwner, blobId: string, fromByte = 0): AsyncGenerator<Uint8Array> {
    let skip = fromByte % CHUNK_BYTES;
    for (let ordinal = Math.floor(fromByte / CHUNK_BYTES); ; ordinal++) {
      const bytes = await inScope(owner, (ctx) => readBlobChunk(ctx, blobId, ordinal), true);
      if (!bytes) return;
      if (bytes.length > skip) yield bytes.subarray(skip);
      skip = 0;
    }
  }

  const remove = (owner: BlobOwner, blobId: string): Promise<void> => inScope(owner, (ctx) => deleteBlob(ctx, blobId));

  return { put, get, delete: remove };
}

async function writeChunks(ctx: Ctx, blobId: string, first: number, bytes: Buffer): Promise<void> {
  const count = Math.ceil(bytes.length / CHUNK_BYTES);
  await ctx.tx
    .insertInto('blob_chunks')
    .values(
      Array.from({ length: count }, (_, index) => ({
        blob_id: blobId,
        ordinal: first + index,
        bytes: bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES),
      })),
    )
    .execute();
}

/** Completes a staged blob, in the transaction that refers to it. @throws AppError not_found. */
export async function keepBlob(ctx: Ctx, blobId: string): Promise<BlobFacts> {
  const row = await ctx.tx
    .updateTable('blobs')
    .set({ completed_at: ctx.now })
    .where('id', '=', blobId)
    .where('sha256', 'is not', null)
    .returning(['id', 'media_type', 'size_bytes'])
    .executeTakeFirst();
  if (!row) throw notFound('The file');
  return { id: row.id, mediaType: row.media_type, sizeBytes: row.size_bytes };
}

/** One chunk of a kept blob; null past its end. @throws AppError not_found. */
export async function readBlobChunk(ctx: Ctx, blobId: string, ordinal: number): Promise<Buffer | null> {
  const { rows } = await sql<{ bytes: Buffer | null }>`
    select c.bytes from blobs b
    left join blob_chunks c on c.organization_id = b.organization_id and c.blob_id = b.id and c.ordinal = ${ordinal}
    where b.organization_id = ${ctx.organizationId} and b.id = ${blobId} and b.completed_at is not null`.execute(
    ctx.tx,
  );
  if (!rows[0]) throw notFound('The file');
  return rows[0].bytes;
}

export interface BlobPart {
  readonly part: number;
  /** Base64, since an answer of JSON holds no bytes. */
  readonly content: string;
  readonly more: boolean;
}

/** One part of a kept file for people, the size of a chunk. @throws AppError not_found, past its end too. */
export async function readBlobPart(ctx: Ctx, blobId: string, part: number, sizeBytes: number): Promise<BlobPart> {
  const bytes = await readBlobChunk(ctx, blobId, part);
  if (!bytes) throw notFound('The part of the file');
  return { part, content: bytes.toString('base64'), more: (part + 1) * CHUNK_BYTES < sizeBytes };
}

export async function deleteBlob(ctx: Ctx, blobId: string): Promise<void> {
  await ctx.tx.deleteFrom('blobs').where('id', '=', blobId).execute();
}

/** Deletes what crashes of earlier uploads left behind. */
export async function deleteAbandonedBlobs(ctx: Ctx): Promise<void> {
  await ctx.tx
    .deleteFrom('blobs')
    .where('completed_at', 'is', null)
    .where('created_at', '<', new Date(ctx.now.getTime() - ABANDONED_AFTER_MS))
    .execute();
}

async function* limited(content: AsyncIterable<Uint8Array>, limitBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const part of content) {
    size += part.length;
    if (size > limitBytes) {
      throw new AppError('payload_too_large', 'PAYLOAD_TOO_LARGE', `The file is larger than ${limitBytes} bytes.`, {
        hint: 'Split it into several files.',
      });
    }
    yield part;
  }
}

/** The same bytes in blocks of one size; only the last is smaller. */
async function* inBlocks(content: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let parts: Uint8Array[] = [];
  let held = 0;
  for await (const part of content) {
    parts.push(part);
    held += part.length;
    if (held < size) continue;
    const all = Buffer.concat(parts);
    const whole = held - (held % size);
    for (let at = 0; at < whole; at += size) yield all.subarray(at, at + size);
    parts = whole < held ? [all.subarray(whole)] : [];
    held -= whole;
  }
  if (held > 0) yield Buffer.concat(parts);
}
