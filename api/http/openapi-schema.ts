import type { z } from 'zod';
import { type JsonSchema, jsonSchemaOf, wireName } from './casing.ts';
import type { Endpoint, Face } from './endpoint.ts';

export type Json = { [key: string]: unknown };

const COMPONENT_PREFIX: Record<Face, string> = { a: 'v1', b: 'apiV1' };

/** JSON Schemas of one document: what several endpoints share becomes a component, named per face. */
export class SchemaBook {
  readonly components: Json = {};

  /** The schema as it looks on this face's wire. */
  schema(schema: z.ZodType, face: Face, operationId: string): Json {
    const { $schema: _, $defs, ...root } = jsonSchemaOf(schema);
    const nameOf = (definition: string) =>
      definition.startsWith('__')
        ? `${COMPONENT_PREFIX[face]}.${operationId}${definition}`
        : `${COMPONENT_PREFIX[face]}.${definition}`;
    for (const [definition, node] of Object.entries($defs ?? {})) {
      this.#define(nameOf(definition), translate(node as JsonSchema, face, nameOf));
    }
    return translate(root as JsonSchema, face, nameOf);
  }

  #define(name: string, node: Json): void {
    const before = this.components[name];
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(node)) {
      throw new Error(`Two different schemas are called ${name}.`);
    }
    this.components[name] = node;
  }
}

function translate(node: JsonSchema, face: Face, nameOf: (definition: string) => string): Json {
  const inner = (child: unknown): unknown =>
    typeof child === 'object' && child !== null ? translate(child as JsonSchema, face, nameOf) : child;
  const result: Json = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === 'properties')
      result.properties = mapEntries(value as Json, (name, child) => [wireName(face, name), inner(child)]);
    else if (key === 'required') result.required = (value as string[]).map((name) => wireName(face, name));
    else if (key === '$ref') result.$ref = `#/components/schemas/${nameOf((value as string).replace('#/$defs/', ''))}`;
    else if (key === 'items' || key === 'additionalProperties' || key === 'not') result[key] = inner(value);
    else if (key === 'anyOf' || key === 'oneOf' || key === 'allOf' || key === 'prefixItems')
      result[key] = (value as unknown[]).map(inner);
    else if (!isNoise(node, key)) result[key] = value;
  }
  if (node['x-money'] === true) {
    return {
      type: ['number', 'string'],
      description: 'A plain decimal number, or the same as a string.',
      examples: [99.99, '99.99'],
    };
  }
  return result;
}

/** Patterns that only repeat a named format, and limits that only say "a double". */
function isNoise(node: JsonSchema, key: string): boolean {
  if (key === 'pattern') return node.format !== undefined;
  if (key === 'propertyNames') return true;
  return (key === 'minimum' || key === 'maximum') && Math.abs(node[key] as number) >= Number.MAX_SAFE_INTEGER;
}

const mapEntries = (value: Json, map: (key: string, inner: unknown) => [string, unknown]): Json =>
  Object.fromEntries(Object.entries(value).map(([key, inner]) => map(key, inner)));

/** Path and query parameters of an endpoint. */
export function parametersOf(book: SchemaBook, endpoint: Endpoint): Json[] {
  const { face, operationId } = endpoint;
  const of = (schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] => {
    if (!schema) return [];
    const { properties = {}, required = [] } = book.schema(schema, face, operationId) as {
      properties?: Json;
      required?: string[];
    };
    return Object.entries(properties).map(([name, node]) => {
      const { description, ...rest } = node as Json;
      return {
        name,
        in: place,
        required: place === 'path' || required.includes(name),
        ...(description ? { description } : {}),
        schema: rest,
      };
    });
  };
  return [...of(endpoint.params, 'path'), ...of(endpoint.query, 'query')];
}
