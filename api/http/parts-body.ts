import { Readable } from 'node:stream';
import type { BlobOwner } from '../../domain/core/blob.port.ts';
import { AppError, invalid } from '../../domain/core/errors.ts';
import { isStorableText } from './casing.ts';
import { type BodySource, JSON_TYPE, parseJsonText, readBodyText } from './json-body.ts';
import { boundaryOf, type Part, partsOf } from './multipart.ts';
import type { UploadedFile, UploadLimits } from './upload-body.ts';

export interface ReceivedParts {
  /** Fields by name; the last one of a name counts. */
  readonly fields: Record<string, unknown>;
  readonly files: readonly UploadedFile[];
}

/** Texts of mails are long; files have the limit of uploads. */
const MAX_FIELD_BYTES = 4_194_304;

/**
 * A form with any number of files, which are streamed into the blob store, or the same fields as JSON.
 * @throws AppError payload_too_large, unsupported_media_type, validation; nothing is left behind then.
 */
export async function receiveParts(source: BodySource, owner: BlobOwner, limits: UploadLimits): Promise<ReceivedParts> {
  const contentType = source.header('content-type') ?? '';
  if (JSON_TYPE.test(contentType)) {
    const given = parseJsonText(await readBodyText(source, limits.maxBytes));
    if (typeof given !== 'object' || given === null || Array.isArray(given)) throw invalid('body', 'must be an object');
    for (const [name, value] of Object.entries(given)) requireStorable(name, value);
    return { fields: given as Record<string, unknown>, files: [] };
  }
  const boundary = boundaryOf(contentType);
  const stream = source.stream();
  if (boundary === null || !stream) throw unsupported();
  const fields: Record<string, unknown> = {};
  const files: UploadedFile[] = [];
  try {
    for await (const part of partsOf(stream, boundary)) {
      if (part.fileName === undefined) fields[part.name] = await readText(part);
      else files.push(await storeFile(part, owner, limits));
    }
  } catch (error) {
    await discardFiles(files, owner, limits);
    throw error;
  }
  return { fields, files };
}

export async function discardFiles(
  files: readonly UploadedFile[],
  owner: BlobOwner,
  { blobs }: UploadLimits,
): Promise<void> {
  for (const { id } of files) await blobs.delete(owner, id).catch(() => {});
}

/** JSON of a gateway; in a form of a provider, a mail's NUL is taken out instead. */
function requireStorable(name: string, value: unknown): void {
  if (!isStorableText(name)) throw invalid('body', 'has a field whose name is no text');
  if (typeof value === 'string' && !isStorableText(value))
    throw invalid(name, 'contains a NUL character or half a surrogate pair');
}

async function storeFile({ content, mediaType, fileName }: Part, owner: BlobOwner, limits: UploadLimits) {
  const name = (fileName ?? '').split(/[\\/]/).at(-1)!.slice(0, 255);
  if (!isStorableText(name)) throw invalid('file', 'has a name with a NUL character');
  const staged = await limits.blobs.put(owner, Readable.from(content), { mediaType, limitBytes: limits.maxBytes });
  return { ...staged, fileName: name, mediaType };
}

async function readText({ name, content }: Part): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of content) {
    size += part.length;
    if (size > MAX_FIELD_BYTES) throw invalid(name, `must have at most ${MAX_FIELD_BYTES} bytes`);
    parts.push(part);
  }
  // Mails hold what Postgres does not: a NUL says nothing to anybody.
  return Buffer.concat(parts).toString('utf8').replaceAll('\0', '');
}

const unsupported = (): AppError =>
  new AppError('unsupported_media_type', 'UNSUPPORTED_MEDIA_TYPE', 'The body must be a form or JSON.', {
    hint: 'Send multipart/form-data, or the same fields as application/json.',
  });
