/** The parts of the document that every endpoint refers to. */
export const STATUS_TEXT: Readonly<Record<number, string>> = {
  200: 'Success',
  201: 'Created',
  302: 'Leads on to `Location`.',
  400: 'The request is not valid; `details` names the fields.',
  401: 'The credential is missing or not valid.',
  403: 'The credential may not do this, or X-Tenant-ID names another organization.',
  404: 'There is no such resource in this organization.',
  409: 'The state of the resource, or an Idempotency-Key used before, is in the way.',
  412: 'The resource has changed since the version in If-Match.',
  413: 'The body is too large.',
  415: 'The body is not uncompressed JSON.',
  429: 'The rate limit is used up.',
  500: 'A fault on our side; the request id helps to find it.',
  503: 'The database is not available; nothing was changed.',
};

const issues = {
  type: 'array',
  items: {
    type: 'object',
    properties: { field: { type: 'string' }, message: { type: 'string' }, value: {} },
    required: ['field', 'message'],
  },
};
const details = {
  type: 'object',
  description: 'The first issue on top, all of them in `issues`; further facts as the code needs them.',
  properties: { field: { type: 'string' }, value: {}, issues },
};
const code = { type: 'string', description: 'Stable; branch on it.', examples: ['VALIDATION_ERROR'] };
const hint = { type: 'string', description: 'What to do next.' };

export const ERROR_SCHEMAS = {
  'v1.Error': {
    type: 'object',
    properties: { error: { type: 'string' }, code, details, hint, request_id: { type: 'string' } },
    required: ['error', 'code', 'request_id'],
  },
  'apiV1.Error': {
    type: 'object',
    properties: {
      success: { const: false },
      error: {
        type: 'object',
        properties: { code, message: { type: 'string' }, details, hint, requestId: { type: 'string' } },
        required: ['code', 'message', 'requestId'],
      },
    },
    required: ['success', 'error'],
  },
};

export const BULK_ROW = {
  type: 'object',
  properties: {
    index: { type: 'integer', minimum: 0, description: 'Position in the array that was sent.' },
    status: { enum: ['created', 'duplicate', 'invalid'] },
    id: { type: 'string', format: 'uuid', description: 'Of the stored row; of a duplicate, the row that was first.' },
    error: {
      type: 'object',
      properties: { code, message: { type: 'string' }, field: { type: 'string' }, value: {}, issues },
      required: ['code', 'message'],
    },
  },
  required: ['index', 'status'],
};

const count = { type: 'integer', minimum: 0 };
export const PAGE_PAGINATION = {
  type: 'object',
  properties: {
    page: { type: 'integer', minimum: 1 },
    limit: { type: 'integer', minimum: 1 },
    total: count,
    pages: count,
  },
  required: ['page', 'limit', 'total', 'pages'],
};
export const CURSOR_PAGINATION = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 1 },
    nextCursor: {
      type: ['string', 'null'],
      description: 'Send it as `cursor` for the next page; null on the last one.',
    },
  },
  required: ['limit', 'nextCursor'],
};

const header = (name: string, description: string, type = 'string') => ({
  'x-name': name,
  description,
  schema: { type },
});

export const HEADERS: Readonly<Record<string, { 'x-name': string; description: string; schema: { type: string } }>> = {
  XRequestId: header('X-Request-Id', 'The request id that was sent, or one that was made.'),
  XRateLimitLimit: header('X-RateLimit-Limit', 'Requests allowed in the window.', 'integer'),
  XRateLimitRemaining: header('X-RateLimit-Remaining', 'Requests left in the window.', 'integer'),
  XRateLimitReset: header('X-RateLimit-Reset', 'Unix seconds at which the window ends.', 'integer'),
  RetryAfter: header('Retry-After', 'Seconds to wait before the next try.', 'integer'),
  ETag: header('ETag', 'The version of the resource, for If-Match.'),
  Location: header('Location', 'Where the resource can be read.'),
  IdempotentReplayed: header('Idempotent-Replayed', '`true` when this is the stored answer of an earlier request.'),
};

export const REQUEST_HEADERS = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'Up to 255 characters, kept 24 hours: the same request under the same key is done once and answered alike.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description: 'The ETag that was read; a newer version answers 412.',
    schema: { type: 'string' },
  },
};

export const SECURITY_SCHEMES = {
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'A key, `sk_live_…`.' },
  tenant: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Tenant-ID',
    description: 'The id of the organization of the credential; every `/v1` call needs it.',
  },
  bearer: { type: 'http', scheme: 'bearer', description: 'The same key as a bearer token.' },
  writeKey: {
    type: 'apiKey',
    in: 'query',
    name: 'write_key',
    description:
      'The public key of a web page, `wk_…`: it may only ingest, and only from the origins that the organization lists. No other key is taken from a URL.',
  },
};
