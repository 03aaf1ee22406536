import { readFile, writeFile } from 'node:fs/promises';
import { API_VERSION } from '../config.ts';
import { ENDPOINTS, SYSTEM_ENDPOINTS } from './endpoints.ts';
import { MAX_ROWS } from './http/bulk.ts';
import { compileShape, snakeCase, toSnake, wireName } from './http/casing.ts';
import { type Endpoint, type Face, PREFIX } from './http/endpoint.ts';
import type { EndpointExample } from './http/examples.ts';
import { documented } from './http/examples.ts';
import {
  BULK_ROW,
  CURSOR_PAGINATION,
  ERROR_SCHEMAS,
  HEADERS,
  PAGE_PAGINATION,
  REQUEST_HEADERS,
  SECURITY_SCHEMES,
  STATUS_TEXT,
} from './http/openapi-parts.ts';
import { type Json, parametersOf, SchemaBook } from './http/openapi-schema.ts';
import { inRoutingOrder } from './http/routes.ts';
import type { SystemEndpoint } from './http/system-endpoint.ts';

/** OpenAPI 3.1 of both faces; the same endpoints always give the same document. */
export function buildOpenApi(endpoints: readonly Endpoint[], systemEndpoints: readonly SystemEndpoint[]): Json {
  const book = new SchemaBook();
  const paths: Record<string, Json> = {};
  for (const endpoint of inRoutingOrder(endpoints)) {
    const path = `${PREFIX[endpoint.face]}${pathOnWire(endpoint)}`;
    paths[path] = { ...paths[path], [endpoint.method]: operationOf(book, endpoint) };
  }
  for (const endpoint of systemEndpoints.filter(({ responses }) => Object.keys(responses).length > 0)) {
    paths[endpoint.path] = { get: systemOperationOf(endpoint) };
  }
  const tags = [...new Set([...endpoints.map(({ tag }) => tag), ...systemEndpoints.map(({ tag }) => tag)])].sort();
  return {
    openapi: '3.1.0',
    info: {
      title: 'Revloop API',
      version: API_VERSION,
      description:
        'Two faces of one product: `/v1` (snake_case, answers `{data, message}`) and `/api/v1` (camelCase, answers `{data}`). ' +
        'Every POST may carry an `Idempotency-Key`; single resources carry an `ETag` that `If-Match` compares.',
    },
    servers: [{ url: '/' }],
    tags: tags.map((name) => ({ name })),
    paths,
    components: {
      schemas: { ...ERROR_SCHEMAS, BulkRow: BULK_ROW, ...sorted(book.components) },
      headers: HEADERS,
      parameters: REQUEST_HEADERS,
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

export const openApiText = (endpoints: readonly Endpoint[], systemEndpoints: readonly SystemEndpoint[]): string =>
  `${JSON.stringify(buildOpenApi(endpoints, systemEndpoints), null, 2)}\n`;

const sorted = (value: Json): Json => Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));

const pathOnWire = ({ path, face }: Endpoint): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `{${wireName(face, name)}}`);

const SECURITY: Record<Face, Json[]> = {
  a: [
    { apiKey: [], tenant: [] },
    { bearer: [], tenant: [] },
  ],
  b: [{ apiKey: [] }, { bearer: [] }],
};

function securityOf({ face, credential, tenantRequired }: Endpoint): Json[] {
  if (credential === 'write_key') return [{ writeKey: [] }];
  if (credential === 'none') return tenantRequired && face === 'a' ? [{ tenant: [] }] : [];
  return SECURITY[face];
}

function operationOf(book: SchemaBook, endpoint: Endpoint): Json {
  const { method, permission } = endpoint;
  const open =
    endpoint.credential === 'none' ? 'Needs no credential.' : 'Open to every credential of the organization.';
  const needs = permission ? `Needs the permission \`${permission}\`.` : open;
  const headers = [
    ...(endpoint.idempotent ? ['IdempotencyKey'] : []),
    ...(endpoint.etag && method !== 'get' && method !== 'post' ? ['IfMatch'] : []),
  ];
  const parameters = [
    ...parametersOf(book, endpoint),
    ...headers.map((name) => ({ $ref: `#/components/parameters/${name}` })),
  ];
  const body = requestBodyOf(book, endpoint);
  return {
    operationId: endpoint.operationId,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    description: [endpoint.description, needs].filter(Boolean).join('\n\n'),
    'x-permission': permission,
    'x-rate-limit': endpoint.rateLimit,
    security: securityOf(endpoint),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: body } : {}),
    responses: responsesOf(book, endpoint),
  };
}

