import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../api/endpoints.ts';
import { type RunningServer, startServer } from '../api/server.ts';
import { SYSTEM_PRINCIPAL } from '../services/core/context.ts';
import { inTransaction } from '../services/core/transaction.ts';
import { computePartition, planRun, publishRun } from '../services/insight/index.ts';
import {
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
} from '../test/http/harness.ts';
import { importWorker } from '../test/http/uploads.ts';

const BIN = fileURLToPath(new URL('../bin/revloop.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'revloop-cli-'));
let database: TestDatabase;
let app: Hono;
let server: RunningServer;
let ours: TestOrganization;

beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS });
  server = await startServer(app, { host: '127.0.0.1', port: 0 });
  ours = await createOrganization(database);
});
afterAll(async () => {
  await server.drain(1_000);
  await database.drop();
  rmSync(folder, { recursive: true });
});

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

const environment = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  REVLOOP_URL: `http://127.0.0.1:${server.port}`,
  REVLOOP_KEY: ours.key,
  REVLOOP_ORG: ours.organizationId,
});

/** The command in a process of its own, in a folder of its own, as a shell would start it. */
function revloop(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [BIN, ...args], { cwd: folder, env: { ...environment(), ...env } });
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (ended.stdout += chunk));
  child.stderr.on('data', (chunk) => (ended.stderr += chunk));
  return new Promise((resolve) => child.once('close', (code) => resolve({ ...ended, code })));
}

const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return name;
};

/** Looks every few milliseconds until there is work of this kind, as a worker would. */
async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  const until = performance.now() + 10_000;
  while (performance.now() < until) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(20);
  }
  throw new Error('There was nothing to do.');
}

async function carryOutNextImport(): Promise<void> {
  const id = await eventually<string>(async () => {
    const { json } = await call(app, ours, 'GET', '/v1/uploads?status=pending');
    return json.data[0]?.id;
  });
  await importWorker(database, () => new Date('2026-06-30T12:00:00Z')).work(ours.organizationId, id);
}

async function carryOutNextRun(): Promise<void> {
  const run = await eventually<{ id: string; generation: number }>(async () => {
    const { json } = await call(app, ours, 'GET', '/v1/attribution/runs?status=running');
    return json.data[0];
  });
  const scope = { organizationId: ours.organizationId, principal: SYSTEM_PRINCIPAL, now: new Date() };
  const step = { runId: run.id, generation: run.generation };
  const inOne = <T>(work: Parameters<typeof inTransaction<T>>[2]) => inTransaction(database.app, scope, work);
  const partitions = await inOne((ctx) => planRun(ctx, step));
  for (let ordinal = 0; ordinal < partitions!; ordinal++) {
    await inOne((ctx) => computePartition(ctx, { ...step, ordinal }));
  }
  await inOne((ctx) => publishRun(ctx, step));
}

describe('wrong usage', () => {
  it.each([
    [[], 'Name a command.'],
    [['fly'], 'There is no command fly.'],
    [['ingest'], 'Name one file to ingest.'],
    [['ingest', 'x.csv', '--kind', 'birds'], '--kind is one of interactions'],
    [['ingest', 'gone.csv', '--kind', 'vendors'], 'gone.csv cannot be read'],
    [['attribute', '--model', 'GUESS'], '--model is one of FIRST_TOUCH'],
    [['attribute', '--model', 'LINEAR', '--window', '0'], '--window is a number from 1'],
    [['tail', '--limit', '1000'], '--limit is a number from 1 to 200.'],
    [['status', '--colour'], "Unknown option '--colour'"],
    [['status', '--url', 'localhost'], 'localhost is no address'],
    [['tail', '--key', ' '], 'A key and its organization are needed'],
  ])('%j ends with exit code 2 and a sentence', async (args, sentence) => {
    const env: Record<string, string> = args.includes(' ') ? { REVLOOP_KEY: '' } : {};
    const { code, stdout, stderr } = await revloop(args, env);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
    expect(stderr).toContain('revloop --help');
  });

  it('is answered by --help with every command and exit code', async () => {
    const { code, stdout } = await revloop(['--help'], { REVLOOP_KEY: '' });
    expect(code).toBe(0);
    for (const word of ['ingest', 'attribute', 'tail', 'status', 'REVLOOP_URL', 'Exit codes']) {
      expect(stdout).toContain(word);
    }
  });
});

