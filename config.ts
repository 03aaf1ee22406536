import { z } from 'zod';
import {
  address,
  count,
  duration,
  encryptionKey,
  faults,
  flag,
  integer,
  longText,
  optionalText,
  origins,
  port,
  postgres,
  text,
  urlOf,
  web,
} from './config-values.ts';

/** The API version that `/health` shows; the package's own version is in package.json. */
export const API_VERSION = '2.0.0-production';
export const DEVELOPMENT_JWT_SECRET = 'revloop-development-secret-never-use-it-in-production';
export const DEVELOPMENT_ENCRYPTION_KEY = 'cmV2bG9vcC1kZXZlbG9wbWVudC1lbmNyeXB0LWtleSE=';
export const DEVELOPMENT_DATABASE_PASSWORD = 'revloop-development';

const variable = <S extends z.ZodType>(schema: S, example: string) => ({ schema, example });

/** Every variable this product reads. `.env.example` explains the same list; a test compares the two. */
export const VARIABLES = {
  NODE_ENV: variable(z.enum(['development', 'test', 'production']).default('development'), 'production'),
  HOST: variable(optionalText, '127.0.0.1'),
  PORT: variable(port.default(8080), '8080'),
  WEBSOCKET_PORT: variable(port.optional(), '3001'),
  PUBLIC_URL: variable(web.optional(), 'https://api.example.com'),
  ALLOWED_ORIGINS: variable(origins.optional(), 'https://app.example.com'),
  BODY_LIMIT_BYTES: variable(integer(1024, 104_857_600).default(1_048_576), '1048576'),
  UPLOAD_MAX_BYTES: variable(integer(1024, 10_737_418_240).default(209_715_200), '209715200'),
  DATABASE_URL: variable(postgres, 'postgres://owner:password@127.0.0.1:5432/revloop'),
  DATABASE_APP_URL: variable(postgres.optional(), 'postgres://app:password@127.0.0.1:5432/revloop'),
  DATABASE_PLATFORM_URL: variable(postgres.optional(), 'postgres://platform:password@127.0.0.1:5432/revloop'),
  DATABASE_DIRECT_URL: variable(postgres.optional(), 'postgres://app:password@127.0.0.1:5432/revloop'),
  DATABASE_POOL_SIZE: variable(integer(1, 500).default(16), '16'),
  TEMPORAL_ADDRESS: variable(address.optional(), '127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: variable(text.default('revloop'), 'revloop'),
  TEMPORAL_UI_URL: variable(web.optional(), 'http://127.0.0.1:8233'),
  TEMPORAL_DEPLOYMENT_NAME: variable(optionalText, 'revloop'),
  TEMPORAL_BUILD_ID: variable(optionalText, '2026-11-21.1'),
  TEMPORAL_API_KEY: variable(optionalText, 'a key of Temporal Cloud'),
  TEMPORAL_TLS: variable(flag.default(false), 'true'),
  WORKER_HEALTH_PORT: variable(port.default(8081), '8081'),
  METRICS_PORT: variable(port.optional(), '9463'),
  WORKER_METRICS_PORT: variable(port.optional(), '9464'),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(web.optional(), 'http://127.0.0.1:4318'),
  JWT_SECRET: variable(longText.optional(), 'the output of: openssl rand -base64 48'),
  ENCRYPTION_KEY: variable(encryptionKey.optional(), '3q2+7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='),
  ENCRYPTION_KEY_PREVIOUS: variable(encryptionKey.optional(), 'q80AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='),
  JWT_EXPIRATION: variable(duration.default(604_800), '7d'),
  INVITATION_EXPIRATION_HOURS: variable(integer(1, 8760).default(72), '72'),
  RATE_LIMIT_GENERAL_PER_HOUR: variable(count.default(1000), '1000'),
  RATE_LIMIT_AUTH_PER_MINUTE: variable(count.default(10), '10'),
  RATE_LIMIT_SEARCH_PER_MINUTE: variable(count.default(100), '100'),
  RATE_LIMIT_INGEST_PER_MINUTE: variable(count.default(60_000), '60000'),
  RATE_LIMIT_WEBHOOK_PER_MINUTE: variable(count.default(60_000), '60000'),
  LOG_LEVEL: variable(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).optional(), 'info'),
  LOG_FILE: variable(optionalText, 'logs/app.log'),
  SUPABASE_URL: variable(web.optional(), 'https://your-project.supabase.co'),
  SUPABASE_ANON_KEY: variable(optionalText, 'your-anon-key'),
  SUPABASE_SERVICE_KEY: variable(optionalText, 'your-service-key'),
  REDIS_URL: variable(urlOf('redis:', 'rediss:').optional(), 'redis://localhost:6379'),
  SENDGRID_API_KEY: variable(optionalText, 'your-sendgrid-key'),
  SENDGRID_BASE_URL: variable(web.optional(), 'http://127.0.0.1:4010'),
  SMTP_URL: variable(urlOf('smtp:', 'smtps:').optional(), 'smtp://user:password@mail.example.com:587'),
  SENDGRID_VERIFIED_SENDER: variable(optionalText, 'noreply@yourdomain.com'),
  EMAIL_TRACKING_DOMAIN: variable(optionalText, 'track.yourdomain.com'),
  EMAIL_REPLY_DOMAIN: variable(optionalText, 'reply.yourdomain.com'),
  OUTREACH_ALLOW_UNVERIFIED: variable(flag.default(false), 'true'),
  TYPESENSE_API_KEY: variable(optionalText, 'your-typesense-key'),
  TYPESENSE_HOST: variable(optionalText, 'typesense.yourdomain.com'),
  TYPESENSE_PORT: variable(port.optional(), '443'),
  TYPESENSE_PROTOCOL: variable(z.enum(['http', 'https']).optional(), 'https'),
  OPENAI_API_KEY: variable(optionalText, 'your-openai-key'),
  OPENAI_BASE_URL: variable(web.optional(), 'https://api.openai.com/v1'),
  OPENAI_MODEL: variable(text.default('gpt-4.1'), 'gpt-4.1'),
  OPENAI_TRANSCRIPTION_MODELS: variable(
    text.default('gpt-4o-transcribe-diarize,whisper-1'),
    'gpt-4o-transcribe-diarize,whisper-1',
  ),
  ANTHROPIC_API_KEY: variable(optionalText, 'your-anthropic-key'),
  ANTHROPIC_BASE_URL: variable(web.optional(), 'https://api.anthropic.com'),
  ANTHROPIC_MODEL: variable(text.default('claude-sonnet-5-5'), 'claude-sonnet-5-5'),
  ANTHROPIC_SMALL_MODEL: variable(text.default('claude-haiku-5-5'), 'claude-haiku-5-5'),
  GOOGLE_AI_API_KEY: variable(optionalText, 'your-google-key'),
  GOOGLE_AI_BASE_URL: variable(
    web.default('https://generativelanguage.googleapis.com/v1beta/openai'),
    'https://generativelanguage.googleapis.com/v1beta/openai',
  ),
  GOOGLE_AI_MODEL: variable(text.default('gemini-pro-latest'), 'gemini-pro-latest'),
  SENTRY_DSN: variable(optionalText, 'https://key@sentry.example.com/1'),
  SALESFORCE_CLIENT_ID: variable(optionalText, 'your-client-id'),
  SALESFORCE_CLIENT_SECRET: variable(optionalText, 'your-client-secret'),
  HUBSPOT_API_KEY: variable(optionalText, 'your-hubspot-key'),
  CLEARBIT_API_KEY: variable(optionalText, 'your-clearbit-key'),
  ZOOMINFO_API_KEY: variable(optionalText, 'your-zoominfo-key'),
  APOLLO_API_KEY: variable(optionalText, 'your-apollo-key'),
  TWILIO_ACCOUNT_SID: variable(optionalText, 'your-sid'),
  TWILIO_AUTH_TOKEN: variable(optionalText, 'your-token'),
  TWILIO_BASE_URL: variable(web.optional(), 'http://127.0.0.1:4011'),
  TWILIO_PHONE_NUMBER: variable(optionalText, '+1234567890'),
  VAPID_PUBLIC_KEY: variable(optionalText, 'your-vapid-public'),
  VAPID_PRIVATE_KEY: variable(optionalText, 'your-vapid-private'),
  STRIPE_SECRET_KEY: variable(optionalText, 'your-stripe-key'),
  STRIPE_WEBHOOK_SECRET: variable(optionalText, 'your-webhook-secret'),
  STRIPE_PUBLISHABLE_KEY: variable(optionalText, 'your-publishable-key'),
  WEBHOOK_ALLOW_LOOPBACK: variable(flag.default(false), 'true'),
  INTEGRATION_BASE_URLS: variable(text.default(''), 'stripe=http://127.0.0.1:12111'),
  REVLOOP_FAULTS: variable(faults.default([]), 'attribution.before-publish=kill'),
  REVLOOP_DATA_DIR: variable(optionalText, '/home/you/revloop-data'),
  TEMPORAL_CLI_PATH: variable(optionalText, '/usr/local/bin/temporal'),
  REVLOOP_URL: variable(optionalText, 'http://127.0.0.1:8080'),
  REVLOOP_KEY: variable(optionalText, 'an API key'),
  REVLOOP_ORG: variable(optionalText, 'the id of an organization'),
} as const;

