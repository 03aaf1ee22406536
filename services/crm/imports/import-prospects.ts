import { notFound } from '../../../domain/core/errors.ts';
import type { ImportPolicy, MatchKey, ProspectImportOptions } from '../../../domain/crm/prospect.input.ts';
import type { Mapping } from '../../../domain/platform/import-mapping.rules.ts';
import type { UploadStatus } from '../../../domain/platform/upload.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import {
  endUpload,
  findUpload,
  type RowError,
  startUpload,
  takeUploadBack,
  type UploadView,
} from '../../platform/imports/index.ts';

export interface ImportJob {
  id: string;
  status: UploadStatus;
  /** Rows; null until they are counted. */
  total: number | null;
  processed: number;
  created: number;
  updated: number;
  skipped: number;
  failed: number;
  errors: RowError[];
  dryRun: boolean;
  matchBy: MatchKey[];
  policy: ImportPolicy;
  failure: { code: string; message: string } | null;
  keptAfterUndo: number | null;
  keptIds: string[];
  startedAt: Date | null;
  completedAt: Date | null;
  createdAt: Date;
}

export interface ImportProspectsInput {
  matchBy?: MatchKey[] | undefined;
  policy?: ImportPolicy | undefined;
  /** A staged blob. */
  blobId: string;
  fileName: string;
  mediaType: string;
  mapping: Mapping | null;
  dryRun: boolean;
}

/** Takes over a file that has arrived and starts its import, a process of its own. */
export const importProspects = verb(
  { permission: 'prospects.edit' },
  async (ctx, { matchBy, policy, ...file }: ImportProspectsInput): Promise<ImportJob> => {
    const options = { matchBy: matchBy ?? ['email'], policy: policy ?? 'create_or_update' };
    return jobOf(await startUpload(ctx, { ...file, kind: 'prospects', options }));
  },
);

/** @throws AppError not_found, also for an upload of something else. */
export const getProspectImport = verb(
  { permission: 'prospects.view' },
  async (ctx, input: { jobId: string }): Promise<ImportJob> => jobOf(await findJob(ctx, input.jobId)),
);

/** Rows that are stored stay until the import is undone. @throws AppError not_found; conflict `UPLOAD_NOT_CANCELLABLE`. */
export const cancelProspectImport = verb(
  { permission: 'prospects.edit' },
  async (ctx, input: { jobId: string }): Promise<ImportJob> => {
    const { id } = await findJob(ctx, input.jobId);
    return jobOf(await endUpload(ctx, { uploadId: id }));
  },
);

/**
 * Deletes what the import created; what somebody changed or used since stays and is counted.
 * @throws AppError not_found; conflict `UPLOAD_NOT_UNDOABLE`.
 */
export const undoProspectImport = verb(
  { permission: 'prospects.delete' },
  async (ctx, input: { jobId: string }): Promise<ImportJob> => {
    const { id } = await findJob(ctx, input.jobId);
    return jobOf(await takeUploadBack(ctx, { uploadId: id }));
  },
);

async function findJob(ctx: Ctx, jobId: string): Promise<UploadView> {
  const upload = await findUpload(ctx, jobId);
  if (upload.kind !== 'prospects') throw notFound('The import');
  return upload;
}

function jobOf(upload: UploadView): ImportJob {
  const { matchBy = ['email'], policy = 'create_or_update' } = upload.options as Partial<ProspectImportOptions>;
  return {
    id: upload.id,
    status: upload.status,
    total: upload.progress.total,
    processed: upload.progress.processed,
    created: upload.created,
    updated: upload.updated,
    skipped: upload.skipped,
    failed: upload.failed,
    errors: upload.errors.map((error) => ({ ...error, field: error.field && camel(error.field) })),
    dryRun: upload.dryRun,
    matchBy,
    policy,
    failure: upload.failure,
    keptAfterUndo: upload.keptAfterUndo,
    keptIds: upload.keptIds,
    startedAt: upload.startedAt,
    completedAt: upload.completedAt,
    createdAt: upload.createdAt,
  };
}

/** Row errors are kept in the spelling of files. */
const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
