import { z } from 'zod';
import { invalid } from '../../domain/core/errors.ts';
import { UPLOAD_KINDS } from '../../domain/platform/upload.rules.ts';
import { IMPORT_KINDS } from '../../services/crm/imports/index.ts';
import {
  cancelUpload,
  createUpload,
  getUpload,
  listUploads,
  type PreviewView,
  previewUpload,
  readUploadErrors,
  type UploadView,
  undoUpload,
} from '../../services/platform/imports/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import {
  ListUploadsQuery,
  Preview,
  PreviewBody,
  Upload,
  UploadFields,
  UploadParams,
  UploadQuery,
} from './uploads.dto.ts';

const face = 'a' as const;
const tag = 'ingestion';

export const createUploadEndpoint = defineEndpoint({
  operationId: 'createUpload',
  face,
  method: 'post',
  path: '/uploads',
  tag,
  summary: 'Upload a CSV or JSON lines file and import its rows',
  description:
    'A form with the field `file`, or the file itself as the body with the fields as query parameters. The import runs as a durable process: follow it at its own path. A row has the same rules as the API; a bad one is reported with its line and stops no other.',
  errors: [409, 413, 415],
  status: 201,
  message: 'File uploaded; its import has been started',
  bodyKind: 'upload',
  query: UploadQuery,
  body: UploadFields,
  response: Upload,
  verb: createUpload,
  input: ({ query, body, raw }) => {
    const { kind, mapping, dryRun, fileName } = { ...query, ...body };
    if (!kind) throw invalid('kind', 'is required', undefined, `Use one of ${UPLOAD_KINDS.join(', ')}.`);
    const file = raw.file!;
    return {
      blobId: file.id,
      fileName: file.fileName || fileName || '',
      mediaType: file.mediaType,
      kind,
      mapping: mapping ?? null,
      dryRun: dryRun ?? false,
    };
  },
  output: (upload: UploadView) => upload,
  etag: (upload) => upload.version,
  location: (upload) => `/uploads/${upload.id}`,
  examples: [
    {
      name: 'Agents',
      body: { kind: 'agents' },
      file: {
        name: 'agents.csv',
        mediaType: 'text/csv',
        content: 'external_id,name\nagent-17,Ana Silva\nagent-18,Luis Ortega\n',
      },
    },
  ],
});

export const listUploadsEndpoint = defineEndpoint({
  operationId: 'listUploads',
  face,
  method: 'get',
  path: '/uploads',
  tag,
  summary: 'Data library: list uploads, newest first',
  list: 'page',
  message: 'Uploads',
  query: ListUploadsQuery,
  response: Upload,
  verb: listUploads,
  input: ({ query }) => query,
});

export const getUploadEndpoint = defineEndpoint({
  operationId: 'getUpload',
  face,
  method: 'get',
  path: '/uploads/{id}',
  tag,
  summary: 'Get an upload: status, progress, counts and its first errors',
  errors: [404],
  message: 'Upload',
  params: UploadParams,
  response: Upload,
  verb: getUpload,
  input: ({ params }) => ({ uploadId: params.id }),
  etag: (upload) => upload.version,
});

export const previewUploadEndpoint = defineEndpoint({
  operationId: 'previewUpload',
  face,
  method: 'post',
  path: '/uploads/{id}/preview',
  tag,
  summary: 'Preview an upload: first rows, mapping suggestions and problems',
  description: 'Tries the first rows as the import would, and stores nothing.',
  errors: [404],
  message: 'Upload preview',
  params: UploadParams,
  body: PreviewBody,
  response: Preview,
  verb: previewUpload(IMPORT_KINDS),
  input: ({ params, body }) => ({ uploadId: params.id, mapping: body?.mapping ?? null }),
  output: (preview: PreviewView) => preview as z.output<typeof Preview>,
  shownBy: 'nothing',
});

export const readUploadErrorsEndpoint = defineEndpoint({
  operationId: 'readUploadErrors',
  face,
  method: 'get',
  path: '/uploads/{id}/errors',
  tag,
  summary: 'Refused and skipped rows of an upload as a CSV file',
  description: 'Columns line, field, code, message. Cells that a spreadsheet would run as formulas are defused.',
  errors: [404],
  file: { mediaType: 'text/csv', name: 'upload-errors.csv' },
  params: UploadParams,
  response: z.string(),
  verb: readUploadErrors,
  input: ({ params }) => ({ uploadId: params.id }),
});

export const cancelUploadEndpoint = defineEndpoint({
  operationId: 'cancelUpload',
  face,
  method: 'post',
  path: '/uploads/{id}/cancel',
  tag,
  summary: 'Cancel an import',
  description: 'It ends between two batches; rows that are stored stay until the upload is undone.',
  errors: [404, 409],
  message: 'Import cancelled',
  params: UploadParams,
  response: Upload,
  verb: cancelUpload,
  input: ({ params }) => ({ uploadId: params.id }),
});

export const undoUploadEndpoint = defineEndpoint({
  operationId: 'undoUpload',
  face,
  method: 'post',
  path: '/uploads/{id}/undo',
  tag,
  summary: 'Undo an import',
  description:
    'Takes back what the upload created (facts are voided, agents, vendors and people deleted) and gives the records that it changed what they held before. What somebody changed or used since stays and is counted in `kept_after_undo`. Runs as a durable process.',
  errors: [404, 409],
  message: 'The import is being undone; records that were changed since stay and are counted in kept_after_undo',
  params: UploadParams,
  response: Upload,
  verb: undoUpload,
  input: ({ params }) => ({ uploadId: params.id }),
  examples: [{ name: 'A cancelled import', after: ['cancelUpload'] }],
});
