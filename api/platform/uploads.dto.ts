import { z } from 'zod';
import { ENCODINGS } from '../../domain/platform/import-encoding.rules.ts';
import { UPLOAD_KINDS, UPLOAD_STATUSES } from '../../domain/platform/upload.rules.ts';
import { id, pageQuery, timestamp } from '../http/schemas.ts';

export const UploadParams = z.strictObject({ id: id() });

const Mapping = z.record(z.string().max(1_000), z.string().max(100).nullable());

/** In a form and in a query string a mapping is JSON text. */
export const mappingText = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text, context) => {
      try {
        const parsed = Mapping.safeParse(JSON.parse(text));
        if (parsed.success) return parsed.data;
      } catch {}
      context.issues.push({ code: 'custom', message: 'must be a JSON object of column: field (or null)', input: text });
      return z.NEVER;
    })
    .describe('JSON object of column: field; null leaves a column out. Absent: columns are recognised by their names');

export const flagText = () => z.enum(['true', 'false']).transform((text) => text === 'true');

const fields = {
  kind: z.enum(UPLOAD_KINDS).optional(),
  mapping: mappingText(60_000).optional(),
  dryRun: flagText().optional().describe('Check every row and store none'),
};

export const UploadFields = z.strictObject(fields);
export const UploadQuery = z.strictObject({
  ...fields,
  // Percent-encoded it is up to three times as long, and a URL has 16 kB for everything.
  mapping: mappingText(4_000).optional(),
  fileName: z.string().trim().max(255).optional().describe('For a body that is the file'),
});

export const ListUploadsQuery = z.strictObject({
  ...pageQuery,
  kind: z.enum(UPLOAD_KINDS).optional(),
  status: z.enum(UPLOAD_STATUSES).optional(),
});

const count = () => z.int().min(0);

export const RowProblem = z.strictObject({
  line: z.int().describe('First physical line of the row in the file'),
  field: z.string().nullable(),
  code: z.string(),
  message: z.string(),
});

export const Upload = z
  .strictObject({
    id: id(),
    kind: z.enum(UPLOAD_KINDS),
    fileName: z.string(),
    format: z.enum(['csv', 'jsonl']),
    sizeBytes: count(),
    status: z.enum(UPLOAD_STATUSES),
    dryRun: z.boolean(),
    options: z.record(z.string(), z.unknown()).describe('How rows find existing records, where the kind has a choice'),
    mapping: Mapping.nullable(),
    encoding: z.enum(ENCODINGS).nullable().describe('windows-1252 is the fallback for what is no UTF-8'),
    delimiter: z.string().nullable(),
    progress: z.strictObject({ processed: count(), total: count().nullable() }),
    created: count(),
    updated: count(),
    skipped: count().describe('Duplicates'),
    failed: count(),
    errors: z.array(RowProblem).describe('The first ones; /errors has all of them'),
    failure: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
    keptAfterUndo: count().nullable().describe('Records that an undo left: changed or used since'),
    keptIds: z.array(z.uuid()).describe('The first 100 of them; lists of uploads leave them out'),
    startedAt: timestamp().nullable(),
    completedAt: timestamp().nullable(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.int(),
  })
  .meta({ id: 'Upload' });

export const PreviewBody = z
  .strictObject({ mapping: Mapping.optional().describe('Tried instead of the mapping of the upload') })
  .optional();

export const Preview = z
  .strictObject({
    format: z.enum(['csv', 'jsonl']),
    encoding: z.enum(ENCODINGS),
    delimiter: z.string().nullable(),
    header: z.array(z.string()),
    fields: z.array(z.strictObject({ name: z.string(), required: z.boolean() })),
    suggestions: z.array(
      z.strictObject({
        column: z.string(),
        field: z.string().nullable(),
        confidence: z.number().describe('From 0.9 on it is used without being confirmed'),
      }),
    ),
    mapping: Mapping,
    rows: z.array(z.strictObject({ line: z.int(), values: z.record(z.string(), z.unknown()).nullable() })),
    problems: z.array(z.strictObject({ code: z.string(), message: z.string() })),
    errors: z.array(RowProblem),
  })
  .meta({ id: 'UploadPreview' });
