import type { Trial } from '../lib/trial.ts';
import { badModels } from './bad-models.ts';
import { budget } from './budget.ts';
import { injection } from './injection.ts';
import { killSwitch } from './kill-switch.ts';
import { killedWorkers } from './killed-workers.ts';
import { ungrounded } from './ungrounded.ts';

/** What must hold of the sales agent, whoever attacks it and whatever fails. */
export const AGENT: readonly Trial[] = [injection, ungrounded, budget, badModels, killSwitch, killedWorkers];
