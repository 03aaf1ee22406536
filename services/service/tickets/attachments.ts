import { notFound } from '../../../domain/core/errors.ts';
import { type BlobPart, keepBlob, readBlobPart } from '../../core/blobs.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { lockTicket } from './ticket-row.ts';
import type { AttachmentView } from './ticket-view.ts';

/** A file that has arrived and belongs to nothing yet. */
export interface StagedAttachment {
  readonly blobId: string;
  readonly fileName: string;
  readonly mediaType: string;
}

/** In the transaction that refers to them. */
export async function keepAttachments(
  ctx: Ctx,
  ticketId: string,
  replyId: string | null,
  files: readonly StagedAttachment[],
): Promise<AttachmentView[]> {
  const kept: AttachmentView[] = [];
  for (const { blobId, fileName, mediaType } of files) {
    const { sizeBytes } = await keepBlob(ctx, blobId);
    const { id } = await ctx.tx
      .insertInto('ticket_attachments')
      .values({
        ticket_id: ticketId,
        reply_id: replyId,
        blob_id: blobId,
        file_name: fileName || 'file',
        media_type: mediaType,
        size_bytes: sizeBytes,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    kept.push({ id, replyId, fileName: fileName || 'file', mediaType, sizeBytes: Number(sizeBytes) });
  }
  return kept;
}

/** @throws AppError not_found. */
export const attachFile = verb(
  { permission: 'tickets.edit' },
  async (ctx, { id, file }: { id: string; file: StagedAttachment }): Promise<AttachmentView> => {
    await lockTicket(ctx, id);
    const [kept] = await keepAttachments(ctx, id, null, [file]);
    return kept!;
  },
);

/** One part of the file. @throws AppError not_found. */
export const readAttachment = verb(
  { permission: 'tickets.view' },
  async (
    ctx,
    { id, attachmentId, part }: { id: string; attachmentId: string; part: number },
  ): Promise<AttachmentView & BlobPart> => {
    const row = await ctx.tx
      .selectFrom('ticket_attachments')
      .selectAll()
      .where('organization_id', '=', ctx.organizationId)
      .where('ticket_id', '=', id)
      .where('id', '=', attachmentId)
      .executeTakeFirst();
    if (!row) throw notFound('The attachment');
    const sizeBytes = Number(row.size_bytes);
    return {
      id: row.id,
      replyId: row.reply_id,
      fileName: row.file_name,
      mediaType: row.media_type,
      sizeBytes,
      ...(await readBlobPart(ctx, row.blob_id, part, sizeBytes)),
    };
  },
);
