import {
  assertCancellable,
  assertUndoable,
  type UploadKind,
  type UploadStatus,
} from '../../../domain/platform/upload.rules.ts';
import { audit } from '../../core/audit.ts';
import { signalProcess, startProcess } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { uploadCancelled } from '../events.ts';
import { forgetSeen } from './dry-run.ts';
import { authorityFor } from './upload-authority.ts';
import { findUpload, lockUpload, type UploadView } from './upload-view.ts';

/**
 * Ends a pending or running import between two batches. Rows that are stored stay; undo takes them back.
 * @throws AppError not_found; conflict `UPLOAD_NOT_CANCELLABLE`.
 */
export const cancelUpload = verb({ permission: 'data.upload' }, endUpload);

/** As `cancelUpload`, for a wing with a permission of its own. */
export async function endUpload(ctx: Ctx, input: { uploadId: string }): Promise<UploadView> {
  const before = await lockUpload(ctx, input.uploadId);
  assertCancellable(before.status as UploadStatus);
  await ctx.tx
    .updateTable('uploads')
    .set({ status: 'cancelled', completed_at: ctx.now })
    .where('id', '=', before.id)
    .execute();
  await forgetSeen(ctx, before.id);
  await audit(ctx, 'upload.cancel', {
    entityType: 'upload',
    entityId: before.id,
    before: { status: before.status },
    after: { status: 'cancelled', created: before.created },
  });
  await emit(ctx, uploadCancelled, { entityId: before.id, data: { uploadId: before.id, kind: before.kind } });
  await signalProcess(ctx, 'import', { entityId: before.id, generation: before.generation }, 'uploadChanged');
  return findUpload(ctx, before.id);
}

/**
 * Takes back what an ended import created and nobody has changed since, as a process of its own.
 * @throws AppError not_found; conflict `UPLOAD_NOT_UNDOABLE`.
 */
export const undoUpload = verb({ permission: 'data.upload' }, takeUploadBack);

/** As `undoUpload`, for a wing with a permission of its own. */
export async function takeUploadBack(ctx: Ctx, input: { uploadId: string }): Promise<UploadView> {
  const before = await lockUpload(ctx, input.uploadId);
  assertUndoable(before.status as UploadStatus);
  const authority = authorityFor(ctx, before.kind as UploadKind);
  const generation = before.generation + 1;
  await ctx.tx
    .updateTable('uploads')
    .set({
      status: 'undoing',
      generation,
      kept_after_undo: 0,
      completed_at: null,
      ...(authority ? { authority: JSON.stringify(authority) } : {}),
    })
    .where('id', '=', before.id)
    .execute();
  await ctx.tx.updateTable('upload_records').set({ kept: false }).where('upload_id', '=', before.id).execute();
  await audit(ctx, 'upload.undo', {
    entityType: 'upload',
    entityId: before.id,
    before: { status: before.status },
    after: { status: 'undoing' },
  });
  const process = { organizationId: ctx.organizationId, uploadId: before.id, generation };
  await startProcess(ctx, 'import', { entityId: before.id, generation }, process);
  return findUpload(ctx, before.id);
}
