import { z } from 'zod';
import type { FieldIssue } from '../../domain/core/errors.ts';
import type { Face } from './endpoint.ts';
import { SourceNumber } from './json-text.ts';

/** What a schema says about names: known properties, elements of arrays, values of records. Leaves have no shape. */
export interface Shape {
  readonly money: boolean;
  /** Properties under both spellings, so that one look-up serves both faces. */
  readonly names: ReadonlyMap<string, Name> | undefined;
  readonly items: Shape | undefined;
  readonly values: Shape | undefined;
}

interface Name {
  readonly camel: string;
  readonly snake: string;
  readonly shape: Shape | undefined;
}

/** Digits never start a word, so `line1` stays `line1` and the way back is exact. */
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
export const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
export const wireName = (face: Face, name: string): string => (face === 'a' ? snakeCase(name) : name);

export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** The JSON Schema of the wire, in camelCase; one source for casing and documentation. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  let known = jsonSchemas.get(schema);
  if (!known) {
    known = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
    jsonSchemas.set(schema, known);
  }
  return known;
}

/** Asked for several times at boot and most of its work; nobody changes what they got. */
const jsonSchemas = new WeakMap<z.ZodType, JsonSchema>();

/** Runs once per schema at boot. @throws Error for names that do not survive the round trip. */
export function compileShape(schema: z.ZodType, where: string): Shape | undefined {
  const root = jsonSchemaOf(schema);
  const seen = new Map<string, Shape>();

  function shapeOf(node: JsonSchema | boolean | undefined): Shape | undefined {
    if (node === undefined || typeof node === 'boolean') return undefined;
    if (node.$ref) return shapeOfReference(node.$ref);
    const branches = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])];
    const own: Shape = {
      money: node['x-money'] === true,
      names: node.properties ? namesOf(node.properties) : undefined,
      items: shapeOf(node.items as JsonSchema | undefined),
      values: shapeOf(node.additionalProperties as JsonSchema | boolean | undefined),
    };
    return merge([own, ...branches.map((branch) => shapeOf(branch as JsonSchema))]);
  }

  function shapeOfReference(reference: string): Shape | undefined {
    const known = seen.get(reference);
    if (known) return known;
    // Registered before it is filled: a recursive schema finds itself.
    const placeholder: { -readonly [K in keyof Shape]: Shape[K] } = {
      money: false,
      names: undefined,
      items: undefined,
      values: undefined,
    };
    seen.set(reference, placeholder);
    const target = reference === '#' ? root : root.$defs?.[reference.replace('#/$defs/', '')];
    return Object.assign(placeholder, shapeOf(target as JsonSchema | undefined));
  }

  function namesOf(properties: Record<string, JsonSchema | boolean>): ReadonlyMap<string, Name> {
    const names = new Map<string, Name>();
    for (const [camel, node] of Object.entries(properties)) {
      const snake = snakeCase(camel);
      if (camelCase(snake) !== camel || !/^[a-z][A-Za-z0-9]*$/.test(camel)) {
        throw new Error(
          `${where}: the property "${camel}" is not camelCase or does not survive the way to snake_case and back.`,
        );
      }
      const name = { camel, snake, shape: shapeOf(node as JsonSchema) };
      names.set(camel, name).set(snake, name);
    }
    return names;
  }

  return shapeOf(root);
}

function merge(shapes: readonly (Shape | undefined)[]): Shape | undefined {
  const present = shapes.filter((shape) => shape !== undefined);
  if (present.length <= 1) return present[0] && isLeaf(present[0]) ? undefined : present[0];
  const names = new Map<string, Name>();
  for (const shape of present) {
    for (const [key, name] of shape.names ?? []) {
      const before = names.get(key);
      names.set(key, before ? { ...name, shape: merge([before.shape, name.shape]) } : name);
    }
  }
  const merged: Shape = {
    money: present.some((shape) => shape.money),
    names: names.size > 0 ? names : undefined,
    items: merge(present.map((shape) => shape.items)),
    values: merge(present.map((shape) => shape.values)),
  };
  return isLeaf(merged) ? undefined : merged;
}

