import { openAsBlob } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Revloop, Schemas } from '../client/index.ts';
import { EXIT, type ExitCode, type IngestCommand, UsageError } from './arguments.ts';
import { type Output, table } from './output.ts';
import { growingPauses } from './pauses.ts';

const JSON_LINES = ['.jsonl', '.ndjson'];
type Upload = Schemas['v1.Upload'];

/** Sends the file from disk, as it is read, and follows the import until it has ended. */
export async function ingest(api: Revloop, command: IngestCommand, output: Output): Promise<ExitCode> {
  const mapping = command.mappingFile === undefined ? undefined : await readMapping(command.mappingFile);
  const file = await openFile(command.file);
  const fileName = basename(command.file);
  output.note(`Sending ${fileName} (${file.size} bytes) …`);
  const format = JSON_LINES.includes(extname(fileName).toLowerCase()) ? 'jsonl' : 'csv';
  let upload = await api.upload(file, { kind: command.kind, fileName, format, mapping, dryRun: command.dryRun });
  output.note(`Upload ${upload.id}`);
  const pause = growingPauses();
  while (upload.status === 'pending' || upload.status === 'running') {
    output.progress('Importing', upload.progress.processed, upload.progress.total);
    await pause();
    ({ data: upload } = (await api.get('/v1/uploads/{id}', { params: { path: { id: upload.id } } })).data);
  }
  output.progress('Importing', upload.progress.processed, upload.progress.total);
  output.endProgress();
  print(upload, output);
  output.document(upload);
  return upload.status === 'completed' && upload.failed === 0 ? EXIT.ok : EXIT.failed;
}

async function openFile(path: string): Promise<Blob> {
  try {
    return await openAsBlob(path);
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

async function readMapping(path: string): Promise<Record<string, string | null>> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path} cannot be read as JSON: ${(error as Error).message}`);
  }
  const isMapping =
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((field) => field === null || typeof field === 'string');
  if (!isMapping) throw new UsageError(`${path} is no mapping; it is a JSON object of column: field or null.`);
  return value as Record<string, string | null>;
}

function print(upload: Upload, output: Output): void {
  const { created, updated, skipped, failed } = upload;
  output.line(`${upload.dry_run ? 'Dry run, nothing is stored: ' : ''}${upload.status}`);
  output.line(
    table([
      ['created', created],
      ['updated', updated],
      ['skipped', skipped],
      ['failed', failed],
    ]),
  );
  if (upload.failure) output.line(`${upload.failure.message} (${upload.failure.code})`);
  if (upload.errors.length === 0) return;
  const errors = upload.errors.map(({ line, field, code, message }) => [`line ${line}`, field ?? '', code, message]);
  output.line(`\n${table(errors)}`);
  if (failed > upload.errors.length) output.line(`All ${failed}: GET /v1/uploads/${upload.id}/errors`);
}
