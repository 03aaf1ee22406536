import type { Trial } from '../lib/trial.ts';
import { bothSides } from './both-sides.ts';
import { spend } from './spend.ts';
import { stolenDump } from './stolen-dump.ts';
import { stripeMock } from './stripe-mock.ts';

/** Connections to systems that live on their own. */
export const SYNC: readonly Trial[] = [bothSides, stolenDump, stripeMock, spend];
