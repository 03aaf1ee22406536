import { z } from 'zod';
import { isGroupVerb } from '../../services/core/group.ts';
import { compileShape, type JsonSchema, jsonSchemaOf, moneyNames, type Shape, snakeCase } from './casing.ts';
import type { Endpoint } from './endpoint.ts';
import type { FieldNames } from './faces.ts';
import { listParameters } from './query-string.ts';

/** Everything about an endpoint that can be worked out before the first request. */
export interface CompiledEndpoint {
  readonly endpoint: Endpoint;
  readonly params: z.ZodType | undefined;
  readonly query: z.ZodType;
  readonly body: z.ZodType;
  readonly queryShape: Shape | undefined;
  readonly bodyShape: Shape | undefined;
  readonly responseShape: Shape | undefined;
  readonly money: ReadonlySet<string>;
  readonly lists: ReadonlySet<string>;
  readonly fieldNames: FieldNames;
}

const NOTHING = z.strictObject({});

/** @throws Error that names the endpoint when its schemas cannot keep the promises of a face. */
export function compileEndpoint(endpoint: Endpoint): CompiledEndpoint {
  const { operationId, params, query, body, response } = endpoint;
  const where = (part: string) => `${operationId} (${part})`;
  for (const [part, schema] of Object.entries({ params, query, body })) {
    if (schema) requireStrict(jsonSchemaOf(schema), where(part));
  }
  requireKnownTransaction(endpoint);
  requirePathParameters(endpoint);
  requirePaging(endpoint);
  const paramsShape = params && compileShape(params, where('params'));
  const queryShape = query && compileShape(query, where('query'));
  const bodyShape = body && compileShape(body, where('body'));
  return {
    endpoint,
    params,
    query: query ?? NOTHING,
    body: body ?? NOTHING.optional(),
    queryShape,
    bodyShape,
    responseShape: compileShape(response, where('response')),
    money: moneyNames(bodyShape),
    lists: listParameters(endpoint),
    fieldNames: fieldNamesOf([paramsShape, queryShape, bodyShape]),
  };
}

function requireStrict(node: JsonSchema, where: string, path = ''): void {
  if (node.properties && node.additionalProperties === undefined) {
    throw new Error(`${where}: the object at "${path || 'top'}" must be a z.strictObject, or unknown keys would pass.`);
  }
  for (const [name, inner] of Object.entries(node.properties ?? {}))
    requireStrict(inner as JsonSchema, where, `${path}.${name}`);
  for (const branch of [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])])
    requireStrict(branch as JsonSchema, where, path);
  if (node.items && typeof node.items === 'object') requireStrict(node.items as JsonSchema, where, `${path}[]`);
}

function requireKnownTransaction(endpoint: Endpoint): void {
  const { operationId, transaction, method, verb, bulk, prepare, credential, bodyKind } = endpoint;
  // A signature says of whom a request is, which a group needs to know beforehand.
  if (prepare && bodyKind !== 'signed' && (transaction === 'group' || bulk)) {
    throw new Error(`${operationId}: grouped and bulk requests are not prepared one by one.`);
  }
  if (credential === 'none' && endpoint.permission !== null) {
    throw new Error(`${operationId}: nobody without a credential has the permission ${endpoint.permission}.`);
  }
  if ((transaction === 'group' || bulk) && !isGroupVerb(verb)) {
    throw new Error(`${operationId}: grouped and bulk requests need a groupVerb.`);
  }
  if (transaction === 'external' && !prepare) {
    throw new Error(`${operationId}: "external" is for what calls somebody in its prepare step.`);
  }
  if (transaction === 'batch') {
    throw new Error(`${operationId}: the transaction mode "${transaction}" has no implementation in the wrapper yet.`);
  }
  if (transaction !== 'read' && method === 'get' && !endpoint.handshake && !endpoint.reply) {
    throw new Error(`${operationId}: a GET endpoint must not write.`);
  }
}

/** The names between braces, in the order of the path. */
export const pathParameters = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);

function requirePathParameters({ operationId, path, params }: Endpoint): void {
  const declared = params ? Object.keys(jsonSchemaOf(params).properties ?? {}) : [];
  const used = pathParameters(path);
  if (declared.toSorted().join() !== used.toSorted().join()) {
    throw new Error(`${operationId}: the path has the parameters [${used}], its schema [${declared}].`);
  }
}

function requirePaging({ operationId, list, query }: Endpoint): void {
  if (!list) return;
  const known = query ? Object.keys(jsonSchemaOf(query).properties ?? {}) : [];
  const needed = list === 'page' ? ['page', 'limit'] : ['cursor', 'limit'];
  if (!needed.every((name) => known.includes(name))) {
    throw new Error(`${operationId}: a list by ${list} needs ...${list}Query in its query schema.`);
  }
}

function fieldNamesOf(shapes: readonly (Shape | undefined)[]): FieldNames {
  const names = new Map<string, string>();
  const seen = new Set<Shape>();
  const visit = (shape: Shape | undefined): void => {
    if (!shape || seen.has(shape)) return;
    seen.add(shape);
    for (const { camel, shape: inner } of shape.names?.values() ?? []) {
      names.set(camel, snakeCase(camel));
      visit(inner);
    }
    visit(shape.items);
    visit(shape.values);
  };
  shapes.forEach(visit);
  return names;
}
