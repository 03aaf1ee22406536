import { type JsonSchema, jsonSchemaOf } from '../../api/http/casing.ts';
import type { Endpoint } from '../../api/http/endpoint.ts';

/** A field of a schema at a place of a value; a union has several branches. */
export interface Field {
  readonly path: readonly string[];
  readonly branches: readonly JsonSchema[];
  readonly value: unknown;
}

type Node = JsonSchema | boolean | undefined;

/** Follows references and unfolds unions. */
export function branchesOf(root: JsonSchema, node: Node): readonly JsonSchema[] {
  if (node === undefined || typeof node === 'boolean') return [];
  if (node.$ref) return branchesOf(root, node.$ref === '#' ? root : root.$defs?.[node.$ref.replace('#/$defs/', '')]);
  const union = [...(node.anyOf ?? []), ...(node.oneOf ?? [])];
  return union.length > 0 ? union.flatMap((branch) => branchesOf(root, branch as JsonSchema)) : [node];
}

/** Every field that a value has or could have, as deep as the value goes; the whole value first. */
export function fieldsOf(root: JsonSchema, value: unknown): Field[] {
  const found: Field[] = [];
  const visit = (node: Node, path: readonly string[], here: unknown): void => {
    const branches = branchesOf(root, node);
    if (branches.length === 0) return;
    found.push({ path, branches, value: here });
    if (Array.isArray(here)) {
      const items = branches.find((branch) => branch.items)?.items as Node;
      if (items && here.length > 0) visit(items, [...path, '0'], here[0]);
    } else if (typeof here === 'object' && here !== null) {
      const branch = closest(branches, here);
      for (const [name, inner] of Object.entries(branch?.properties ?? {})) {
        visit(inner as Node, [...path, name], (here as Record<string, unknown>)[name]);
      }
      const values = branch?.additionalProperties;
      const [key] = Object.keys(here).filter((name) => !branch?.properties?.[name]);
      if (typeof values === 'object' && key !== undefined) {
        visit(values as Node, [...path, key], (here as Record<string, unknown>)[key]);
      }
    }
  };
  visit(root, [], value);
  return found;
}

/** The object branch whose properties the value has. */
function closest(branches: readonly JsonSchema[], value: object): JsonSchema | undefined {
  const keys = Object.keys(value);
  return branches
    .filter((branch) => branch.type === 'object')
    .sort((a, b) => strangers(a, keys) - strangers(b, keys))[0];
}

const strangers = ({ properties, required }: JsonSchema, keys: readonly string[]): number =>
  keys.filter((key) => !properties?.[key]).length + (required ?? []).filter((key) => !keys.includes(key)).length;

export const bodySchemaOf = (endpoint: Endpoint): JsonSchema | undefined =>
  endpoint.body && jsonSchemaOf(endpoint.body);

/** A copy with another value at a path; `undefined` takes the field away. */
export function replaced(value: unknown, path: readonly string[], by: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === name ? replaced(item, rest, by) : item));
  const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) };
  const inner = replaced(copy[name], rest, by);
  if (inner === undefined) delete copy[name];
  else copy[name] = inner;
  return copy;
}

/** Texts that mean nothing to the product: no enum, format or pattern, and room for a mark. */
export const isFreeText = ({ branches, value }: Field, room: number): boolean =>
  typeof value === 'string' &&
  branches.some(
    ({ type, enum: choices, const: constant, format, pattern, maxLength }) =>
      type === 'string' &&
      !choices &&
      constant === undefined &&
      !format &&
      !pattern &&
      (maxLength ?? Number.POSITIVE_INFINITY) >= value.length + room,
  );

export const isId = ({ branches }: Field): boolean => branches.some(({ format }) => format === 'uuid');
