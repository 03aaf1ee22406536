import { AppError, invalid } from '../../domain/core/errors.ts';
import { type BodySource, readBodyBytes } from './json-body.ts';

const FORM_TYPE = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/**
 * The texts of a form as mail programs and providers send them, the last of each name; files are left out. An absent body
 * is an empty form. @throws AppError 413, 415, or 400 where it is not well-formed
 */
export async function readForm(source: BodySource, limitBytes: number): Promise<Record<string, string>> {
  const bytes = await readBodyBytes(source, limitBytes);
  if (bytes.length === 0) return {};
  const type = source.header('content-type') ?? '';
  const encoding = source.header('content-encoding')?.toLowerCase() ?? 'identity';
  if (!FORM_TYPE.test(type) || encoding !== 'identity') {
    throw new AppError('unsupported_media_type', 'UNSUPPORTED_MEDIA_TYPE', 'The body must be a form, uncompressed.', {
      hint: 'Send it as application/x-www-form-urlencoded or multipart/form-data.',
    });
  }
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData().catch(() => {
    throw invalid('body', 'The body is not a well-formed form.');
  });
  const fields: Record<string, string> = Object.create(null);
  // Postgres keeps no NUL, and a mail must not be lost for one.
  for (const [name, value] of form) if (typeof value === 'string') fields[name] = value.replaceAll('\0', '');
  return fields;
}
