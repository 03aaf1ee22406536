import type { World } from './world.ts';

/** Each must be 0; the names of `FIVE` are those that every trial prints. */
export type Counts = Readonly<Record<string, number>>;

export interface Outcome {
  /** How many units went through the fault: requests, sends, events … */
  readonly trials: number;
  /** What must be 0, by name. Of the five of `FIVE`, those that the trial can produce. */
  readonly counts: Counts;
  /** Times and other figures: printed, never judged. */
  readonly notes?: Readonly<Record<string, number | string>>;
  /** Why it was not run here: a tool that this machine does not have. */
  readonly notRun?: string;
}

export interface Trial {
  /** `F2`; unique in all suites. */
  readonly id: string;
  readonly title: string;
  /** What must hold, as a sentence. */
  readonly guarantee: string;
  run(world: World, options: { readonly n: number }): Promise<Outcome>;
}

export const FIVE = ['lost', 'duplicated', 'wrongTenant', 'unknown', 'stuck'] as const;

export const notRun = (why: string): Outcome => ({ trials: 0, counts: {}, notRun: why });