type Key = keyof typeof VARIABLES;
type Values = { [K in Key]: z.output<(typeof VARIABLES)[K]['schema']> };
export type Fault = {
  readonly point: string;
  readonly action: 'kill' | 'pause' | 'throw';
  readonly milliseconds?: number;
};
export type BadKey = { key: string; problem: string; example: string };

export class ConfigError extends Error {
  readonly bad: readonly BadKey[];
  constructor(bad: readonly BadKey[]) {
    const lines = bad.map((b) => `  ${b.key}: ${b.problem}${b.example && ` (for example ${b.key}=${b.example})`}`);
    super(`The configuration has ${bad.length} bad key${bad.length === 1 ? '' : 's'}:\n${lines.join('\n')}`);
    this.name = 'ConfigError';
    this.bad = bad;
  }
}

/** Rules that need several values. They read raw values too, so that they are reported beside malformed ones. */
function* crossChecks(env: NodeJS.ProcessEnv, v: Partial<Values>): Generator<[Key, string]> {
  const has = (key: Key) => Boolean(env[key]?.trim());
  if (has('DATABASE_APP_URL') !== has('DATABASE_PLATFORM_URL')) {
    const missing = has('DATABASE_APP_URL') ? 'DATABASE_PLATFORM_URL' : 'DATABASE_APP_URL';
    yield [missing, 'DATABASE_APP_URL and DATABASE_PLATFORM_URL are given together or not at all'];
  }
  if (has('TEMPORAL_DEPLOYMENT_NAME') !== has('TEMPORAL_BUILD_ID')) {
    const missing = has('TEMPORAL_BUILD_ID') ? 'TEMPORAL_DEPLOYMENT_NAME' : 'TEMPORAL_BUILD_ID';
    yield [missing, 'TEMPORAL_DEPLOYMENT_NAME and TEMPORAL_BUILD_ID are given together or not at all'];
  }
  if (v.PORT !== undefined && v.PORT === v.WORKER_HEALTH_PORT)
    yield ['WORKER_HEALTH_PORT', `must differ from PORT (${v.PORT}); choose another free port`];
  if (env.NODE_ENV?.trim() !== 'production') return;
  const secret = env.JWT_SECRET?.trim() ?? '';
  if (secret.length < 32) yield ['JWT_SECRET', 'production needs a secret of 32 characters or more'];
  else if (secret === DEVELOPMENT_JWT_SECRET || /^your[-_ ]/i.test(secret))
    yield ['JWT_SECRET', 'production refuses a secret that everybody can read in the source'];
  if (!has('ENCRYPTION_KEY')) yield ['ENCRYPTION_KEY', 'production needs a key of its own for what is kept encrypted'];
  else if (v.ENCRYPTION_KEY === DEVELOPMENT_ENCRYPTION_KEY)
    yield ['ENCRYPTION_KEY', 'production refuses a key that everybody can read in the source'];
  if (!has('DATABASE_APP_URL') && !has('DATABASE_PLATFORM_URL'))
    yield ['DATABASE_APP_URL', 'production needs logins of their own for app and platform, the owner may not serve'];
  for (const key of ['DATABASE_URL', 'DATABASE_APP_URL', 'DATABASE_PLATFORM_URL'] as const)
    if (v[key] && new URL(v[key]).password === DEVELOPMENT_DATABASE_PASSWORD)
      yield [key, 'production refuses the password of the development database'];
  if (!has('PUBLIC_URL')) yield ['PUBLIC_URL', 'production needs the address that people and links use'];
  if (!has('TEMPORAL_ADDRESS')) yield ['TEMPORAL_ADDRESS', 'production needs the address of its Temporal server'];
  if (v.WEBHOOK_ALLOW_LOOPBACK) yield ['WEBHOOK_ALLOW_LOOPBACK', 'production calls nothing on its own machine'];
  if (v.OUTREACH_ALLOW_UNVERIFIED)
    yield ['OUTREACH_ALLOW_UNVERIFIED', 'production sends marketing from checked domains with a postal address alone'];
  if (has('REVLOOP_FAULTS')) yield ['REVLOOP_FAULTS', 'faults are for tests; production refuses them'];
}

