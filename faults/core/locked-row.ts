import { setTimeout as sleep } from 'node:timers/promises';
import { inParallel } from '../lib/caller.ts';
import type { Trial } from '../lib/trial.ts';

const CONCURRENT = 200;
const LOCK_SECONDS = 30;

/** F16: somebody holds a row for half a minute while 200 callers want to change it. */
export const lockedRow: Trial = {
  id: 'F16',
  title: `a row locked for ${LOCK_SECONDS} s under ${CONCURRENT} concurrent requests`,
  guarantee:
    'Callers get a 503 in time and no 500, others are served again within 5 s, and no connection stays behind.',
  async run(world) {
    const { owner } = world.database;
    const organization = await world.createOrganization();
    const product = await world.startProduct({ workers: 0 });
    await product.up();
    const call = world.caller(product, organization);
    const created = await call('POST', '/v1/vendors', { name: 'Locked', code: 'locked' });
    if (created.status !== 201) throw new Error(`No vendor: ${created.text}`);
    const { id } = created.json.data;
    const connections = async () => {
      const [row] = await owner<[{ all: number; waiting: number }]>`
        select count(*)::int as all, count(*) filter (where state <> 'idle')::int as waiting
        from pg_stat_activity where datname = current_database() and application_name = 'revloop-api'`;
      return row;
    };
    const statuses = new Map<string, number>();
    const once = async (method: string, path: string, body?: unknown) => {
      const begun = performance.now();
      try {
        const response = await fetch(`${product.url}${path}`, {
          method,
          headers: {
            'content-type': 'application/json',
            'x-api-key': organization.key,
            'x-tenant-id': organization.organizationId,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(60_000),
        });
        await response.text();
        return { status: String(response.status), ms: performance.now() - begun };
      } catch (error) {
        return { status: (error as Error).name, ms: performance.now() - begun };
      }
    };
    let slowest = 0;
    let recoveredAfter = Number.NaN;
    await owner.begin(async (tx) => {
      await tx`select 1 from vendors where id = ${id} for update`;
      const until = sleep(LOCK_SECONDS * 1_000);
      await inParallel(CONCURRENT, { atOnce: CONCURRENT }, async (index) => {
        const { status, ms } = await once('PUT', `/v1/vendors/${id}`, { name: `Changed ${index}` });
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        slowest = Math.max(slowest, ms);
      });
      // The lock is still held: whoever wants something else is served.
      const begun = performance.now();
      while ((await once('GET', '/v1/vendors')).status !== '200' && performance.now() - begun < 60_000) await sleep(50);
      recoveredAfter = (performance.now() - begun) / 1_000;
      await until;
    });
    const released = performance.now();
    const change = () => once('PUT', `/v1/vendors/${id}`, { name: 'Free again' });
    let after = await change();
    while (after.status !== '200' && performance.now() - released < 30_000) after = await change();
    const recoverySeconds = (performance.now() - released) / 1_000;
    await sleep(1_000);
    const { waiting, all } = await connections();
    const expected = new Set(['503', '200']);
    return {
      trials: CONCURRENT,
      counts: {
        answers500: statuses.get('500') ?? 0,
        otherAnswers: [...statuses].reduce((sum, [status, times]) => sum + (expected.has(status) ? 0 : times), 0),
        neverAnswered: statuses.get('TimeoutError') ?? 0,
        othersNotServed: recoveredAfter > 5 ? 1 : 0,
        notRecovered: after.status !== '200' || recoverySeconds > 5 ? 1 : 0,
        leakedConnections: waiting,
      },
      notes: {
        statuses: JSON.stringify(Object.fromEntries(statuses)),
        slowestAnswerSeconds: Math.round(slowest / 100) / 10,
        connections: all,
        recoverySeconds: Math.round(recoverySeconds * 10) / 10,
      },
    };
  },
};
