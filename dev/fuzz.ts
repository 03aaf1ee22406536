// npm run test:fuzz [-- arguments of schemathesis]: requests generated from openapi.json against a started server.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SOUTHWIND } from '../demo/southwind.ts';
import { freePort, ROOT, StartError } from './host.ts';

const VERSION = '4.25.0';
const VENV = join(ROOT, '.cache', `schemathesis-${VERSION}`);
/** Servers and data of its own, kept between runs; delete the folder for a fresh start. */
const DATA_DIR = join(ROOT, '.cache', 'fuzz');
const READY_MS = 600_000;
const FACES = [
  { name: '/v1', paths: '^/v1/' },
  { name: '/api/v1', paths: '^/api/v1/' },
];
/**
 * Left out: positive_data_acceptance (a valid reference to nothing is refused), unsupported_method (405 carries hints of
 * ours), ignored_auth (the access walk asks every endpoint).
 */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'use_after_free',
];

const say = (line: string) => process.stderr.write(`${line}\n`);
const inVenv = (name: string) =>
  process.platform === 'win32' ? join(VENV, 'Scripts', `${name}.exe`) : join(VENV, 'bin', name);

/** @throws StartError that says how to get it. */
function installSchemathesis(): string {
  const command = inVenv('schemathesis');
  if (existsSync(command) && spawnSync(command, ['--version']).status === 0) return command;
  const help =
    `By hand, on a machine that reaches PyPI: python3 -m venv ${VENV} && ` +
    `${inVenv('pip')} install schemathesis==${VERSION}`;
  say(`Installing schemathesis ${VERSION} into ${VENV}`);
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['-c', 'import venv']).status === 0);
  if (!python) throw new StartError(`The fuzzer needs Python 3.10 or newer with its module venv. ${help}`);
  const steps: [string, string[]][] = [
    [python, ['-m', 'venv', VENV]],
    [inVenv('pip'), ['install', '--quiet', '--disable-pip-version-check', `schemathesis==${VERSION}`]],
  ];
  for (const [program, args] of steps) {
    if (spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status !== 0) {
      throw new StartError(`schemathesis could not be installed from PyPI. ${help}`);
    }
  }
  return command;
}

async function startServer(port: number): Promise<ChildProcess> {
  mkdirSync(DATA_DIR, { recursive: true });
  const child = spawn(process.execPath, [join(ROOT, 'dev/start.ts')], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      REVLOOP_DATA_DIR: DATA_DIR,
      LOG_FILE: join(DATA_DIR, 'app.log'),
      RATE_LIMIT_GENERAL_PER_HOUR: '1000000000',
      RATE_LIMIT_AUTH_PER_MINUTE: '1000000000',
      RATE_LIMIT_SEARCH_PER_MINUTE: '1000000000',
      RATE_LIMIT_INGEST_PER_MINUTE: '1000000000',
    },
  });
  const end = performance.now() + READY_MS;
  while (performance.now() < end) {
    if (child.exitCode !== null) throw new StartError('The server did not start; the lines above say why.');
    const isReady = await fetch(`http://127.0.0.1:${port}/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return child;
    await sleep(250);
  }
  child.kill('SIGTERM');
  throw new StartError(`The server was not ready after ${READY_MS / 1000} s.`);
}

/** Named by the caller, it takes the place of the two faces. */
const OWN_PATHS = '--include-path-regex=';

type Json = Record<string, unknown>;

/** An array of rows is answered 200 with an outcome per row, bad ones too (test/walk/input.db.test.ts sends those). */
const ROWS: Json = {
  type: 'array',
  minItems: 1,
  maxItems: 3,
  items: {},
};

const isStream = (operation: Json): boolean => JSON.stringify(operation.responses ?? {}).includes('text/event-stream');

/**
 * openapi.json without what schemathesis cannot know: the credentials are given, a stream of events has no end to wait
 * for, and a line or headers of more than 16 KB are refused by the server before any of this is read.
 */
function documentForFuzzing(): string {
  const document: { paths: Record<string, Json> } = JSON.parse(
    readFileSync(join(ROOT, 'openapi.json'), 'utf8'),
    (key, value: Json) => {
      if (key === 'security') return undefined;
      const isBulk = key === 'schema' && Array.isArray(value.oneOf) && (value.oneOf[1] as Json)?.type === 'array';
      return isBulk ? { oneOf: [(value.oneOf as Json[])[0], ROWS] } : value;
    },
  );
  for (const operations of Object.values(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      if (isStream(operation as Json)) delete operations[method];
      else ((operation as Json).responses as Json)['431'] = { description: 'Request line or headers too large' };
    }
  }
  // These refuse, too: a body that is no file, one that is too large, a line that is too long.
  const refusals = [400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428, 431].map((status) => `"${status}"`);
  writeFileSync(
    join(DATA_DIR, 'schemathesis.toml'),
    `[checks]\nnegative_data_rejection.expected-statuses = [${refusals.join(', ')}]\n`,
  );
  const file = join(DATA_DIR, 'openapi.json');
  writeFileSync(file, JSON.stringify(document));
  return file;
}

async function run(command: string, args: readonly string[]): Promise<number> {
  const child = spawn(command, args, { cwd: DATA_DIR, stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

async function main(given: readonly string[]): Promise<number> {
  const command = installSchemathesis();
  const port = await freePort(8180);
  const server = await startServer(port);
  try {
    const key = readFileSync(join(DATA_DIR, SOUTHWIND.keyFile), 'utf8').trim();
    const document = JSON.parse(readFileSync(join(ROOT, 'openapi.json'), 'utf8')) as { paths: object };
    let worst = 0;
    const own = given.find((option) => option.startsWith(OWN_PATHS))?.split('=')[1];
    for (const { name, paths } of own ? [{ name: own, paths: own }] : FACES) {
      const operations = Object.keys(document.paths).filter((path) => new RegExp(paths).test(path));
      if (operations.length < 2) {
        say(`${name} has no endpoints of its own to fuzz yet.`);
        continue;
      }
      const defaults = ['--max-examples=30', '--seed=1', '--workers=2', '--phases=examples,coverage,fuzzing'];
      const code = await run(command, [
        'run',
        documentForFuzzing(),
        `--url=http://127.0.0.1:${port}`,
        `--include-path-regex=${paths}`,
        `--header=X-API-Key:${key}`,
        `--header=X-Tenant-ID:${SOUTHWIND.organizationId}`,
        `--checks=${CHECKS.join(',')}`,
        '--continue-on-failure',
        '--request-timeout=20',
        '--no-color',
        ...defaults.filter((option) => !given.some((own) => own.startsWith(option.split('=')[0]!))),
        ...given.filter((option) => !option.startsWith(OWN_PATHS)),
      ]);
      say(`${name}: ${code === 0 ? 'nothing found' : `schemathesis ended with ${code}`}`);
      worst = Math.max(worst, code);
    }
    return worst;
  } finally {
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
