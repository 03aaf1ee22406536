import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS, SYSTEM_ENDPOINTS } from '../../api/endpoints.ts';
import { wireName } from '../../api/http/casing.ts';
import { type Endpoint, PREFIX } from '../../api/http/endpoint.ts';
import type { EndpointExample } from '../../api/http/examples.ts';
import { call } from '../http/harness.ts';
import { startWebhookReceiver } from '../webhook-receiver.ts';
import { onWire } from './content.ts';
import { watch } from './effect.ts';
import { createPlan, exampleOrEmpty, examplesOf, needsWorkers } from './plan.ts';
import { startProcesses } from './processes.ts';
import { type DrivenRow, say, writeRows } from './report.ts';
import { type Prepared, requireSuccess, type Sent, type Session } from './session.ts';
import { createWorld, type World } from './world.ts';
import { businessWrites, writesAsText } from './write-log.ts';

const plan = createPlan(ENDPOINTS);
const cases = ENDPOINTS.flatMap((endpoint) =>
  examplesOf(endpoint).map(
    (example) => [`${endpoint.operationId}${example ? `, ${example.name}` : ''}`, endpoint, example] as const,
  ),
);
/** An example that cannot be understood fails in its own test. */
function waits(endpoint: Endpoint, example: EndpointExample | undefined): boolean {
  try {
    return needsWorkers(plan, endpoint, example);
  } catch {
    return false;
  }
}
const withWorkers = cases.filter(([, endpoint, example]) => waits(endpoint, example));
const withoutWorkers = cases.filter((one) => !withWorkers.includes(one));

const rows = new Map<string, DrivenRow>();
const counts = {
  endpoints: 0,
  'driven to a 2xx': 0,
  'effects shown': 0,
  'replays equal to the byte': 0,
  'stale versions refused': 0,
};

type Outcome = { driven: boolean; effect: boolean | null; shownBy: string | null };

/** An endpoint with several examples counts when all of them succeed. */
function note({ operationId, method, path, face }: Endpoint, { driven, effect, shownBy }: Outcome): void {
  const wire = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `{${wireName(face, name)}}`);
  const before = rows.get(operationId);
  rows.set(operationId, {
    method: method.toUpperCase(),
    path: `${PREFIX[face]}${wire}`,
    operationId,
    driven: driven && before?.driven !== false,
    effect: before?.effect === false ? false : effect,
    shownBy,
  });
}

afterAll(() => {
  for (const { driven, effect } of rows.values()) {
    counts.endpoints++;
    if (driven) counts['driven to a 2xx']++;
    if (effect) counts['effects shown']++;
  }
  writeRows([...rows.values()]);
  say('Endpoints', counts);
});

/** Business writes since the last look; workers of the same world write whenever they like. */
async function stored(world: World): Promise<string> {
  const writes = businessWrites(await world.writes.take());
  return world.hasWorkers ? '' : writesAsText(writes);
}

/** One example in an organization of its own: the answer, what it changed, its repetition. */
async function drive(world: World, endpoint: Endpoint, given: EndpointExample | undefined): Promise<void> {
  const outcome: Outcome = { driven: false, effect: endpoint.transaction === 'read' ? null : false, shownBy: null };
  try {
    const session = await world.open();
    const prepared = await session.prepare(endpoint, exampleOrEmpty(plan, endpoint, given));
    if (endpoint.transaction === 'read') {
      const headers = endpoint.idempotent ? { 'idempotency-key': `walk ${endpoint.operationId}` } : {};
      const sent = requireSuccess(endpoint, await session.send(prepared, { headers }), '');
      outcome.driven = true;
      await expectListed(session, prepared, sent);
      if (endpoint.idempotent) await expectReplay(world, session, prepared, sent, headers);
      return;
    }
    const watched = await watch(world, session, prepared);
    outcome.shownBy = watched.by;
    await refuseStale(world, session, prepared, watched.etag);
    await world.writes.take();
    const headers = endpoint.idempotent ? { 'idempotency-key': `walk ${endpoint.operationId}` } : {};
    const current = watched.etag !== null && endpoint.method !== 'post' ? { 'if-match': watched.etag } : {};
    const sent = requireSuccess(endpoint, await session.send(prepared, { headers: { ...headers, ...current } }), '');
    outcome.driven = true;
    const problem = await watched.check(sent, await world.writes.take());
    outcome.effect = problem === undefined;
    expect(problem, `${endpoint.operationId} ${problem}`).toBeUndefined();
    if (endpoint.idempotent) await expectReplay(world, session, prepared, sent, headers);
  } finally {
    note(endpoint, outcome);
  }
}

