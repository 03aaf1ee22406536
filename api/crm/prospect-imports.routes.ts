import { z } from 'zod';
import { IMPORT_POLICIES, MATCH_KEYS } from '../../domain/crm/prospect.input.ts';
import { UPLOAD_STATUSES } from '../../domain/platform/upload.rules.ts';
import {
  cancelProspectImport,
  getProspectImport,
  importProspects,
  undoProspectImport,
} from '../../services/crm/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, timestamp } from '../http/schemas.ts';
import { flagText, mappingText } from '../platform/uploads.dto.ts';

const face = 'b' as const;
const tag = 'prospects';
const params = z.strictObject({ jobId: id() });

const fields = {
  mapping: mappingText(60_000).optional(),
  dryRun: flagText().optional().describe('Check every row and store none'),
  matchBy: z
    .string()
    .transform((given) => given.split(',').map((key) => key.trim()))
    .pipe(z.array(z.enum(MATCH_KEYS, `must be of ${MATCH_KEYS.join(', ')}`)).min(1))
    .optional()
    .describe(
      'Comma-separated; the first of them that a row has a value for finds the record that it means. Default: email',
    ),
  policy: z
    .enum(IMPORT_POLICIES)
    .optional()
    .describe('create skips rows whose record is there, update those whose record is not. Default: create_or_update'),
};

const count = () => z.int().min(0);
export const ProspectImport = z
  .strictObject({
    id: id(),
    status: z.enum(UPLOAD_STATUSES),
    total: count().nullable().describe('Rows; null until they are counted'),
    processed: count(),
    created: count(),
    updated: count(),
    skipped: count(),
    failed: count(),
    errors: z
      .array(z.strictObject({ line: z.int(), field: z.string().nullable(), code: z.string(), message: z.string() }))
      .describe('The first ones; GET /v1/uploads/{id}/errors has all of them'),
    dryRun: z.boolean(),
    matchBy: z.array(z.enum(MATCH_KEYS)),
    policy: z.enum(IMPORT_POLICIES),
    failure: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
    keptAfterUndo: count().nullable().describe('Records that an undo left: changed or used since'),
    keptIds: z.array(z.uuid()).describe('The first 100 of them; lists leave them out'),
    startedAt: timestamp().nullable(),
    completedAt: timestamp().nullable(),
    createdAt: timestamp(),
  })
  .meta({ id: 'ProspectImport' });

export const importProspectsEndpoint = defineEndpoint({
  operationId: 'importProspects',
  face,
  method: 'post',
  path: '/prospects/import',
  tag,
  summary: 'Import prospects from a CSV or JSON lines file',
  description:
    'A form with the field `file`, or the file itself as the body with the fields as query parameters. Columns are recognised in snake_case, camelCase or by their usual names. Runs as a durable process: a bad row is reported with its line and stops no other, an empty cell leaves a value as it is, a row that comes again changes what the first one created.',
  errors: [409, 413, 415],
  status: 201,
  bodyKind: 'upload',
  query: z.strictObject({
    ...fields,
    mapping: mappingText(4_000).optional(),
    fileName: z.string().trim().max(255).optional(),
  }),
  body: z.strictObject(fields),
  response: ProspectImport,
  verb: importProspects,
  input: ({ query, body, raw }) => {
    const { mapping, dryRun, fileName, ...options } = { ...query, ...body };
    const file = raw.file!;
    return {
      ...options,
      blobId: file.id,
      fileName: file.fileName || fileName || '',
      mediaType: file.mediaType,
      mapping: mapping ?? null,
      dryRun: dryRun ?? false,
    };
  },
  location: (job) => `/prospects/import/${job.id}`,
  examples: [
    {
      name: 'Two people',
      body: {},
      file: {
        name: 'prospects.csv',
        mediaType: 'text/csv',
        content: 'email,first_name,company\njane@example.com,Jane,Acme Inc\njim@example.com,Jim,Globex\n',
      },
    },
  ],
});

export const getProspectImportEndpoint = defineEndpoint({
  operationId: 'getProspectImport',
  face,
  method: 'get',
  path: '/prospects/import/{jobId}',
  tag,
  summary: 'Get an import of prospects: status, counts and its first errors',
  errors: [404],
  params,
  response: ProspectImport,
  verb: getProspectImport,
  input: ({ params: given }) => given,
});

export const cancelProspectImportEndpoint = defineEndpoint({
  operationId: 'cancelProspectImport',
  face,
  method: 'post',
  path: '/prospects/import/{jobId}/cancel',
  tag,
  summary: 'Cancel an import of prospects',
  description: 'It ends between two batches; rows that are stored stay until the import is undone.',
  errors: [404, 409],
  params,
  response: ProspectImport,
  verb: cancelProspectImport,
  input: ({ params: given }) => given,
});

export const undoProspectImportEndpoint = defineEndpoint({
  operationId: 'undoProspectImport',
  face,
  method: 'post',
  path: '/prospects/import/{jobId}/undo',
  tag,
  summary: 'Undo an import of prospects',
  description:
    'Deletes the prospects that the import created (they can be restored) and gives those that it changed what they held before. What somebody changed, linked or worked with since stays, is counted in keptAfterUndo and named in keptIds. Runs as a durable process.',
  errors: [404, 409],
  params,
  response: ProspectImport,
  verb: undoProspectImport,
  input: ({ params: given }) => given,
  examples: [{ name: 'A cancelled import', after: ['cancelProspectImport'] }],
});
