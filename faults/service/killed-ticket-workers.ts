import { killTicketWorkers } from '../../test/kill/kill-ticket-workers.ts';
import type { Trial } from '../lib/trial.ts';

const TICKETS = 200;
const KILLS = 10;

/** T2: time cannot be skipped while a process is killed, so this one takes the real server. */
export const killedTicketWorkers: Trial = {
  id: 'T2',
  title: `${TICKETS} tickets due while the worker is killed ${KILLS} times`,
  guarantee: 'Each is warned of once, and none that was answered in time.',
  async run(world) {
    const { workers } = await world.startProduct({ apis: 0, workers: 1 });
    const [worker] = workers;
    const { tickets, spared, ...counts } = await killTicketWorkers(world.database, worker!, {
      tickets: TICKETS,
      kills: KILLS,
    });
    const { stuck } = await world.drained();
    return {
      trials: tickets,
      counts: { ...counts, stuck, wrongTenant: await world.wrongTenant(), killsMissing: KILLS - worker!.kills },
      notes: { answeredInTime: spared },
    };
  },
};