/** A list holds what a POST to the same path created. */
async function expectListed(session: Session, prepared: Prepared, sent: Sent): Promise<void> {
  const { endpoint } = prepared;
  if (!endpoint.list) return;
  expect(Array.isArray(sent.data)).toBe(true);
  const creator = ENDPOINTS.find(
    ({ face, method, path, response }) =>
      face === endpoint.face && method === 'post' && path === endpoint.path && response === endpoint.response,
  );
  if (!creator || creator.shownBy) return;
  const { data } = await session.drive(creator.operationId, endpoint);
  const again = await session.send(prepared);
  const { id } = data as { id?: string };
  if (id !== undefined)
    expect(again.text, `${endpoint.operationId} lists what ${creator.operationId} created`).toContain(id);
}

async function refuseStale(world: World, session: Session, prepared: Prepared, etag: string | null): Promise<void> {
  const { endpoint } = prepared;
  if (etag === null || (endpoint.method !== 'put' && endpoint.method !== 'delete')) return;
  await world.writes.take();
  const sent = await session.send(prepared, { headers: { 'if-match': '"999999999"' } });
  expect(
    [sent.status, sent.json?.code ?? sent.json?.error?.code, await stored(world)],
    `${endpoint.operationId} with an If-Match of another version. The GET of its path sends an ETag, so it must compare: pass raw.ifMatch as expectedVersion.`,
  ).toEqual([412, 'PRECONDITION_FAILED', '']);
  counts['stale versions refused']++;
}

async function expectReplay(
  world: World,
  session: Session,
  prepared: Prepared,
  first: Sent,
  headers: Record<string, string>,
): Promise<void> {
  const { endpoint } = prepared;
  await world.writes.take();
  const again = await session.send(prepared, { headers });
  if (endpoint.secretAnswer) {
    expect([again.status, again.json?.code ?? again.json?.error?.code]).toEqual([409, 'REPLAY_UNAVAILABLE']);
  } else {
    expect([again.status, again.text, again.headers.get('idempotent-replayed')]).toEqual([
      first.status,
      first.text,
      'true',
    ]);
    counts['replays equal to the byte']++;
  }
  const other = prepared.file
    ? await session.send(
        { ...prepared, file: { ...prepared.file, content: `${prepared.file.content}\n` } },
        { headers },
      )
    : await session.send(prepared, { headers, text: ` ${JSON.stringify(onWire(endpoint, prepared.body) ?? {})}` });
  expect([other.status, other.json?.code ?? other.json?.error?.code], 'the same key with another body').toEqual([
    409,
    'IDEMPOTENCY_CONFLICT',
  ]);
  expect(await stored(world), 'a replay stores nothing').toBe('');
}

/** Starts while the first suite runs: servers take seconds. */
let worldWithWorkers: Promise<{ world: World; stop(): Promise<void> }> | undefined;
beforeAll(() => {
  if (withWorkers.length === 0) return;
  worldWithWorkers = startWebhookReceiver().then(async (receiver) => {
    const world = await createWorld({ now: () => new Date(), hasWorkers: true, receiver: receiver.url });
    const processes = await startProcesses(world.database.url);
    return { world, stop: () => Promise.all([processes.stop(), receiver.close()]).then(() => world.close()) };
  });
  // Told by the suite that awaits it; without this it would end the test process first.
  worldWithWorkers.catch(() => {});
});
afterAll(async () => {
  await (await worldWithWorkers?.catch(() => undefined))?.stop();
});

describe('every endpoint', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world?.close());

  it.each(withoutWorkers)('%s: answers 2xx, and a read shows what it did', async (_, endpoint, example) => {
    await drive(world, endpoint, example);
  });

  const documented = SYSTEM_ENDPOINTS.filter(({ responses }) => Object.keys(responses).length > 0);
  it.each(documented.map((endpoint) => [endpoint.path, endpoint] as const))(
    '%s answers 2xx',
    async (path, endpoint) => {
      const { status } = await call(world.app, null, 'GET', path);
      expect(status).toBe(200);
      rows.set(path, {
        method: 'GET',
        path,
        operationId: endpoint.operationId,
        driven: true,
        effect: null,
        shownBy: null,
      });
    },
  );
});

describe.runIf(withWorkers.length > 0)('every endpoint that shows what a process has done', () => {
  let world: World;
  beforeAll(async () => {
    world = (await worldWithWorkers)!.world;
  });

  it.each(withWorkers)('%s: answers 2xx, and a read shows what it did', async (_, endpoint, example) => {
    await drive(world, endpoint, example);
  });
});
