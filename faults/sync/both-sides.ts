import { startSalesforce } from '../../test/integrations/salesforce.ts';
import type { StandInFault } from '../../test/integrations/stand-in.ts';
import type { Trial } from '../lib/trial.ts';
import { basesOf, connectSalesforce, syncByHand, tellOfChange, untilIdle } from './connection.ts';
import { createEditors } from './edits.ts';
import { differences, ourLines, readPairs, theirLines, undeleted } from './states.ts';

const EDITS_OF_A_ROUND = 250;
/** On each side about a half, before the first edit. */
const FIRST_RECORDS = 150;
const FAULTS_IN_A_ROW = 4;
const FAULTS: readonly StandInFault[] = ['429', '500', 'reset', 'malformed', '401'];

/** I1: two systems that people work in, with everything between them going wrong. */
export const bothSides: Trial = {
  id: 'I1',
  title: 'Random edits in the product and in Salesforce; webhooks lost and doubled, workers killed, answers spoilt',
  guarantee: 'Both sides are equal after two syncs at most, and what was deleted on one is gone on both after one.',
  async run(world, { n }) {
    const salesforce = await startSalesforce();
    world.cleanUp(() => salesforce.close());
    const product = await world.startProduct({ workers: 2, env: basesOf({ salesforce }) });
    await product.up();
    const connected = await connectSalesforce(world, product);
    await untilIdle(connected);
    const { organizationId } = connected;
    const editors = createEditors(salesforce, connected.call, 3);
    for (let record = 0; record < FIRST_RECORDS; record++) await editors.create();
    await syncByHand(connected);
    editors.settle(await readPairs(world.database, organizationId));
    const { random } = editors;
    const rounds = Math.max(2, Math.round(n / EDITS_OF_A_ROUND));
    const edits = Math.round(n / rounds);
    const counts = { different: 0, undeleted: 0, failedSyncs: 0, refusedWebhooks: 0, stillMoving: 0 };
    let [kills, deletions, equalAfterOne, told] = [0, 0, 0, 0];
    const different = async () => differences(await ourLines(world.database, organizationId), theirLines(salesforce));
    const byHand = async () => {
      const { status, error } = await syncByHand(connected);
      if (status === 'completed') return;
      counts.failedSyncs += 1;
      world.report(`A sync is ${status}: ${JSON.stringify(error)}`);
    };

    for (let round = 0; round < rounds; round++) {
      const killAt = random(edits);
      for (let edit = 0; edit < edits; edit++) {
        if (await editors.edit()) {
          told += 1;
          // Three of ten are lost, three come twice.
          const times = [0, 1, 1, 2][random(4)]!;
          counts.refusedWebhooks += await tellOfChange(connected, `change-${round}-${edit}`, times);
        }
        // Each attempt of a sync meets one, and waits twice as long as the one before.
        if (random(25) === 0 && salesforce.faultsLeft() < FAULTS_IN_A_ROW) {
          salesforce.fail(FAULTS[random(FAULTS.length)]!);
        }
        if (edit === killAt) {
          product.workers[round % 2]!.kill();
          kills += 1;
        }
      }
      await untilIdle(connected);
      deletions += editors.deleted.length;
      await byHand();
      const left = await undeleted(world.database, salesforce, editors.deleted);
      counts.undeleted += left.length;
      for (const one of left.slice(0, 3)) world.report(`Not deleted on both sides: ${JSON.stringify(one)}`);
      if ((await different()).length === 0) equalAfterOne += 1;
      await byHand();
      const apart = await different();
      counts.different += apart.length;
      for (const one of apart.slice(0, 4)) world.report(one);
      editors.settle(await readPairs(world.database, organizationId));
      world.report(`Round ${round + 1} of ${rounds}: ${theirLines(salesforce).length} records`);
    }
    // A third look finds nothing to do: no change is sent to and fro.
    const before = salesforce.requests.filter(({ method }) => method === 'PATCH' || method === 'DELETE').length;
    await byHand();
    counts.stillMoving +=
      salesforce.requests.filter(({ method }) => method === 'PATCH' || method === 'DELETE').length - before;
    const { lost, stuck } = await world.drained();
    const [twice] = await world.database.owner<[{ count: number }]>`
      select count(*)::integer as count from (
        select from integration_records where organization_id = ${organizationId}
        group by stream, local_id having count(*) > 1) double`;
    return {
      trials: rounds * edits,
      counts: { lost, duplicated: twice.count, wrongTenant: await world.wrongTenant(), stuck, ...counts },
      notes: { rounds, equalAfterOne, deletions, kills, told, records: theirLines(salesforce).length },
    };
  },
};
