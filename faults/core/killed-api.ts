import { setTimeout as sleep } from 'node:timers/promises';
import type { TestDatabase } from '../../test/database.ts';
import { inParallel, moments } from '../lib/caller.ts';
import type { Trial } from '../lib/trial.ts';

const KILLS = 20;

/** F2: POSTs with an Idempotency-Key while the API is killed; a caller repeats each until it has its answer. */
export const killedApi: Trial = {
  id: 'F2',
  title: `API killed ${KILLS} times under POSTs with an Idempotency-Key`,
  guarantee:
    'There are as many rows as keys, each answer that was seen is true, and asking again gives the same bytes.',
  async run(world, { n }) {
    const organization = await world.createOrganization();
    const product = await world.startProduct({ workers: 1 });
    await product.up();
    const [api] = product.apis;
    const call = world.caller(product, organization);
    const told = new Map<string, { id: string; text: string }>();
    let wrongAnswers = 0;
    const post = (index: number) => call('POST', ...request(index), { 'idempotency-key': `once-${index}` });

    let finished = false;
    const load = inParallel(n, { atOnce: 16, perSecond: 50 }, async (index) => {
      const { status, json, text } = await post(index);
      if (status === 201) told.set(`i-${index}`, { id: json.data.id, text });
      else wrongAnswers += 1;
    }).finally(() => {
      finished = true;
    });
    // Spread over the whole load, never before the last one has come up.
    for (const [index, moment] of moments(KILLS).entries()) {
      const share = (index + moment) / KILLS;
      while (!finished && told.size < n * share) await sleep(20);
      await api!.up('/live');
      api!.kill();
    }
    await load;
    await api!.up();

    const stored = await storedNames(world.database, organization.organizationId);
    let changedReplays = 0;
    await inParallel(n, { atOnce: 16 }, async (index) => {
      if ((await post(index)).text !== told.get(`i-${index}`)?.text) changedReplays += 1;
    });
    const after = await storedNames(world.database, organization.organizationId);
    const { lost, stuck } = await world.drained();
    return {
      trials: n,
      counts: {
        lost: lost + [...told].filter(([name, { id }]) => !stored.get(name)?.includes(id)).length + (n - told.size),
        duplicated: [...after.values()].filter((ids) => ids.length > 1).length + (after.size - n),
        wrongTenant: await world.wrongTenant(),
        stuck,
        wrongAnswers,
        changedReplays,
        killsMissing: KILLS - api!.kills,
      },
      notes: { brokenRequests: call.broken.count },
    };
  },
};

/** One kind has a name of its own in the database; the other only its key keeps from being stored twice. */
const request = (index: number): [string, object] => {
  const customer_identifiers = [{ type: 'email', value: `person${index % 300}@example.com` }];
  const at = '2026-06-01T10:00:00Z';
  return index % 2 === 0
    ? [
        '/v1/interactions',
        { external_interaction_id: `i-${index}`, channel: 'chat', started_at: at, customer_identifiers },
      ]
    : ['/v1/events', { type: 'button_click', session_id: `i-${index}`, occurred_at: at }];
};

async function storedNames({ owner }: TestDatabase, organizationId: string): Promise<Map<string, string[]>> {
  const rows = await owner<{ name: string; ids: string[] }[]>`
    select name, array_agg(id::text) as ids from (
      select external_id as name, id from interactions where organization_id = ${organizationId}
      union all
      select session_id, id from events where organization_id = ${organizationId}
    ) fact group by name`;
  return new Map(rows.map(({ name, ids }) => [name, ids]));
}
