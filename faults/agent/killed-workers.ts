import { waitUntil } from '../../dev/host.ts';
import { inParallel } from '../lib/caller.ts';
import { openSends } from '../lib/counts.ts';
import { sendGridEnv, startSendGrid } from '../lib/sendgrid.ts';
import type { Trial } from '../lib/trial.ts';
import { BOLD, configure, createPeople, giveToAgent, roomyOrganization, showInterest } from './people.ts';

/** Where each start of a worker dies, the first time it comes by: in every stage, on both sides of every commit. */
const DEATHS: Readonly<Record<string, readonly string[]>> = {
  'workers-1': [
    'bdr.before-tick',
    'bdr.after-did',
    'bdr.model-answered',
    'bdr.after-draft',
    'bdr.after-rest',
    'bdr.after-read',
    'bdr.model-answered',
    'bdr.after-did',
  ],
  'workers-2': [
    'commands.before-dispatch',
    'bdr.after-rest',
    'bdr.after-draft',
    'commands.before-finish',
    'relay.after-reaction',
    'bdr.after-read',
    'bdr.after-rest',
  ],
};
const ANSWER = 'We need this. The budget is approved, and I decide about it.';

const WAVE = 10;
const MOST_WAVES = 20;

/** People are led from the discovery to the handoff, wave after wave, by workers that are killed in every stage. */
export const killedWorkers: Trial = {
  id: 'K2',
  title: 'Workers SIGKILLed in every stage of the agent, discovery to handoff',
  guarantee: 'No stage is repeated, no draft is lost, everybody is handed over once.',
  async run(world) {
    const { owner } = world.database;
    const organization = await roomyOrganization(world);
    const { organizationId } = organization;
    const provider = await startSendGrid();
    world.cleanUp(() => provider.close());
    const env = (process: string, start: number): Record<string, string> => {
      const point = DEATHS[process]?.[start - 1];
      return { ...sendGridEnv(provider.url), ...(point ? { REVLOOP_FAULTS: `${point}=kill` } : {}) };
    };
    const product = await world.startProduct({ env });
    await product.apis[0]!.up('/live');
    const call = world.caller(product, organization);
    const died = () => product.workers.reduce((sum, one) => sum + one.starts - 1, 0);
    const deaths = Object.values(DEATHS).flat().length;
    const counted = async (rows: string) => {
      const [row] = await owner.unsafe<[{ count: number }]>(
        `select count(*)::int as count from ${rows} and organization_id = '${organizationId}'`,
      );
      return row.count;
    };
    const until = async (what: string, rows: string, wanted: number) => {
      if (!(await waitUntil(async () => (await counted(rows)) >= wanted, 300_000)))
        world.report(`K2 ${what}: ${await counted(rows)} of ${wanted} after five minutes`);
    };
    let people = 0;
    for (let wave = 0; wave < MOST_WAVES && (wave === 0 || died() < deaths); wave++) {
      const ids = await createPeople(call, WAVE, people);
      people += WAVE;
      if (wave === 0) {
        await showInterest(call, ids);
        await configure(call, { ...BOLD, discoveryEnabled: true, minIntentScore: 60 });
      } else {
        // A changed configuration makes the agent of the team look anew, so that any worker may die at its tick.
        await configure(call, { agentName: `Agent ${wave}` });
        await inParallel(WAVE, { atOnce: 4 }, async (index) => {
          await giveToAgent(call, ids[index]!);
        });
      }
      await until('written to', "bdr_approval_queue where status = 'sent'", people);
      await inParallel(WAVE, { atOnce: 4 }, async (index) => {
        const reply = { text: ANSWER, externalId: ids[index]! };
        await call('POST', `/api/v1/bdr/prospects/${ids[index]}/replies`, reply);
      });
      await until('ready for a person', 'bdr_handoffs where true', people);
      const open = await owner<{ id: string }[]>`
        select id from bdr_handoffs where organization_id = ${organizationId} and status = 'pending'`;
      await inParallel(open.length, { atOnce: 4 }, async (index) => {
        await call('POST', `/api/v1/bdr/handoffs/${open[index]!.id}/accept`, {});
      });
      await until('handed over', "bdr_workflow_executions where status = 'completed'", people);
    }
    const { lost, stuck } = await world.drained({ also: async () => (await openSends(owner)).open === 0 });
    const [row] = await owner<{ repeated: number; lostDrafts: number; handedOver: number; executions: number }[]>`
      select count(*)::int as executions, count(*) filter (where e.outcome = 'handed_off')::int as "handedOver",
             sum(abs(d.researched - 1) + abs(d.drafted - 1) + abs(d.read - 1) + abs(d.qualified - 1)
                 + abs(d.accepted - 1))::int as repeated,
             count(*) filter (where not exists (
               select from bdr_approval_queue a where a.organization_id = e.organization_id and a.execution_id = e.id
                 and a.status = 'sent'))::int as "lostDrafts"
      from bdr_workflow_executions e
      cross join lateral (
        select count(*) filter (where type = 'research')::int as researched,
               count(*) filter (where type = 'draft')::int as drafted, count(*) filter (where type = 'reply')::int as read,
               count(*) filter (where type = 'qualification')::int as qualified,
               count(*) filter (where type = 'handoff')::int as accepted
        from bdr_decisions d where d.organization_id = e.organization_id and d.execution_id = e.id) d
      where e.organization_id = ${organizationId}`;
    return {
      trials: people,
      counts: {
        lost: lost + (people - row!.handedOver) + row!.lostDrafts,
        duplicated: row!.executions - people + provider.takenTwice().size,
        wrongTenant: await world.wrongTenant(),
        stuck,
        stagesRepeatedOrMissing: row!.repeated,
        deathsMissing: Math.max(0, deaths - died()),
      },
      notes: {
        deaths: died(),
        takenByTheProvider: provider.taken().size,
        // A worker died between the provider's answer and the row; only the provider's events tell, none are sent here.
        sendsOfUnknownFate: (await openSends(owner)).unknown,
      },
    };
  },
};
