import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../../bench/lib/results.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { settleByReport } from '../../services/platform/sends/index.ts';
import { passTheWait, planMails } from '../lib/mails.ts';
import type { Mood } from '../lib/provider.ts';
import { mailOf, sendGridEnv, startSendGrid } from '../lib/sendgrid.ts';
import type { Trial } from '../lib/trial.ts';
import { startTwilio, twilioEnv } from '../lib/twilio.ts';
import type { Wire } from '../lib/wire.ts';

const WORKERS = 2;
/** Of the port's own limit, with room for a busy machine. */
const CALL_SECONDS = 20;
const MOST_FAILURES = 20;

/** How SendGrid, or the line to it, is out of order. */
const FAULTS: { name: string; mood?: Mood; poison?: (wire: Wire) => Promise<void> }[] = [
  { name: 'answers 500', mood: { kind: 'refuse', status: 500 } },
  { name: 'is a black hole', poison: (wire) => wire.poison({ kind: 'black-hole' }) },
  { name: 'resets', poison: (wire) => wire.poison({ kind: 'reset' }, 'up') },
  { name: 'sends 50 bytes a second', poison: (wire) => wire.poison({ kind: 'bandwidth', bytesPerSecond: 50 }) },
  { name: 'answers nonsense', mood: { kind: 'malformed' } },
];

/** F7: one provider out of order in five ways, in turn; texts leave by another one meanwhile. */
export const brokenProvider: Trial = {
  id: 'F7',
  title: 'one provider fails in five ways while another works',
  guarantee:
    'A call ends within its limit, the circuit opens before 20 failures, texts by the other provider go on, and nothing is sent twice.',
  async run(world, { n }) {
    const perFault = Math.max(10, Math.round(n / 20));
    const faultSeconds = n >= 1_000 ? 60 : 30;
    const [sendGrid, twilio] = [await startSendGrid(), await startTwilio()];
    world.cleanUp(() => Promise.all([sendGrid.close(), twilio.close()]));
    const wire = await world.wire(sendGrid.port);
    const { organizationId } = await world.createOrganization();
    const { owner } = world.database;
    const env = { ...sendGridEnv(`http://127.0.0.1:${wire.port}`), ...twilioEnv(twilio.url) };
    const product = await world.startProduct({ apis: 0, workers: WORKERS, env });
    await product.up();
    const textWaits = async (during: () => Promise<void>): Promise<number> => {
      let done = false;
      const waits: number[] = [];
      const loop = (async () => {
        while (!done) {
          const begun = performance.now();
          const [id] = await planMails(world.database, organizationId, 1, { channel: 'sms' });
          for (;;) {
            const [row] = await owner`select 1 from sends where id = ${id!} and settled_at is not null`;
            if (row || performance.now() - begun > 30_000) break;
            await sleep(20);
          }
          waits.push(performance.now() - begun);
        }
      })();
      await during();
      done = true;
      await loop;
      return median(waits);
    };
    // The first ones wait for processes that are still coming up.
    await textWaits(() => sleep(3_000));
    const calm = await textWaits(() => sleep(5_000));
    const notes: Record<string, number> = { textMs: Math.round(calm) };
    let [slowCalls, lateCircuits, heldUp, planned] = [0, 0, 0, 0];
    for (const { name, mood, poison } of FAULTS) {
      const before = sendGrid.journal.length;
      if (mood) sendGrid.mood = mood;
      await poison?.(wire);
      const begunAt = new Date();
      await planMails(world.database, organizationId, perFault);
      planned += perFault;
      const text = await textWaits(() => sleep(faultSeconds * 1_000));
      notes[`textMs while it ${name}`] = Math.round(text);
      if (text > calm * 1.2 + 500) heldUp += 1;
      const [row] = await owner<[{ failures: number; slow: number }]>`
        select count(*) filter (where state in ('unknown', 'dispatching') or attempt > 0)::int as failures,
               count(*) filter (where state = 'dispatching'
                 and dispatched_at < now() - make_interval(secs => ${CALL_SECONDS + 10}))::int as slow
        from sends where channel = 'email' and dispatched_at >= ${begunAt} and state <> 'accepted'`;
      notes[`failures while it ${name}`] = row.failures;
      notes[`arrived while it ${name}`] = sendGrid.journal.length - before;
      // The first five failures, and one try of each worker's four after every rest.
      const allowed = MOST_FAILURES + Math.ceil(faultSeconds / 15) * WORKERS * 4;
      if (row.failures > allowed) lateCircuits += 1;
      slowCalls += row.slow;
      sendGrid.mood = { kind: 'well' };
      await wire.heal();
      await sleep(16_000);
    }
    return { ...(await settle()), notes: { ...notes, wiredBy: await world.wiredBy() } as never };

    /** SendGrid tells of what it took; the rest was never there, which is decided a quarter of an hour later. */
    async function settle() {
      const open = async () => {
        const [row] = await owner<[{ open: number }]>`
          select count(*)::int as open from sends where settled_at is null`;
        return row.open;
      };
      const end = performance.now() + 120_000;
      while ((await open()) > 0 && performance.now() < end) {
        await tellEvents();
        await passTheWait(owner);
        await sleep(500);
      }
      const { stuck } = await world.drained();
      const [row] = await owner<[{ unknown: number; untaken: number }]>`
        select count(*) filter (where state = 'unknown')::int as unknown,
               count(*) filter (where state = 'failed')::int as untaken
        from sends where channel = 'email'`;
      const taken = sendGrid.taken();
      const rows = await owner<{ id: string }[]>`select id from sends where channel = 'email' and state = 'accepted'`;
      return {
        trials: planned,
        counts: {
          lost: rows.filter(({ id }) => !taken.has(id)).length + (await open()) + row.untaken,
          duplicated: sendGrid.takenTwice().size,
          wrongTenant: sendGrid.journal.filter(({ request }) => mailOf(request)?.organizationId !== organizationId)
            .length,
          unknown: row.unknown,
          stuck,
          slowCalls,
          lateCircuits,
          otherProviderHeldUp: heldUp,
        },
      };
    }

    /** What the events of SendGrid do: whatever its journal has is known to be taken. */
    async function tellEvents() {
      const rows = await owner<{ id: string }[]>`
        update sends set reported_at = now()
        where id = any(${[...sendGrid.taken()]}::uuid[]) and reported_at is null returning id`;
      const scope = { organizationId, principal: SYSTEM_PRINCIPAL, now: new Date() };
      await inTransaction(world.database.app, scope, async (ctx) => {
        for (const { id } of rows) await settleByReport(ctx, { sendId: id, providerId: null }, []);
      });
    }
  },
};
