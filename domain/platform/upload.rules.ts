import { conflict } from '../core/errors.ts';
import type { Permission } from './permissions.rules.ts';

export const UPLOAD_KINDS = [
  'interactions',
  'conversions',
  'spend',
  'agents',
  'vendors',
  'users',
  'prospects',
  'intent_signals',
] as const;
export type UploadKind = (typeof UPLOAD_KINDS)[number];

/** What gives rights away needs more than uploading, and goes by what its uploader may give. */
export const KIND_PERMISSION: Readonly<Partial<Record<UploadKind, Permission>>> = { users: 'users.create' };

export const UPLOAD_STATUSES = ['pending', 'running', 'completed', 'failed', 'cancelled', 'undoing', 'undone'] as const;
export type UploadStatus = (typeof UPLOAD_STATUSES)[number];

export type UploadFormat = 'csv' | 'jsonl';

/** What may be asked of an upload in each state. */
const ALLOWED: Record<UploadStatus, { readonly cancel: boolean; readonly undo: boolean }> = {
  pending: { cancel: true, undo: false },
  running: { cancel: true, undo: false },
  completed: { cancel: false, undo: true },
  failed: { cancel: false, undo: true },
  cancelled: { cancel: false, undo: true },
  undoing: { cancel: false, undo: false },
  undone: { cancel: false, undo: false },
};

/** @throws AppError conflict `UPLOAD_NOT_CANCELLABLE`. */
export function assertCancellable(status: UploadStatus): void {
  if (ALLOWED[status].cancel) return;
  throw conflict('UPLOAD_NOT_CANCELLABLE', `The upload is ${status} and cannot be cancelled.`, {
    details: { status },
    hint: 'Only a pending or running upload can be cancelled; a finished one can be undone.',
  });
}

/** @throws AppError conflict `UPLOAD_NOT_UNDOABLE`. */
export function assertUndoable(status: UploadStatus): void {
  if (ALLOWED[status].undo) return;
  throw conflict('UPLOAD_NOT_UNDOABLE', `The upload is ${status} and cannot be undone.`, {
    details: { status },
    hint: 'Undo an upload that is completed, failed or cancelled; cancel a running one first.',
  });
}

/** By the media type that was stated, then by the name's ending; everything else is read as CSV. */
export function uploadFormat(mediaType: string, fileName: string): UploadFormat {
  const type = mediaType.split(';')[0]!.trim().toLowerCase();
  if (/^application\/(x-)?(ndjson|jsonl|jsonlines|json)$/.test(type)) return 'jsonl';
  if (type !== 'text/csv' && /\.(jsonl|ndjson|json)$/i.test(fileName)) return 'jsonl';
  return 'csv';
}
