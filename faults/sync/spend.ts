import { startGoogleAds } from '../../test/integrations/google-ads.ts';
import { dice } from '../calls/told-calls.ts';
import type { Trial } from '../lib/trial.ts';
import { basesOf, connect, syncByHand, untilIdle } from './connection.ts';

const DAY_MS = 86_400_000;
const KILLS = 3;

/** I4: costs that are corrected for weeks, read by workers that die; watched in the data that Temporal's UI shows. */
export const spend: Trial = {
  id: 'I4',
  title: `Spend of Google Ads, corrected between syncs, workers killed ${KILLS} times`,
  guarantee: 'What is stored is what the provider says, each campaign and day once, and every sync has its workflow.',
  async run(world, { n }) {
    const ads = await startGoogleAds({ pageRows: 200 });
    world.cleanUp(() => ads.close());
    const random = dice(9);
    const dayOf = (ago: number) => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);
    const change = (daysBack: number) =>
      ads.cost({
        campaign: String(1 + random(20)),
        day: dayOf(random(daysBack)),
        micros: 10_000 * (1 + random(1_000_000)),
      });
    for (let row = 0; row < n; row++) change(360);
    const product = await world.startProduct({ workers: 2, env: basesOf({ 'google-ads': ads }) });
    await product.up();
    const connected = await connect(world, product, {
      provider: 'google-ads',
      credentials: { developerToken: 'dev' },
      settings: { options: { customerId: '123-456-7890' } },
    });
    const counts = { wrong: 0, failedSyncs: 0, withoutWorkflow: 0 };
    for (let kill = 0; kill < KILLS; kill++) {
      product.workers[kill % 2]!.kill();
      if ((await untilIdle(connected)).status !== 'completed') counts.failedSyncs += 1;
      // Within the month that is looked at again.
      for (let row = 0; row < n / 20; row++) change(28);
      ads.forgetTokens();
      if ((await syncByHand(connected)).status !== 'completed') counts.failedSyncs += 1;
    }
    const { organizationId, integrationId } = connected;
    const rows = await world.database.owner<{ day: string; campaign: string; minor: number }[]>`
      select day::text, campaign, amount_minor::integer as minor from spend where organization_id = ${organizationId}`;
    const stored = new Map<string, number[]>();
    for (const { day, campaign, minor } of rows) {
      const key = `${campaign} ${day}`;
      stored.set(key, [...(stored.get(key) ?? []), minor]);
    }
    for (const { campaign, day, micros } of ads.costs()) {
      if (stored.get(`Campaign ${campaign} ${day}`)?.[0] !== micros / 10_000) counts.wrong += 1;
    }
    const { lost, stuck } = await world.drained();
    const client = await world.temporalClient();
    const completed = new Set<string>();
    const types = new Set<string>();
    for await (const { workflowId, type, status } of client.workflow.list()) {
      if (!workflowId.includes(integrationId)) continue;
      types.add(type);
      if (status.name === 'COMPLETED') completed.add(workflowId);
    }
    const syncs = (await untilIdle(connected)).number;
    counts.withoutWorkflow = Math.max(0, syncs - completed.size);
    return {
      trials: ads.costs().length,
      counts: {
        lost: lost + Math.max(0, ads.costs().length - stored.size),
        duplicated: [...stored.values()].filter((all) => all.length > 1).length,
        wrongTenant: await world.wrongTenant(),
        stuck,
        ...counts,
      },
      notes: { rows: rows.length, syncs, workflows: completed.size, types: [...types].join(' ') },
    };
  },
};