describe('revloop status', () => {
  it('shows health, and runs and uploads when there is a key', async () => {
    const { code, stdout } = await revloop(['status']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^health ok, ready, version test/);
    expect(stdout).toContain('Newest uploads');
    const { stdout: open } = await revloop(['status'], { REVLOOP_KEY: '' });
    expect(open).toContain('health ok');
    expect(open).not.toContain('Newest uploads');
  });

  it('gives one JSON document when asked', async () => {
    const { stdout } = await revloop(['status', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ health: { status: 'ok' }, ready: { status: 'ready' }, runs: [] });
  });

  it('ends with 1 when the API is not ready, and with 3 when there is none', async () => {
    const away = createTestApp({ db: database.app, checks: { database: () => Promise.reject(new Error('away')) } });
    const other = await startServer(away, { host: '127.0.0.1', port: 0 });
    const url = `http://127.0.0.1:${other.port}`;
    const unready = await revloop(['status', '--url', url]);
    await other.drain(1_000);
    const gone = await revloop(['status', '--url', url]);
    expect([unready.code, gone.code]).toEqual([1, 3]);
    expect(unready.stdout).toContain('health unavailable, unavailable');
    expect(gone.stderr).toContain(`No answer came from ${url}.`);
  });

  it('ends with 1 and says why when the key is refused', async () => {
    const { code, stderr } = await revloop(['status', '--key', 'sk_live_wrong']);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^The API key is not valid\. \(UNAUTHORIZED\)\nSend a valid key .+\nRequest [0-9a-f-]{36}\n$/,
    );
  });
});

describe('revloop ingest', () => {
  it('sends a file, follows its import and reports the rows that were refused', async () => {
    const name = file('vendors.csv', 'Kürzel,label\nacme,Acme\n,Nameless\n');
    const mapping = file('mapping.json', '{"Kürzel": "code", "label": "name"}');
    const [ended] = await Promise.all([
      revloop(['ingest', name, '--kind', 'vendors', '--mapping', mapping]),
      carryOutNextImport(),
    ]);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/completed\ncreated +1\nupdated +0\nskipped +0\nfailed +1\n\nline 3 +code/);
    expect(ended.stderr).toContain('Importing 100 %');
    const { json } = await call(app, ours, 'GET', '/v1/vendors');
    expect(json.data.map(({ code }: { code: string }) => code)).toEqual(['acme']);
  });

  it('stores nothing in a dry run', async () => {
    const row = '{"code": "dry", "name": "Dry"}\n';
    const [ended] = await Promise.all([
      revloop(['ingest', file('dry.jsonl', row), '--kind', 'vendors', '--dry-run', '--json']),
      carryOutNextImport(),
    ]);
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ status: 'completed', dry_run: true, format: 'jsonl', created: 1 });
    expect((await call(app, ours, 'GET', '/v1/vendors')).text).not.toContain('dry');
  });
});

describe('revloop attribute and revloop tail', () => {
  it('credit what was ingested by channel, exactly, and show it', async () => {
    const customer_identifiers = [{ type: 'email', value: 'ann@example.com' }];
    const touches = ['call', 'email', 'call'].map((channel, i) => ({
      external_interaction_id: `touch-${i}`,
      channel,
      started_at: `2024-01-1${i}T10:00:00Z`,
      customer_identifiers,
    }));
    const order = { external_event_id: 'order', event_type: 'purchase', event_source: 'shop', currency: 'USD' };
    const occurred_at = '2024-01-13T10:00:00Z';
    await call(app, ours, 'POST', '/v1/interactions', { body: touches });
    const body = { ...order, amount_decimal: 100.01, occurred_at, customer_identifiers };
    await call(app, ours, 'POST', '/v1/conversions', { body });

    const args = ['attribute', '--model', 'LINEAR', '--models', 'LAST_TOUCH', '--window', '168', '--json'];
    const [ended] = await Promise.all([revloop(args), carryOutNextRun()]);
    expect(ended.code).toBe(0);
    const { run, credit_by_channel: credit } = JSON.parse(ended.stdout);
    expect(run).toMatchObject({ status: 'completed', conversions_attributed: 1, config: { time_window_hours: 168 } });
    const rows = credit.map((one: Record<string, unknown>) => Object.values(one).join(' '));
    expect(rows).toEqual(['LAST_TOUCH call USD 1 100.01', 'LINEAR call USD 2 66.67', 'LINEAR email USD 1 33.34']);

    const tail = await revloop(['tail', '--once']);
    const lines = tail.stdout.trimEnd().split('\n');
    expect(tail.code).toBe(0);
    expect(lines.map((line) => line.split(/ +/)[1])).toEqual([...Array(3).fill('interaction'), 'conversion']);
    expect(lines[3]).toContain('100.01 USD');
  });

  it('follows what comes in after it was started, until it is told to stop', async () => {
    const child = spawn(process.execPath, [BIN, 'tail', '--interval', '1', '--json'], {
      cwd: folder,
      env: environment(),
    });
    let stdout = '';
    child.stdout.on('data', (chunk) => (stdout += chunk));
    const has = (text: string) => eventually(async () => stdout.includes(text) || undefined);
    try {
      await has('"order"');
      const body = { external_interaction_id: 'late', channel: 'chat', started_at: '2024-02-01T10:00:00Z' };
      const customer_identifiers = [{ type: 'email', value: 'ann@example.com' }];
      await call(app, ours, 'POST', '/v1/interactions', { body: { ...body, customer_identifiers } });
      await has('"late"');
    } finally {
      child.kill('SIGINT');
    }
    const signal = await new Promise((resolve) => child.once('close', (_code, by) => resolve(by)));
    expect(signal).toBe('SIGINT');
    const shown = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).id);
    expect(new Set(shown).size).toBe(shown.length);
  });
});
