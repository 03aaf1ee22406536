import { MockActivityEnvironment } from '@temporalio/testing';
import type { Hono } from 'hono';
import { activityClock, attemptTimeInterceptor } from '../../activities/core/clock.ts';
import { createImportActivities, type ImportProgress } from '../../activities/platform/imports.activities.ts';
import { createBlobStore } from '../../services/core/blobs.ts';
import { createFaultPoint, type Fault } from '../../services/core/fault-points.ts';
import { IMPORT_KINDS } from '../../services/crm/imports/index.ts';
import type { TestDatabase } from '../database.ts';
import { type CallOptions, type CallResult, call, type TestOrganization } from './harness.ts';

export interface FileToSend {
  kind?: string;
  /** Default: the uploads of facts. */
  path?: string;
  content: string | Buffer;
  fileName?: string;
  fields?: Record<string, string>;
  headers?: CallOptions['headers'];
}

/** A form as curl or a browser would send it. */
export async function sendFile(app: Hono, as: TestOrganization, file: FileToSend): Promise<CallResult> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...(file.kind ? { kind: file.kind } : {}), ...file.fields }))
    form.append(name, value);
  const bytes = Buffer.isBuffer(file.content) ? file.content : Buffer.from(file.content);
  form.append('file', new Blob([new Uint8Array(bytes)], { type: 'text/csv' }), file.fileName ?? 'rows.csv');
  const encoded = new Response(form);
  const response = await app.request(file.path ?? '/v1/uploads', {
    method: 'POST',
    body: await encoded.arrayBuffer(),
    headers: {
      'x-api-key': as.key,
      'x-tenant-id': as.organizationId,
      'content-type': encoded.headers.get('content-type')!,
      ...(file.headers as Record<string, string> | undefined),
    },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: JSON.parse(text) };
}

/** What the process does for one upload, without a Temporal server; a `throw` fault ends an attempt. */
export function importWorker(
  database: TestDatabase,
  now: () => Date,
  options: { batchRows?: number; faults?: Fault[] } = {},
) {
  const activities = createImportActivities({
    db: database.app,
    clock: activityClock,
    blobs: createBlobStore(database.app),
    kinds: IMPORT_KINDS,
    faultPoint: createFaultPoint(options.faults ?? [], () => {}),
    batchRows: options.batchRows ?? 1_000,
  });
  return {
    work(organizationId: string, uploadId: string, generation = 1): Promise<ImportProgress> {
      const environment = new MockActivityEnvironment({}, { interceptors: [attemptTimeInterceptor(now)] });
      return environment.run(() => activities.importsWork({ organizationId, uploadId, generation }));
    },
  };
}

/** Sends a file, carries its import out and reads the upload. */
export async function importFile(
  database: TestDatabase,
  app: Hono,
  as: TestOrganization,
  file: FileToSend,
  options: { batchRows?: number } = {},
): Promise<Record<string, unknown> & { id: string }> {
  const sent = await sendFile(app, as, file);
  if (sent.status !== 201) throw new Error(sent.text);
  const { id } = sent.json.data;
  await importWorker(database, () => new Date('2026-06-30T12:00:00Z'), options).work(as.organizationId, id);
  return (await call(app, as, 'GET', `/v1/uploads/${id}`)).json.data;
}
