export interface Trial {
  readonly name: string;
  readonly trials: number;
  readonly successes: number;
}

export interface TrialVerdict extends Trial {
  /** Successes per trial; null without a trial. */
  readonly rate: number | null;
  /** How likely a difference as large as this to the first one is by chance; null where it cannot be said. */
  readonly pValue: number | null;
  /** At 5 %, divided by the number of comparisons. */
  readonly isSignificant: boolean;
}

export interface Experiment {
  readonly variants: readonly TrialVerdict[];
  /** The one with the highest rate, if it differs significantly from every other one; else null. */
  readonly winner: string | null;
  readonly verdict: 'significant' | 'not_significant' | 'too_few';
}

/** Below this the normal approximation says nothing. */
const FEWEST_OF_EACH = 5;
const LEVEL = 0.05;

/** Reads out an experiment: two-sided z-tests of two proportions with a pooled variance. */
export function readExperiment(trials: readonly Trial[]): Experiment {
  const comparisons = Math.max(1, trials.length - 1);
  const [control] = trials;
  const isSignificant = (p: number | null) => p !== null && p < LEVEL / comparisons;
  const variants = trials.map((trial, index): TrialVerdict => {
    const pValue = index === 0 || !control ? null : pValueOf(control, trial);
    return { ...trial, rate: rateOf(trial), pValue, isSignificant: isSignificant(pValue) };
  });
  const best = [...variants].sort((a, b) => (b.rate ?? -1) - (a.rate ?? -1))[0];
  const rivals = variants.filter((variant) => variant !== best);
  const wins = best !== undefined && rivals.length > 0 && rivals.every((rival) => isSignificant(pValueOf(rival, best)));
  const isComparable = rivals.length > 0 && rivals.every((rival) => best && pValueOf(rival, best) !== null);
  return {
    variants,
    winner: wins ? best.name : null,
    verdict: wins ? 'significant' : isComparable ? 'not_significant' : 'too_few',
  };
}

const rateOf = ({ trials, successes }: Trial): number | null => (trials === 0 ? null : successes / trials);

/** Null when a group is too small for the approximation. */
export function pValueOf(a: Trial, b: Trial): number | null {
  const successes = a.successes + b.successes;
  const pooled = successes / (a.trials + b.trials);
  const expected = [a, b].flatMap(({ trials }) => [trials * pooled, trials * (1 - pooled)]);
  if (!expected.every((count) => count >= FEWEST_OF_EACH)) return null;
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / a.trials + 1 / b.trials));
  const z = (a.successes / a.trials - b.successes / b.trials) / deviation;
  return 2 * (1 - normalBelow(Math.abs(z)));
}

/** Share of a normal distribution below z (Abramowitz and Stegun 26.2.17, within 7.5e-8). */
function normalBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const tail =
    density * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - tail;
}
