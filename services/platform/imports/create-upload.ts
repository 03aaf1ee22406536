import type { Mapping } from '../../../domain/platform/import-mapping.rules.ts';
import { type UploadKind, uploadFormat } from '../../../domain/platform/upload.rules.ts';
import { audit } from '../../core/audit.ts';
import { deleteAbandonedBlobs, keepBlob } from '../../core/blobs.ts';
import { startProcess } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { authorityFor } from './upload-authority.ts';
import { findUpload, type ImportCursor, type UploadView } from './upload-view.ts';

export interface CreateUploadInput {
  /** A staged blob. */
  blobId: string;
  fileName: string;
  mediaType: string;
  kind: UploadKind;
  mapping: Mapping | null;
  dryRun: boolean;
}

/** Takes over a file that has arrived and starts its import. @throws AppError not_found when the blob is gone. */
export const createUpload = verb(
  { permission: 'data.upload' },
  async (ctx, input: CreateUploadInput): Promise<UploadView> => {
    const { id } = await insertUpload(ctx, input);
    await startImport(ctx, id);
    return findUpload(ctx, id);
  },
);

const GENERATION = 1;

/** The upload without its process. @throws AppError not_found; forbidden where the kind needs more than uploading. */
export async function insertUpload(
  ctx: Ctx,
  input: CreateUploadInput,
): Promise<{ id: string; blobId: string; sizeBytes: number; generation: number }> {
  const authority = authorityFor(ctx, input.kind);
  const blob = await keepBlob(ctx, input.blobId);
  await deleteAbandonedBlobs(ctx);
  const format = uploadFormat(input.mediaType, input.fileName);
  const cursor: ImportCursor = { dryRun: input.dryRun };
  const { id } = await ctx.tx
    .insertInto('uploads')
    .values({
      kind: input.kind,
      file_name: input.fileName || `${input.kind}.${format}`,
      format,
      blob_id: blob.id,
      mapping: input.mapping ? JSON.stringify(input.mapping) : null,
      cursor: JSON.stringify(cursor),
      authority: authority ? JSON.stringify(authority) : null,
      generation: GENERATION,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const after = { kind: input.kind, format, sizeBytes: blob.sizeBytes, dryRun: input.dryRun };
  await audit(ctx, 'upload.create', { entityType: 'upload', entityId: id, after });
  return { id, blobId: blob.id, sizeBytes: blob.sizeBytes, generation: GENERATION };
}

export async function startImport(ctx: Ctx, uploadId: string): Promise<void> {
  const process = { organizationId: ctx.organizationId, uploadId, generation: GENERATION };
  await startProcess(ctx, 'import', { entityId: uploadId, generation: GENERATION }, process);
}
