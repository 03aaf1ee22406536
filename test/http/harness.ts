import type { Hono } from 'hono';
import pino from 'pino';
import { createApp } from '../../api/app.ts';
import { SYSTEM_ENDPOINTS } from '../../api/endpoints.ts';
import { createHealth, type HealthChecks } from '../../api/health/health.ts';
import type { Identity } from '../../api/http/auth.ts';
import type { Endpoint } from '../../api/http/endpoint.ts';
import type { Streams } from '../../api/http/event-stream.ts';
import type { RequestNotes } from '../../api/http/notes.ts';
import { createMemoryRateLimiter, type RateLimiter } from '../../api/http/rate-limit.ts';
import type { Tools } from '../../api/http/tools.ts';
import { openApiText } from '../../api/openapi.ts';
import { ALL_PERMISSIONS, type Permission } from '../../domain/platform/permissions.rules.ts';
import type { Db } from '../../schema/db.ts';
import { createBlobStore } from '../../services/core/blobs.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { createDeliveryVerifier } from '../../services/integrations/index.ts';
import { createApiKey } from '../../services/platform/api-keys/index.ts';
import { createAuthTools } from '../../services/platform/auth/index.ts';
import type { Mailing } from '../../services/platform/sends/index.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { testModels } from '../models.ts';
import { testOutreachOf } from '../outreach.ts';
import { testSecrets } from '../secrets.ts';
import { testWebhookTools } from '../webhooks.ts';
import { testEndpoints } from './endpoints.ts';

export { createTestDatabase, type TestDatabase };

export const TEST_ENDPOINTS: readonly Endpoint[] = [...testEndpoints('a'), ...testEndpoints('b')];

export const TEST_JWT_SECRET = 'a secret that only tests use, 32 or more';

const LIMITS = {
  generalPerHour: 100_000,
  authPerMinute: 100_000,
  searchPerMinute: 100_000,
  ingestPerMinute: 100_000,
  webhookPerMinute: 100_000,
};

export interface TestAppOptions {
  db: Db;
  endpoints?: readonly Endpoint[];
  now?: () => Date;
  afterCommit?: (commandIds: readonly string[]) => void;
  checks?: Partial<HealthChecks>;
  rateLimits?: Partial<typeof LIMITS>;
  logs?: string[];
  bodyLimitBytes?: number;
  uploadMaxBytes?: number;
  streams?: Streams;
  /** Says who asks instead of the keys. */
  authenticate?: () => Identity;
  rateLimiter?: RateLimiter;
  notes?: RequestNotes;
  tools?: Partial<Tools>;
}

export const testMailing: Mailing = {
  from: 'no-reply@revloop.example',
  publicUrl: 'http://127.0.0.1:8080',
  transport: 'outbox',
  secrets: testSecrets(),
};

export const testOutreach = testOutreachOf(testMailing);

export const testTools = (db: Db): Tools => ({
  ...createAuthTools({
    db,
    jwtSecret: TEST_JWT_SECRET,
    sessionSeconds: 604_800,
    onError: (error) => {
      throw error;
    },
  }),
  webhooks: testWebhookTools(),
  mailing: testMailing,
  outreach: testOutreach,
  invitationHours: 72,
  integrations: {
    publicUrl: 'http://127.0.0.1:8080',
    bases: {},
    shared: {},
    verifyDelivery: createDeliveryVerifier({ db, secrets: testMailing.secrets }),
  },
  models: testModels(db),
});

export function createTestApp(options: TestAppOptions): Hono {
  const ok = async () => {};
  const endpoints = options.endpoints ?? TEST_ENDPOINTS;
  const logs = options.logs ?? [];
  const now = options.now ?? (() => new Date());
  return createApp({
    endpoints,
    systemEndpoints: SYSTEM_ENDPOINTS,
    openApi: openApiText(endpoints, SYSTEM_ENDPOINTS),
    db: options.db,
    logger: pino({ level: 'info' }, { write: (line: string) => void logs.push(line) }),
    rateLimiter: options.rateLimiter ?? createMemoryRateLimiter(now),
    notes: options.notes ?? { note: () => {}, flush: async () => {} },
    now,
    afterCommit: options.afterCommit ?? (() => {}),
    health: createHealth({
      version: 'test',
      checks: { database: ok, temporal: ok, workers: ok, providers: ok, ...options.checks },
      timeoutMs: 200,
      cacheMs: 0,
    }),
    blobs: createBlobStore(options.db),
    ...(options.streams ? { streams: options.streams } : {}),
    ...(options.authenticate ? { authenticator: { authenticate: options.authenticate } } : {}),
    tools: { ...testTools(options.db), ...options.tools },
    config: {
      uploadMaxBytes: options.uploadMaxBytes ?? 10_485_760,
      bodyLimitBytes: options.bodyLimitBytes ?? 1_048_576,
      allowedOrigins: ['https://app.example.com'],
      publicUrl: 'http://127.0.0.1:8080',
      rateLimits: { ...LIMITS, ...options.rateLimits },
      checkAnswers: true,
    },
  });
}

export interface TestOrganization {
  readonly organizationId: string;
  readonly key: string;
  readonly keyId: string;
}

export async function createOrganization(
  database: TestDatabase,
  options: { scopes?: readonly Permission[]; rateLimitPerHour?: number; expiresAt?: Date } = {},
): Promise<TestOrganization> {
  const [row] = await database.owner<{ id: string }[]>`insert into organizations (name) values ('Test') returning id`;
  const organizationId = row!.id;
  await database.owner`insert into teams (organization_id, name) values (${organizationId}, 'General')`;
  const created = await addKey(database, organizationId, options);
  return { organizationId, ...created };
}

export async function addKey(
  database: TestDatabase,
  organizationId: string,
  options: { scopes?: readonly Permission[]; rateLimitPerHour?: number; expiresAt?: Date } = {},
): Promise<{ key: string; keyId: string }> {
  const scope = { organizationId, principal: SYSTEM_PRINCIPAL, now: new Date() };
  const { scopes = ALL_PERMISSIONS, ...rest } = options;
  const { id, key } = await inTransaction(database.app, scope, (ctx) =>
    createApiKey(ctx, { name: 'test', scopes, ...rest }),
  );
  return { key, keyId: id };
}

export interface CallOptions {
  body?: unknown;
  /** Sent as it is instead of `body`. */
  text?: string;
  headers?: Record<string, string | undefined>;
}

export interface CallResult {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  json: any;
}

/** Calls the app as this organization; headers set to undefined are left out. */
export async function call(
  app: Hono,
  as: TestOrganization | null,
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<CallResult> {
  const text = options.text ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  const headers = Object.entries({
    ...(text === undefined ? {} : { 'content-type': 'application/json' }),
    ...(as ? { 'x-api-key': as.key, 'x-tenant-id': as.organizationId } : {}),
    ...options.headers,
  }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const response = await app.request(path, { method, headers, ...(text === undefined ? {} : { body: text }) });
  const answer = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return {
    status: response.status,
    headers: response.headers,
    text: answer,
    json: isJson ? JSON.parse(answer) : undefined,
  };
}
