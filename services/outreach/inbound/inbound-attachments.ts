import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { type BlobPart, keepBlob, readBlobPart } from '../../core/blobs.ts';
import { type Ctx, verb } from '../../core/context.ts';

/** A file that came with a mail, in the blob store. */
export interface InboundFile {
  readonly blobId: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
}

/** Keeps what has arrived, in the transaction that takes the mail in. */
export async function keepFiles(
  ctx: Ctx,
  files: readonly Omit<InboundFile, 'sizeBytes'>[],
): Promise<readonly InboundFile[]> {
  const kept: InboundFile[] = [];
  for (const { blobId, fileName, mediaType } of files) {
    const { sizeBytes } = await keepBlob(ctx, blobId);
    kept.push({ blobId, fileName: fileName || 'file', mediaType, sizeBytes: Number(sizeBytes) });
  }
  return kept;
}

export const attachmentsIn = (payload: Readonly<Record<string, unknown>>): readonly InboundFile[] =>
  (payload.attachments as readonly InboundFile[] | undefined) ?? [];

export async function attachFiles(ctx: Ctx, messageId: string, files: readonly InboundFile[]): Promise<void> {
  if (files.length === 0) return;
  const rows = files.map(({ blobId, fileName, mediaType, sizeBytes }) => ({
    message_id: messageId,
    blob_id: blobId,
    file_name: fileName,
    media_type: mediaType,
    size_bytes: sizeBytes,
  }));
  await ctx.tx.insertInto('inbound_attachments').values(rows).execute();
}

/** Reports of mail servers and unreadable mails: what hangs on them is of no use to anybody. */
export const dropFiles = (ctx: Ctx, files: readonly InboundFile[]) =>
  sql`
    delete from blobs where organization_id = ${ctx.organizationId}
      and id = any(${sql.val(files.map(({ blobId }) => blobId))}::uuid[])`.execute(ctx.tx);

export interface InboundAttachmentView {
  id: string;
  fileName: string;
  mediaType: string;
  sizeBytes: number;
}

/** One part of the file. @throws AppError not_found. */
export const readInboundAttachment = verb(
  { permission: 'emails.view' },
  async (
    ctx,
    { id, attachmentId, part }: { id: string; attachmentId: string; part: number },
  ): Promise<InboundAttachmentView & BlobPart> => {
    const { rows } = await sql<{ blob_id: string; file_name: string; media_type: string; size_bytes: number }>`
      select a.blob_id, a.file_name, a.media_type, a.size_bytes::float8 as size_bytes
      from inbound_attachments a
      join inbound_messages i on i.organization_id = a.organization_id and i.id = a.message_id
      where a.organization_id = ${ctx.organizationId} and a.id = ${attachmentId} and i.id = ${id}`.execute(ctx.tx);
    const row = rows[0];
    if (!row) throw notFound('The attachment');
    const { blob_id: blobId, file_name: fileName, media_type: mediaType, size_bytes: sizeBytes } = row;
    return { id: attachmentId, fileName, mediaType, sizeBytes, ...(await readBlobPart(ctx, blobId, part, sizeBytes)) };
  },
);