function requestBodyOf(book: SchemaBook, endpoint: Endpoint): Json | undefined {
  const { body, face, operationId } = endpoint;
  if (!body) return undefined;
  if (endpoint.bodyKind === 'upload') return uploadBodyOf(endpoint, book.schema(body, face, operationId));
  const shape = compileShape(body, operationId);
  const withBody = (endpoint.examples ?? []).filter((example: EndpointExample) => example.body !== undefined);
  const examples = Object.fromEntries(
    withBody.map(({ name, body: value }) => {
      const shown = documented(value);
      return [name, { value: face === 'a' ? toSnake(shape, shown) : shown }];
    }),
  );
  const content = {
    schema: endpoint.bulk ? oneOrMany(book.schema(body, face, operationId)) : book.schema(body, face, operationId),
    ...(withBody.length > 0 ? { examples } : {}),
  };
  return {
    required: !body.safeParse(undefined).success,
    content: {
      ...(endpoint.bodyKind === 'beacon' ? { 'text/plain': content } : {}),
      ...(endpoint.bodyKind === 'form' ? FORM_TYPES(content) : { 'application/json': content }),
    },
  };
}

const FORM_TYPES = (content: Json): Json => ({
  'application/x-www-form-urlencoded': content,
  'multipart/form-data': content,
});

/** A form with the file and its fields, or the file itself with the fields as query parameters. */
function uploadBodyOf({ jsonRows }: Endpoint, fields: Json): Json {
  const { properties, required = [], ...rest } = fields as { properties: Json; required?: string[] };
  const file = { type: 'string', contentMediaType: 'application/octet-stream' };
  const plain = { schema: { type: 'string' } };
  return {
    required: true,
    content: {
      'multipart/form-data': {
        schema: { ...rest, properties: { file, ...properties }, required: ['file', ...required] },
      },
      'text/csv': plain,
      'application/x-ndjson': plain,
      ...(jsonRows
        ? { 'application/json': { schema: { type: 'array', items: { type: 'object' }, minItems: 1 } } }
        : {}),
    },
  };
}

const oneOrMany = (schema: Json): Json => ({
  oneOf: [schema, { type: 'array', items: schema, minItems: 1, maxItems: MAX_ROWS }],
});

const AUTOMATIC_ERRORS = [400, 401, 403, 429, 500, 503] as const;

function responsesOf(book: SchemaBook, endpoint: Endpoint): Json {
  const { face } = endpoint;
  const success = endpoint.reply?.status
    ? [endpoint.reply.status]
    : typeof endpoint.status === 'number'
      ? [endpoint.status]
      : [200, 201];
  const bodyErrors = endpoint.body ? [413, 415] : [];
  const conflicts = endpoint.idempotent ? [409] : [];
  const stale = endpoint.etag && (endpoint.method === 'put' || endpoint.method === 'delete') ? [412] : [];
  const missing = endpoint.params ? [404] : [];
  const errors = new Set([
    ...AUTOMATIC_ERRORS,
    ...bodyErrors,
    ...conflicts,
    ...stale,
    ...missing,
    ...(endpoint.errors ?? []),
  ]);
  const responses: Json = {};
  for (const status of success) responses[status] = successOf(book, endpoint, status);
  if (endpoint.bulk) responses[200] = eitherOf(responses[200] as Json | undefined, bulkAnswerOf(book, endpoint));
  for (const status of [...errors].sort((a, b) => a - b)) {
    responses[status] = {
      description: STATUS_TEXT[status],
      headers: headersFor(status === 429 || status === 503 ? ['RetryAfter'] : []),
      content: {
        'application/json': { schema: { $ref: `#/components/schemas/${face === 'a' ? 'v1.Error' : 'apiV1.Error'}` } },
      },
    };
  }
  return responses;
}

