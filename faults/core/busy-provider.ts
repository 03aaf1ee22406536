import { setTimeout as sleep } from 'node:timers/promises';
import { planMails } from '../lib/mails.ts';
import { mailOf, sendGridEnv, startSendGrid } from '../lib/sendgrid.ts';
import type { Trial } from '../lib/trial.ts';

const RETRY_AFTER_SECONDS = 2;
const WORKERS = 2;
/** Messages that one worker hands over at once. */
const AT_ONCE = 4;

/** F6: SendGrid answers 429 to everything for a while. */
export const busyProvider: Trial = {
  id: 'F6',
  title: 'provider answers 429 with Retry-After to everything',
  guarantee:
    'Within one asked rest each worker tries no more than it does at once; afterwards every mail is taken, once.',
  async run(world, { n }) {
    const stormSeconds = n >= 1_000 ? 60 : 12;
    const sendGrid = await startSendGrid();
    world.cleanUp(() => sendGrid.close());
    sendGrid.mood = { kind: 'refuse', status: 429, retryAfterSeconds: RETRY_AFTER_SECONDS };
    const organizations = [await world.createOrganization(), await world.createOrganization()];
    const ids = new Map<string, string>();
    for (const { organizationId } of organizations) {
      for (const id of await planMails(world.database, organizationId, n / 2)) ids.set(id, organizationId);
    }
    const product = await world.startProduct({ apis: 0, workers: WORKERS, env: sendGridEnv(sendGrid.url) });
    await product.up();
    while (sendGrid.journal.length === 0) await sleep(20);
    const begun = performance.now();
    await sleep(stormSeconds * 1_000);
    const inStorm = sendGrid.journal.length;
    const stormLasted = (performance.now() - begun) / 1_000;
    sendGrid.mood = { kind: 'well' };
    const after = performance.now();
    const { owner } = world.database;
    const settled = async () => {
      const [row] = await owner<[{ open: number }]>`
        select count(*)::int as open from sends where settled_at is null`;
      return row.open === 0;
    };
    const { lost, stuck } = await world.drained({ seconds: 60 + n / 20, also: settled });
    const [end] = await owner<[{ open: number; unknown: number; failed: number }]>`
      select count(*) filter (where settled_at is null)::int as open, count(*) filter (where state = 'unknown')::int as unknown,
             count(*) filter (where state <> 'accepted')::int as failed from sends`;
    const limit = Math.ceil(stormLasted / RETRY_AFTER_SECONDS + 1) * WORKERS * AT_ONCE;
    return {
      trials: ids.size,
      counts: {
        lost: lost + end.open + [...ids.keys()].filter((id) => !sendGrid.taken().has(id)).length,
        duplicated: sendGrid.takenTwice().size,
        wrongTenant: sendGrid.journal.filter(({ request }) => {
          const mail = mailOf(request);
          return mail && ids.get(mail.sendId) !== mail.organizationId;
        }).length,
        unknown: end.unknown,
        stuck,
        notAccepted: end.failed,
        requestsAboveLimit: Math.max(0, inStorm - limit),
      },
      notes: {
        requestsInStorm: inStorm,
        limit,
        drainSeconds: Math.round((performance.now() - after) / 1_000),
      },
    };
  },
};
