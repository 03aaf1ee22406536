import { prepareTimeSkippingServer } from '../../dev/time-skipping.ts';
import { tryTickets } from '../../test/service/ticket-trial.ts';
import { startTimeSkipping } from '../../test/temporal/time-skipping.ts';
import { notRun, type Trial } from '../lib/trial.ts';

/** The product's promise is told for this number; `--n` moves it in the same proportion. */
const TICKETS = 5_000;
const NORMAL_N = 2_000;
/** Of one server that skips time; it keeps every history in memory. */
const AT_ONCE = 1_000;

/** T1: what people are told of tickets, against every minute counted one by one. */
export const manyTickets: Trial = {
  id: 'T1',
  title: `${TICKETS} tickets through random status, priority, assignment, policy and calendar under skipped time`,
  guarantee: 'Warnings and breaches equal the simulator: none early, late, doubled or missing.',
  async run(world, { n }) {
    const server = await prepareTimeSkippingServer();
    if ('skipped' in server) return notRun(server.skipped);
    const all = Math.round((TICKETS * n) / NORMAL_N);
    const sums = { notices: 0, lost: 0, duplicated: 0, early: 0, late: 0, unexpected: 0, notAtTheirTime: 0 };
    let firstWrong: string | undefined;
    for (let done = 0; done < all; done += AT_ONCE) {
      const tickets = Math.min(AT_ONCE, all - done);
      const time = await startTimeSkipping(server.path);
      const found = await tryTickets(world.database, time, { tickets, seed: done + 1 }).finally(() => time.close());
      firstWrong ??= found.example;
      const { missing: lost, doubled: duplicated } = found;
      for (const [name, count] of Object.entries({ ...found, lost, duplicated })) {
        if (name in sums) sums[name as keyof typeof sums] += Number(count);
      }
      world.report(`${done + tickets} of ${all} tickets: ${JSON.stringify(sums)}`);
    }
    const { notices, ...counts } = sums;
    return {
      trials: all,
      counts: { ...counts, wrongTenant: await world.wrongTenant() },
      notes: { notices, ...(firstWrong === undefined ? {} : { firstWrong }) },
    };
  },
};
