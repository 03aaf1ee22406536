import { invalid } from '../../domain/core/errors.ts';
import { fromWire, isStorableText, type JsonSchema, jsonSchemaOf, type Shape } from './casing.ts';
import type { Endpoint, Face } from './endpoint.ts';

/** Query parameters that may be repeated: those whose schema is an array. */
export function listParameters(endpoint: Endpoint): ReadonlySet<string> {
  if (!endpoint.query) return new Set();
  const properties = Object.entries(jsonSchemaOf(endpoint.query).properties ?? {});
  return new Set(properties.filter(([, node]) => acceptsArray(node as JsonSchema)).map(([name]) => name));
}

const acceptsArray = (node: JsonSchema): boolean =>
  node.type === 'array' || (node.anyOf ?? []).some((branch) => acceptsArray(branch as JsonSchema));

/** Raw query string → camelCase values for the schema. @throws AppError validation naming the parameter. */
export function parseQuery(
  search: string,
  face: Face,
  shape: Shape | undefined,
  lists: ReadonlySet<string>,
): Record<string, unknown> {
  const found: Record<string, unknown> = Object.create(null);
  for (const pair of search.split('&')) {
    if (pair === '') continue;
    const cut = pair.indexOf('=');
    const key = decode(cut < 0 ? pair : pair.slice(0, cut), 'query');
    const text = decode(cut < 0 ? '' : pair.slice(cut + 1), key);
    const before = found[key];
    const isList = lists.has(shape?.names?.get(key)?.camel ?? key);
    if (before !== undefined && !isList) throw invalid(key, 'is given twice');
    found[key] = isList ? [...((before as string[] | undefined) ?? []), text] : text;
  }
  const reader = { face, deep: true, issues: [] };
  const value = fromWire(reader, shape, found) as Record<string, unknown>;
  const [issue] = reader.issues as { field: string; message: string }[];
  if (issue) throw invalid(issue.field, issue.message);
  return value;
}

function decode(text: string, field: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(text.includes('+') ? text.replaceAll('+', ' ') : text);
  } catch {
    throw invalid(field, 'is not valid percent-encoded UTF-8');
  }
  if (!isStorableText(decoded)) throw invalid(field, 'contains a NUL character');
  return decoded;
}
