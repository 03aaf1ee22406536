import type { Trial } from '../lib/trial.ts';
import { anyOrder } from './any-order.ts';
import { flood } from './flood.ts';
import { forged } from './forged.ts';
import { revenueOfAgents } from './revenue-of-agents.ts';

/** What telephone systems and other providers send. */
export const CALLS: readonly Trial[] = [anyOrder, flood, forged, revenueOfAgents];
