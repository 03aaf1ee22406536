import { ABUSE } from './abuse/index.ts';
import { AGENT } from './agent/index.ts';
import { CALLS } from './calls/index.ts';
import { CORE } from './core/index.ts';
import type { Trial } from './lib/trial.ts';
import { OUTREACH } from './outreach/index.ts';
import { SERVICE } from './service/index.ts';
import { SYNC } from './sync/index.ts';

/** Every suite by the name that the command line knows. */
export const SUITES: Readonly<Record<string, readonly Trial[]>> = {
  core: CORE,
  abuse: ABUSE,
  agent: AGENT,
  service: SERVICE,
  outreach: OUTREACH,
  calls: CALLS,
  sync: SYNC,
};
