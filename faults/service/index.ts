import type { Trial } from '../lib/trial.ts';
import { killedTicketWorkers } from './killed-ticket-workers.ts';
import { manyTickets } from './many-tickets.ts';

/** The clocks of tickets: against the simulator under skipped time, and under kills on the real server. */
export const SERVICE: readonly Trial[] = [manyTickets, killedTicketWorkers];
