import { Readable } from 'node:stream';
import type { BlobOwner, BlobStore, StagedBlob } from '../../domain/core/blob.port.ts';
import { AppError, invalid } from '../../domain/core/errors.ts';
import { isStorableText } from './casing.ts';
import { type BodySource, JSON_TYPE, parseJsonText, readBodyText } from './json-body.ts';
import { boundaryOf, partsOf } from './multipart.ts';

/** A file that has arrived and belongs to nothing yet. */
export interface UploadedFile extends StagedBlob {
  readonly fileName: string;
  readonly mediaType: string;
}

export interface ReceivedUpload {
  readonly file: UploadedFile;
  /** The other fields of the form, as a query string. */
  readonly fields: string;
}

export interface UploadLimits {
  readonly blobs: BlobStore;
  readonly maxBytes: number;
  /** Present: the rows may also be a JSON array of at most this size. */
  readonly rowsLimitBytes?: number;
}

const LINES_TYPE = 'application/x-ndjson';
const MAX_FIELD_BYTES = 65_536;
const RAW_TYPES = /^(text\/csv|application\/(x-)?(ndjson|jsonl))\b/i;

/**
 * Streams the one file of a request into the blob store: the field `file` of a form, or a body that is the file.
 * @throws AppError payload_too_large, unsupported_media_type, validation; nothing is left behind then.
 */
export async function receiveUpload(
  source: BodySource,
  owner: BlobOwner,
  { blobs, maxBytes, rowsLimitBytes }: UploadLimits,
): Promise<ReceivedUpload> {
  const contentType = source.header('content-type') ?? '';
  if (rowsLimitBytes !== undefined && JSON_TYPE.test(contentType)) {
    const lines = linesOf(await readBodyText(source, rowsLimitBytes));
    const file = await blobs.put(owner, Readable.from(lines), { mediaType: LINES_TYPE, limitBytes: maxBytes });
    return { file: { ...file, fileName: 'rows.jsonl', mediaType: LINES_TYPE }, fields: '' };
  }
  const boundary = boundaryOf(contentType);
  if (boundary === null && !RAW_TYPES.test(contentType)) throw unsupported();
  const encoding = source.header('content-encoding');
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') throw unsupported();
  const stream = source.stream();
  if (!stream) throw invalid('file', 'is missing');
  const store = (content: AsyncIterable<Uint8Array>, mediaType: string) =>
    blobs.put(owner, content, { mediaType, limitBytes: maxBytes });
  if (boundary === null) {
    const file = await store(stream, contentType);
    return requireContent({ file: { ...file, fileName: '', mediaType: contentType }, fields: '' }, owner, blobs);
  }
  let file: UploadedFile | undefined;
  const fields = new URLSearchParams();
  try {
    for await (const part of partsOf(stream, boundary)) {
      if (part.name !== 'file') {
        fields.append(part.name, await readField(part.name, part.content));
      } else {
        if (file) throw invalid('file', 'is given twice');
        file = { ...(await store(part.content, part.mediaType)), ...namesOf(part.fileName, part.mediaType) };
      }
    }
    if (!file) throw invalid('file', 'is missing');
    return await requireContent({ file, fields: fields.toString() }, owner, blobs);
  } catch (error) {
    if (file) await blobs.delete(owner, file.id).catch(() => {});
    throw error;
  }
}

function namesOf(fileName: string | undefined, mediaType: string): { fileName: string; mediaType: string } {
  // Some browsers send a path; only its last part is a name.
  const name = (fileName ?? '').split(/[\\/]/).at(-1)!.slice(0, 255);
  if (!isStorableText(name)) throw invalid('file', 'has a name with a NUL character');
  return { fileName: name, mediaType };
}

async function requireContent(received: ReceivedUpload, owner: BlobOwner, blobs: BlobStore): Promise<ReceivedUpload> {
  if (received.file.sizeBytes > 0) return received;
  await blobs.delete(owner, received.file.id);
  throw invalid('file', 'is empty');
}

async function readField(name: string, content: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of content) {
    size += part.length;
    if (size > MAX_FIELD_BYTES) throw invalid(name, `must have at most ${MAX_FIELD_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** A JSON array as JSON lines, so that one reader knows all files. @throws AppError validation. */
function linesOf(text: string): Buffer[] {
  const rows = parseJsonText(text === '' ? '[]' : text);
  if (!Array.isArray(rows) || rows.length === 0) throw invalid('body', 'must be a JSON array with at least one row');
  return [Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'))];
}

const unsupported = (): AppError =>
  new AppError('unsupported_media_type', 'UNSUPPORTED_MEDIA_TYPE', 'The body must be a file.', {
    hint: 'Send multipart/form-data with the field "file", or the file itself as text/csv or application/x-ndjson, uncompressed.',
  });
