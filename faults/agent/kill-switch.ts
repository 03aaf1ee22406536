import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../../dev/host.ts';
import { inParallel } from '../lib/caller.ts';
import { sendGridEnv, startSendGrid } from '../lib/sendgrid.ts';
import type { Trial } from '../lib/trial.ts';
import { BOLD, configure, createPeople, giveToAgent, roomyOrganization } from './people.ts';

const PEOPLE = 200;
const GRACE_MS = 5_000;

/** Two hundred people are being written to; in the middle of it somebody pauses the agent. */
export const killSwitch: Trial = {
  id: 'K1',
  title: `Kill switch while the agent works on ${PEOPLE} prospects`,
  guarantee:
    'The provider takes nothing later than 5 s after the answer to the pause, and a resume loses and repeats nothing.',
  async run(world) {
    const organization = await roomyOrganization(world);
    const provider = await startSendGrid();
    world.cleanUp(() => provider.close());
    const product = await world.startProduct({ env: sendGridEnv(provider.url) });
    await product.up();
    const call = world.caller(product, organization);
    await configure(call, { ...BOLD, discoveryEnabled: false });
    const people = await createPeople(call, PEOPLE);
    const starting = inParallel(PEOPLE, { atOnce: 8 }, async (index) => {
      await giveToAgent(call, people[index]!);
    });
    if (!(await waitUntil(async () => provider.taken().size >= PEOPLE / 10, 300_000)))
      throw new Error('Nothing is sent.');
    const { status } = await call('POST', '/api/v1/bdr/pause', {});
    const paused = performance.now();
    await starting;
    await sleep(4 * GRACE_MS);
    const since = provider.journal.filter(({ at, taken }) => taken && at > paused);
    const before = provider.taken().size;
    await call('POST', '/api/v1/bdr/resume', {});
    // What was held in the ledger looks again within a minute.
    await waitUntil(async () => provider.taken().size >= PEOPLE, 240_000);
    const [row] = await world.database.owner<{ active: number }[]>`
      select count(*)::int as active from bdr_workflow_executions
      where organization_id = ${organization.organizationId} and status = 'active'`;
    return {
      trials: PEOPLE,
      counts: {
        lost: PEOPLE - provider.taken().size,
        duplicated: provider.takenTwice().size,
        wrongTenant: await world.wrongTenant(),
        sentLaterThan5s: since.filter(({ at }) => at > paused + GRACE_MS).length,
        pauseRefused: status === 200 ? 0 : 1,
        // A switch that finds nothing left to stop has shown nothing.
        nothingStopped: before < PEOPLE ? 0 : 1,
        workEnded: PEOPLE - row!.active,
      },
      notes: {
        sentBeforeThePause: before - since.length,
        sentAfterItsAnswer: since.length,
        lastAfterMs: Math.round(Math.max(0, ...since.map(({ at }) => at - paused))),
      },
    };
  },
};
