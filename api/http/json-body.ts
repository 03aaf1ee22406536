import { isUtf8 } from 'node:buffer';
import { AppError, invalid, invalidAll } from '../../domain/core/errors.ts';
import { fromWire, type Shape } from './casing.ts';
import type { Face } from './endpoint.ts';
import { countMembers, findDuplicateKey, isSuspicious, namesIn, parseJson, scanJson } from './json-text.ts';

const MAX_DEPTH = 100;

export interface BodySource {
  header(name: string): string | undefined;
  arrayBuffer(): Promise<ArrayBuffer>;
  stream(): ReadableStream<Uint8Array> | null;
}

const NOTHING = Buffer.alloc(0);

/** The body as it came; empty without one. @throws AppError 413 above the limit. */
export async function readBodyBytes(source: BodySource, limitBytes: number): Promise<Buffer> {
  const declared = source.header('content-length');
  if (declared === '0') return NOTHING;
  if (declared === undefined && source.header('transfer-encoding') === undefined && source.stream() === null)
    return NOTHING;
  if (declared !== undefined && Number(declared) > limitBytes) throw tooLarge(limitBytes);
  // Node ends a body at its declared length, so only an undeclared one has to be counted while it streams.
  const bytes =
    declared === undefined ? await readLimited(source, limitBytes) : Buffer.from(await source.arrayBuffer());
  if (bytes.length > limitBytes) throw tooLarge(limitBytes);
  return bytes;
}

/** The body's text, '' without a body. @throws AppError 413 above the limit, 415 for a foreign type, 400 for broken UTF-8. */
export async function readBodyText(source: BodySource, limitBytes: number, type = JSON_TYPE): Promise<string> {
  const bytes = await readBodyBytes(source, limitBytes);
  if (bytes.length === 0) return '';
  requireJson(source, type);
  if (!isUtf8(bytes)) throw invalid('body', 'The body is not valid UTF-8.');
  return bytes.toString('utf8');
}

async function readLimited(source: BodySource, limitBytes: number): Promise<Buffer> {
  const reader = source.stream()?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) return Buffer.concat(chunks);
    size += part.value.byteLength;
    if (size > limitBytes) {
      await reader?.cancel().catch(() => {});
      throw tooLarge(limitBytes);
    }
    chunks.push(part.value);
  }
}

const tooLarge = (limitBytes: number): AppError =>
  new AppError('payload_too_large', 'PAYLOAD_TOO_LARGE', `The body is larger than ${limitBytes} bytes.`, {
    hint: 'Send it in several requests.',
  });

export const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;\s*charset="?utf-8"?\s*)?$/i;
/** JSON that calls itself text: a browser sends that to another origin without asking first. */
export const BEACON_TYPE = /^(?:text\/plain|application\/json)\s*(?:;\s*charset="?utf-8"?\s*)?$/i;

function requireJson(source: BodySource, accepted: RegExp): void {
  const type = source.header('content-type');
  const encoding = source.header('content-encoding');
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw unsupported(`The content encoding ${encoding.slice(0, 40)} is not supported.`, 'Send the body uncompressed.');
  }
  if (type === undefined || !accepted.test(type)) {
    throw unsupported('The body must be JSON.', 'Send the header Content-Type: application/json.');
  }
}

const unsupported = (message: string, hint: string): AppError =>
  new AppError('unsupported_media_type', 'UNSUPPORTED_MEDIA_TYPE', message, { hint });

/** JSON text → camelCase value for the schema. @throws AppError validation naming the field where one is known. */
export function parseBody(text: string, face: Face, shape: Shape | undefined, money: ReadonlySet<string>): unknown {
  const { parsed, deep } = readJson(text, money);
  const reader = { face, deep, issues: [] };
  const value = fromWire(reader, shape, parsed);
  if (reader.issues.length > 0) throw invalidAll(reader.issues);
  return value;
}

/** A JSON array → one camelCase value or refusal per row. @throws AppError validation for what is wrong with the text. */
export function parseRows(
  text: string,
  face: Face,
  shape: Shape | undefined,
  money: ReadonlySet<string>,
): (unknown | AppError)[] {
  const { parsed, deep } = readJson(text, money);
  return (parsed as unknown[]).map((row) => {
    const reader = { face, deep, issues: [] };
    const value = fromWire(reader, shape, row);
    return reader.issues.length > 0 ? invalidAll(reader.issues) : value;
  });
}

/** A JSON text as it is, for rows that are read elsewhere. @throws AppError validation. */
export const parseJsonText = (text: string): unknown => readJson(text, new Set()).parsed;

/** What any text has to keep, whatever it says. */
function readJson(text: string, money: ReadonlySet<string>): { parsed: unknown; deep: boolean } {
  const { depth, members, largeNumber } = scanJson(text);
  if (depth > MAX_DEPTH) throw invalid('body', `The body is nested deeper than ${MAX_DEPTH} levels.`);
  const suspicious = largeNumber || isSuspicious(text);
  // Keeping digits costs several times the parsing itself: only a text that holds money pays for it.
  const kept = suspicious ? money : namesIn(text, money);
  let parsed: unknown;
  try {
    parsed = parseJson(text, kept, suspicious);
  } catch {
    throw invalid('body', 'The body is not well-formed JSON.');
  }
  if (countMembers(parsed) !== members) {
    throw invalid(findDuplicateKey(text) ?? 'body', 'is given twice in one object');
  }
  return { parsed, deep: suspicious || kept.size > 0 };
}
