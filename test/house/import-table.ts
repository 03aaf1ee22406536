/**
 * Who may import whom. A room is a set of files with one job; ARCHITECTURE.md draws the house. Whoever needs a new
 * arrow adds it here, with the reason in the commit, so that it is seen.
 */
export type Room =
  | 'tests'
  | 'bench'
  | 'faults'
  | 'dev'
  | 'demo'
  | 'deploy'
  | 'client'
  | 'cli'
  | 'config'
  | 'logging'
  | 'domain input'
  | 'domain'
  | 'schema'
  | 'services'
  | 'providers'
  | 'activities'
  | 'contracts'
  | 'workflows'
  | 'telemetry'
  | 'temporal'
  | 'workers'
  | 'api root'
  | 'api';

/** First match wins. */
export const ROOMS: readonly (readonly [RegExp, Room])[] = [
  [/\.test\.ts$|^test\/|^vitest\.config\.ts$/, 'tests'],
  [/^bench\//, 'bench'],
  [/^faults\//, 'faults'],
  [/^dev\//, 'dev'],
  [/^demo\//, 'demo'],
  [/^deploy\//, 'deploy'],
  [/^client\//, 'client'],
  [/^cli\//, 'cli'],
  [/^config(?:-values)?\.ts$/, 'config'],
  [/^logging\.ts$/, 'logging'],
  [/^domain\/.+\.input\.ts$/, 'domain input'],
  [/^domain\//, 'domain'],
  [/^schema\//, 'schema'],
  [/^services\//, 'services'],
  [/^providers\//, 'providers'],
  [/^activities\//, 'activities'],
  [/^workflows\/.+\.contract\.ts$/, 'contracts'],
  [/^workflows\//, 'workflows'],
  [/^telemetry\//, 'telemetry'],
  [/^temporal\//, 'temporal'],
  [/^workers\//, 'workers'],
  [/^api\/(main|deps|openapi)\.ts$/, 'api root'],
  [/^api\//, 'api'],
];

export interface Rule {
  /** What belongs there; the message of a broken rule says it. */
  readonly holds: string;
  /** Rooms it may import. Its own room always. */
  readonly rooms: readonly Room[] | 'any';
  /** Rooms of which it may import types alone. */
  readonly typesOf?: readonly Room[];
  /** Packages; `node:*` stands for all modules of Node. */
  readonly packages: readonly string[] | 'any';
  readonly typePackages?: readonly string[];
}

export const TABLE: Readonly<Record<Room, Rule>> = {
  tests: { holds: 'tests and what they need', rooms: 'any', packages: 'any' },
  bench: { holds: 'benchmarks', rooms: 'any', packages: 'any' },
  faults: { holds: 'trials that break the product on purpose and count', rooms: 'any', packages: 'any' },
  dev: {
    holds: 'the commands of a developer: servers, supervision, checks',
    rooms: ['config', 'demo', 'schema', 'temporal'],
    packages: ['node:*', 'postgres', '@temporalio/client'],
  },
  demo: {
    holds: 'the demo organization, built by calling services',
    rooms: ['config', 'domain', 'schema', 'services'],
    packages: ['node:fs', 'node:path'],
  },
  deploy: { holds: 'the jobs of a deployment', rooms: ['config', 'schema'], packages: ['node:*'] },
  client: {
    holds: 'the typed client of the API: it runs in browsers too, so nothing of Node',
    rooms: [],
    packages: ['openapi-fetch'],
  },
  cli: {
    holds: 'the command line, which knows the product through its client alone',
    rooms: ['client'],
    packages: ['node:*'],
  },
  config: { holds: 'the one reader of the environment', rooms: [], packages: ['zod'] },
  logging: { holds: 'the logger of a process', rooms: [], packages: ['node:fs', 'node:path', 'pino'] },
  'domain input': { holds: 'shapes that come in through several doors', rooms: ['domain'], packages: ['zod'] },
  domain: {
    holds: 'pure rules: no clock, no randomness, no input or output',
    rooms: [],
    packages: ['libphonenumber-js', 'ipaddr.js'],
  },
  schema: {
    holds: 'the shape of PostgreSQL and the way to it',
    rooms: [],
    typesOf: ['domain'],
    packages: ['kysely', 'kysely-postgres-js', 'postgres'],
  },
  services: {
    holds: 'business verbs and queries: the only SQL, and nothing of HTTP or Temporal',
    rooms: ['domain', 'domain input', 'schema'],
    typesOf: ['contracts'],
    packages: [
      'kysely',
      'node:crypto',
      'node:zlib',
      'csv-stringify',
      '@node-rs/argon2',
      'jose',
      'echarts',
      'ical-generator',
      'sanitize-html',
      'html-to-text',
      '@opentelemetry/api',
    ],
  },
  providers: {
    holds: 'the ways to servers of others, each behind a port of domain',
    rooms: ['domain'],
    packages: [
      'node:*',
      'undici',
      '@sendgrid/mail',
      '@sendgrid/client',
      'nodemailer',
      'twilio',
      'openai',
      '@anthropic-ai/sdk',
    ],
  },
  activities: {
    holds: 'effects for workflows; what they need comes in through their dependencies',
    rooms: ['domain', 'services'],
    typesOf: ['schema', 'contracts'],
    packages: ['@temporalio/activity'],
  },
  contracts: {
    holds: 'what a process is called, takes and answers',
    rooms: ['domain'],
    packages: ['@temporalio/workflow'],
  },
  workflows: {
    holds: 'orchestration: time, order, retries, waiting',
    rooms: ['domain', 'contracts'],
    typesOf: ['activities'],
    packages: ['@temporalio/workflow'],
  },
  telemetry: {
    holds: 'what a process tells of itself: metrics and traces',
    rooms: [],
    packages: [
      'node:*',
      'prom-client',
      '@opentelemetry/api',
      '@opentelemetry/exporter-trace-otlp-http',
      '@opentelemetry/resources',
      '@opentelemetry/sdk-trace-base',
      '@opentelemetry/sdk-trace-node',
      '@temporalio/interceptors-opentelemetry',
    ],
    typePackages: ['@temporalio/worker'],
  },
  temporal: {
    holds: 'the way to Temporal: connection, workers, starting and signalling',
    rooms: ['domain', 'contracts'],
    packages: ['node:*', '@temporalio/activity', '@temporalio/client', '@temporalio/common', '@temporalio/worker'],
    typePackages: ['pino'],
  },
  workers: {
    holds: 'the worker process, its relay and its composition root',
    rooms: [
      'activities',
      'config',
      'contracts',
      'domain',
      'logging',
      'providers',
      'schema',
      'services',
      'telemetry',
      'temporal',
    ],
    packages: ['node:*', 'kysely', 'pino'],
    typePackages: ['@temporalio/client', '@temporalio/worker', 'postgres'],
  },
  'api root': {
    holds: 'the API process: its start, its composition root, its document',
    rooms: [
      'api',
      'config',
      'contracts',
      'domain',
      'logging',
      'providers',
      'schema',
      'services',
      'telemetry',
      'temporal',
    ],
    packages: ['node:*', 'kysely', 'pino'],
  },
  api: {
    holds: 'HTTP: paths, shapes, status codes, documentation',
    rooms: ['domain', 'domain input', 'services'],
    typesOf: ['schema'],
    packages: ['node:*', 'hono', '@hono/node-server', 'zod', 'ioredis'],
    typePackages: ['pino'],
  },
};

/**
 * Wings from the ground up: one may import those on lower floors. `core` carries all of them. What a wing does because
 * of one above it is a reaction, which lives in the upper one.
 */
export const FLOORS: readonly (readonly string[])[] = [
  ['core'],
  ['platform'],
  ['data'],
  ['crm'],
  ['outreach'],
  ['agent'],
  ['insight', 'service', 'marketing', 'integrations'],
  // What the outside is told, by all wings together.
  ['outward'],
];

/** Where a forbidden line should live instead. First match wins. */
export const ADVICE: readonly { readonly from?: readonly Room[]; readonly to: RegExp; readonly says: string }[] = [
  {
    from: ['workflows', 'contracts'],
    to: /./,
    says: 'A workflow only orchestrates. Put the line into an activity (activities/<wing>/<area>.activities.ts) and import its type; a rule that never changes its answer may live in domain/.',
  },
  {
    from: ['domain', 'domain input', 'schema'],
    to: /./,
    says: 'Pass the value in as a parameter, or move the line up to services/<wing>/<area>/.',
  },
  {
    to: /^(dev|test|bench|faults|demo)\//,
    says: 'Production code does not depend on the workshop. Move what is shared to the room that owns it.',
  },
  {
    to: /^@temporalio\//,
    says: 'Starting and signalling live in temporal/processes/; a verb writes a command (startProcess, signalProcess).',
  },
  {
    to: /^temporal\//,
    says: 'A verb writes a command (services/core/commands.ts); only composition roots hold the way to Temporal.',
  },
  {
    to: /^workflows\/.+\.contract\.ts$/,
    says: 'Only types of a contract may be used here: write `import type`.',
  },
  { to: /^workflows\//, says: 'Workflow code is loaded by path only. Names and types are in its contract.' },
  {
    to: /^(hono|@hono\/.+|zod)$|^api\//,
    says: 'HTTP and the validation of requests live in api/; a shape that several doors share is domain/<wing>/<noun>.input.ts.',
  },
  {
    to: /^(kysely|kysely-postgres-js|postgres)$|^schema\//,
    says: 'SQL lives in services/<wing>/<area>/; call a verb or a query of it.',
  },
  { to: /^activities\//, says: 'What both need is a verb or a rule: move it to services/ or domain/.' },
  {
    from: ['services'],
    to: /^services\//,
    says: 'Move what both need to a lower wing, or let the upper wing react to an event of the lower one (services/core/relay.ts).',
  },
  {
    from: ['api', 'activities'],
    to: /^services\//,
    says: 'Export it in the index of its wing or area, if it is meant for others.',
  },
  {
    to: /^services\//,
    says: 'Pass in what is needed as a parameter, or move the line to an activity or a composition root.',
  },
  {
    to: /^(config|logging)\.ts$/,
    says: 'Composition roots (api/deps.ts, workers/deps.ts) read the configuration and hand on what is needed.',
  },
  {
    to: /^[^.]*$/,
    says: 'If the package belongs to this room, add it to test/house/import-table.ts and say why in the commit.',
  },
];

/** Lines that the table forbids and that are right all the same. An entry that no longer applies fails the test. */
export const EXCEPTIONS: readonly { readonly file: string; readonly target: string; readonly why: string }[] = [];