function successOf(book: SchemaBook, endpoint: Endpoint, status: number): Json {
  const { face, list, operationId, file, stream, reply } = endpoint;
  const mediaType = file?.mediaType ?? reply?.mediaType ?? (stream && 'text/event-stream');
  if (mediaType) {
    const content = { [mediaType]: { schema: { type: 'string' } } };
    return { description: STATUS_TEXT[status], headers: headersFor([]), content };
  }
  const item = book.schema(endpoint.response, face, operationId);
  const pagination = list === 'page' ? PAGE_PAGINATION : cursorPagination(face);
  const properties = {
    data: list ? { type: 'array', items: item } : item,
    ...(list ? { pagination } : {}),
    ...(face === 'a' ? { message: { type: 'string' } } : {}),
  };
  const extra = [
    ...(endpoint.etag ? ['ETag'] : []),
    ...(endpoint.location ? ['Location'] : []),
    ...(endpoint.idempotent ? ['IdempotentReplayed'] : []),
  ];
  return {
    description: STATUS_TEXT[status],
    headers: headersFor(extra),
    content: {
      'application/json': {
        schema: { type: 'object', properties, required: Object.keys(properties), additionalProperties: false },
      },
      ...(endpoint.csv ? { 'text/csv': { schema: { type: 'string' } } } : {}),
    },
  };
}

/** One row may be answered 200, too, where it was there already. */
function eitherOf(single: Json | undefined, bulk: Json): Json {
  if (!single) return bulk;
  const schemaOf = ({ content }: Json) => (content as Record<string, Json>)['application/json']!.schema;
  return { ...bulk, content: { 'application/json': { schema: { anyOf: [schemaOf(single), schemaOf(bulk)] } } } };
}

/** What an array is answered with: a created row carries what a single one is answered with. */
function bulkAnswerOf(book: SchemaBook, { face, response, operationId }: Endpoint): Json {
  const created = { allOf: [{ $ref: '#/components/schemas/BulkRow' }, book.schema(response, face, operationId)] };
  const data = { type: 'array', items: { anyOf: [created, { $ref: '#/components/schemas/BulkRow' }] } };
  const properties = { data, ...(face === 'a' ? { message: { type: 'string' } } : {}) };
  return {
    description: 'One outcome per row of the array, in order.',
    headers: headersFor(['IdempotentReplayed']),
    content: { 'application/json': { schema: { type: 'object', properties, required: Object.keys(properties) } } },
  };
}

const cursorPagination = (face: Face): Json =>
  face === 'b'
    ? CURSOR_PAGINATION
    : {
        ...CURSOR_PAGINATION,
        properties: Object.fromEntries(
          Object.entries(CURSOR_PAGINATION.properties).map(([name, node]) => [snakeCase(name), node]),
        ),
        required: CURSOR_PAGINATION.required.map(snakeCase),
      };

function headersFor(extra: readonly string[]): Json {
  const names = ['XRequestId', 'XRateLimitLimit', 'XRateLimitRemaining', 'XRateLimitReset', ...extra];
  return Object.fromEntries(names.map((name) => [HEADERS[name]!['x-name'], { $ref: `#/components/headers/${name}` }]));
}

function systemOperationOf({ operationId, tag, summary, responses }: SystemEndpoint): Json {
  const described = Object.entries(responses).map(([status, description]) => [
    status,
    { description, content: { 'application/json': { schema: { type: 'object' } } } },
  ]);
  return { operationId, tags: [tag], summary, security: [], responses: Object.fromEntries(described) };
}

const FILE = new URL('../openapi.json', import.meta.url);

/** `node api/openapi.ts` writes openapi.json; with `--check` it fails when the file is not what the endpoints say. */
async function main(check: boolean): Promise<void> {
  const text = openApiText(ENDPOINTS, SYSTEM_ENDPOINTS);
  if (!check) {
    await writeFile(FILE, text);
    return;
  }
  const committed = await readFile(FILE, 'utf8').catch(() => '');
  if (committed.replaceAll('\r\n', '\n') !== text) {
    console.error('openapi.json is not what the endpoints say. Run `npm run openapi` and commit the result.');
    process.exitCode = 1;
  }
}

if (import.meta.main) await main(process.argv.includes('--check'));