function parse(env: NodeJS.ProcessEnv): Values {
  const values: Record<string, unknown> = {};
  const bad: BadKey[] = [];
  for (const [key, { schema, example }] of Object.entries(VARIABLES)) {
    const raw = env[key]?.trim() || undefined;
    if (raw === undefined && key === 'DATABASE_URL') {
      bad.push({ key, problem: 'is missing; `npm start` brings its own database, any other way needs one', example });
      continue;
    }
    const result = schema.safeParse(raw);
    if (result.success) values[key] = result.data;
    else bad.push({ key, problem: result.error.issues.map((i) => i.message).join('; '), example });
  }
  for (const [key, problem] of crossChecks(env, values as Partial<Values>))
    if (!bad.some((b) => b.key === key)) bad.push({ key, problem, example: VARIABLES[key].example });
  for (const key of Object.keys(env))
    if (key.startsWith('REVLOOP_') && !Object.hasOwn(VARIABLES, key))
      bad.push({ key, problem: 'is unknown; remove it or correct its spelling', example: '' });
  if (bad.length > 0) throw new ConfigError(bad);
  return values as Values;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
export type Config = DeepReadonly<ReturnType<typeof assemble>>;

function assemble(v: Values) {
  const host = v.HOST ?? (v.NODE_ENV === 'production' ? '0.0.0.0' : '127.0.0.1');
  const publicUrl = v.PUBLIC_URL ?? `http://127.0.0.1:${v.PORT}`;
  const logFile = v.LOG_FILE ?? (v.NODE_ENV === 'test' ? 'none' : 'logs/app.log');
  return {
    env: v.NODE_ENV,
    version: API_VERSION,
    http: {
      host,
      port: v.PORT,
      websocketPort: v.WEBSOCKET_PORT,
      publicUrl,
      allowedOrigins: v.ALLOWED_ORIGINS ?? [publicUrl],
      bodyLimitBytes: v.BODY_LIMIT_BYTES,
      uploadMaxBytes: v.UPLOAD_MAX_BYTES,
    },
    database: {
      ownerUrl: v.DATABASE_URL,
      appUrl: v.DATABASE_APP_URL ?? v.DATABASE_URL,
      platformUrl: v.DATABASE_PLATFORM_URL ?? v.DATABASE_URL,
      directUrl: v.DATABASE_DIRECT_URL,
      /** One login for all: the pool then starts each connection with the startup parameter `role`. */
      assumeRole: v.DATABASE_APP_URL === undefined,
      poolSize: v.DATABASE_POOL_SIZE,
    },
    temporal: {
      address: v.TEMPORAL_ADDRESS ?? '127.0.0.1:7233',
      namespace: v.TEMPORAL_NAMESPACE,
      uiUrl: v.TEMPORAL_UI_URL,
      deploymentName: v.TEMPORAL_DEPLOYMENT_NAME,
      buildId: v.TEMPORAL_BUILD_ID,
      apiKey: v.TEMPORAL_API_KEY,
      tls: v.TEMPORAL_TLS,
    },
    telemetry: { metricsPort: v.METRICS_PORT, otlpEndpoint: v.OTEL_EXPORTER_OTLP_ENDPOINT },
    worker: { healthPort: v.WORKER_HEALTH_PORT, metricsPort: v.WORKER_METRICS_PORT, shutdownGraceSeconds: 25 },
    auth: {
      jwtSecret: v.JWT_SECRET ?? DEVELOPMENT_JWT_SECRET,
      jwtExpirationSeconds: v.JWT_EXPIRATION,
      invitationExpirationHours: v.INVITATION_EXPIRATION_HOURS,
    },
    mail: {
      from: v.SENDGRID_VERIFIED_SENDER ?? `no-reply@${new URL(publicUrl).hostname}`,
      /** Without a provider, development keeps mail in the outbox, and production refuses what needs one. */
      transport: (v.SENDGRID_API_KEY
        ? 'sendgrid'
        : v.SMTP_URL
          ? 'smtp'
          : v.NODE_ENV === 'production'
            ? null
            : 'outbox') as 'sendgrid' | 'smtp' | 'outbox' | null,
    },
    outreach: {
      linkUrl: v.EMAIL_TRACKING_DOMAIN === undefined ? publicUrl : `https://${v.EMAIL_TRACKING_DOMAIN}`,
      replyDomain: v.EMAIL_REPLY_DOMAIN ?? null,
      smsFrom: v.TWILIO_PHONE_NUMBER ?? 'Revloop',
      allowUnverified: v.OUTREACH_ALLOW_UNVERIFIED,
      requireSignedEvents: v.NODE_ENV === 'production',
      twilioAuthToken: v.TWILIO_AUTH_TOKEN ?? null,
      /** A text needs a way of its own; without one, development keeps it in the outbox. */
      hasSms:
        v.NODE_ENV !== 'production' || Boolean(v.TWILIO_ACCOUNT_SID && v.TWILIO_AUTH_TOKEN && v.TWILIO_PHONE_NUMBER),
    },
    encryption: { key: v.ENCRYPTION_KEY ?? DEVELOPMENT_ENCRYPTION_KEY, previousKey: v.ENCRYPTION_KEY_PREVIOUS },
    rateLimits: {
      generalPerHour: v.RATE_LIMIT_GENERAL_PER_HOUR,
      authPerMinute: v.RATE_LIMIT_AUTH_PER_MINUTE,
      searchPerMinute: v.RATE_LIMIT_SEARCH_PER_MINUTE,
      ingestPerMinute: v.RATE_LIMIT_INGEST_PER_MINUTE,
      webhookPerMinute: v.RATE_LIMIT_WEBHOOK_PER_MINUTE,
    },
    log: {
      level: v.LOG_LEVEL ?? (v.NODE_ENV === 'test' ? ('warn' as const) : ('info' as const)),
      file: logFile === 'none' ? undefined : logFile,
    },
    outbound: { production: v.NODE_ENV === 'production', allowLoopback: v.WEBHOOK_ALLOW_LOOPBACK },
    integrations: { baseUrls: v.INTEGRATION_BASE_URLS },
    faults: v.REVLOOP_FAULTS as Fault[],
    development: { dataDir: v.REVLOOP_DATA_DIR, temporalCliPath: v.TEMPORAL_CLI_PATH },
    providers: {
      supabase: { url: v.SUPABASE_URL, anonKey: v.SUPABASE_ANON_KEY, serviceKey: v.SUPABASE_SERVICE_KEY },
      redis: { url: v.REDIS_URL },
      sendgrid: {
        apiKey: v.SENDGRID_API_KEY,
        verifiedSender: v.SENDGRID_VERIFIED_SENDER,
        baseUrl: v.SENDGRID_BASE_URL,
      },
      smtp: { url: v.SMTP_URL },
      email: { trackingDomain: v.EMAIL_TRACKING_DOMAIN, replyDomain: v.EMAIL_REPLY_DOMAIN },
      typesense: {
        apiKey: v.TYPESENSE_API_KEY,
        host: v.TYPESENSE_HOST,
        port: v.TYPESENSE_PORT,
        protocol: v.TYPESENSE_PROTOCOL,
      },
      openai: {
        apiKey: v.OPENAI_API_KEY,
        baseUrl: v.OPENAI_BASE_URL,
        model: v.OPENAI_MODEL,
        transcriptionModels: v.OPENAI_TRANSCRIPTION_MODELS.split(',').flatMap((name) => name.trim() || []),
      },
      anthropic: {
        apiKey: v.ANTHROPIC_API_KEY,
        baseUrl: v.ANTHROPIC_BASE_URL,
        model: v.ANTHROPIC_MODEL,
        smallModel: v.ANTHROPIC_SMALL_MODEL,
      },
      googleAi: { apiKey: v.GOOGLE_AI_API_KEY, baseUrl: v.GOOGLE_AI_BASE_URL, model: v.GOOGLE_AI_MODEL },
      sentry: { dsn: v.SENTRY_DSN },
      salesforce: { clientId: v.SALESFORCE_CLIENT_ID, clientSecret: v.SALESFORCE_CLIENT_SECRET },
      hubspot: { apiKey: v.HUBSPOT_API_KEY },
      clearbit: { apiKey: v.CLEARBIT_API_KEY },
      zoominfo: { apiKey: v.ZOOMINFO_API_KEY },
      apollo: { apiKey: v.APOLLO_API_KEY },
      twilio: {
        accountSid: v.TWILIO_ACCOUNT_SID,
        authToken: v.TWILIO_AUTH_TOKEN,
        phoneNumber: v.TWILIO_PHONE_NUMBER,
        baseUrl: v.TWILIO_BASE_URL,
      },
      vapid: { publicKey: v.VAPID_PUBLIC_KEY, privateKey: v.VAPID_PRIVATE_KEY },
      stripe: {
        secretKey: v.STRIPE_SECRET_KEY,
        webhookSecret: v.STRIPE_WEBHOOK_SECRET,
        publishableKey: v.STRIPE_PUBLISHABLE_KEY,
      },
    },
  };
}

/** Parses, validates and freezes the whole configuration. @throws ConfigError that lists every bad key at once. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  return deepFreeze(assemble(parse(env)));
}