const isLeaf = (shape: Shape): boolean => !shape.money && !shape.names && !shape.items && !shape.values;

/** Every spelling of every money property, for the parser that has to keep their digits. */
export function moneyNames(shape: Shape | undefined, found = new Set<string>(), seen = new Set<Shape>()): Set<string> {
  if (!shape || seen.has(shape)) return found;
  seen.add(shape);
  for (const [key, name] of shape.names ?? []) {
    if (name.shape?.money) found.add(key);
    moneyNames(name.shape, found, seen);
  }
  moneyNames(shape.items, found, seen);
  moneyNames(shape.values, found, seen);
  return found;
}

/** camelCase value → the face's wire value. Only known names change; free-form JSON passes through untouched. */
export function toSnake(shape: Shape | undefined, value: unknown): unknown {
  if (shape === undefined || typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return shape.items ? value.map((item) => toSnake(shape.items, item)) : value;
  const { names, values } = shape;
  if (!names && !values) return value;
  const renamed: Record<string, unknown> = {};
  for (const key in value) {
    const name = names?.get(key);
    const inner = (value as Record<string, unknown>)[key];
    if (name) renamed[name.snake] = toSnake(name.shape, inner);
    else renamed[key] = values ? toSnake(values, inner) : inner;
  }
  return renamed;
}

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

export interface WireReader {
  readonly face: Face;
  /** Look into free-form JSON as well: something in the text was suspicious, or numbers are still source text. */
  readonly deep: boolean;
  readonly issues: FieldIssue[];
}

/** Wire value → camelCase value; refuses what no schema can see: foreign spellings, odd numbers, broken text. */
export function fromWire(reader: WireReader, shape: Shape | undefined, value: unknown, path = ''): unknown {
  if (typeof value === 'string') {
    if (reader.deep) checkText(reader, value, path);
    return value;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof SourceNumber) return readNumber(reader, shape, value, path);
  if (!shape && !reader.deep) return value;
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      fromWire(reader, shape?.items, item, path === '' ? `${index}` : `${path}.${index}`),
    );
  }
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const name = shape?.names?.get(key);
    const target = name?.camel ?? key;
    const at = path === '' ? target : `${path}.${target}`;
    if (reader.deep && !isSoundKey(reader, key, at)) continue;
    if (name && reader.face === 'a' && key !== name.snake) {
      reader.issues.push({ field: at, message: `${key} is not a known field; write ${name.snake}` });
    } else if (name && Object.hasOwn(result, target)) {
      reader.issues.push({ field: at, message: `is given twice, as ${name.camel} and as ${name.snake}` });
    } else {
      result[target] = fromWire(reader, name ? name.shape : shape?.values, (value as Record<string, unknown>)[key], at);
    }
  }
  return result;
}

function isSoundKey(reader: WireReader, key: string, at: string): boolean {
  if (FORBIDDEN_KEYS.has(key)) {
    reader.issues.push({ field: at, message: 'is not a known field' });
    return false;
  }
  return checkText(reader, key, 'body');
}

/** Postgres stores neither NUL nor half a surrogate pair. */
export const isStorableText = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

function checkText(reader: WireReader, text: string, path: string): boolean {
  if (isStorableText(text)) return true;
  reader.issues.push({ field: path || 'body', message: 'contains a NUL character or half a surrogate pair' });
  return false;
}

function readNumber(reader: WireReader, shape: Shape | undefined, number: SourceNumber, path: string): unknown {
  if (shape?.money) return number.source;
  const { value, source } = number;
  if (!Number.isFinite(value)) {
    reader.issues.push({ field: path || 'body', message: 'is too large a number', value: source.slice(0, 40) });
  } else if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    reader.issues.push({ field: path || 'body', message: 'is a whole number beyond 2^53', value: source.slice(0, 40) });
  }
  return value;
}
