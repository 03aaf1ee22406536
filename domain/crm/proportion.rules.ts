/** Two-sided 95 %: the 97.5 % point of the normal distribution. */
const Z = 1.959963984540054;

/**
 * The interval in which the true share lies with 95 % confidence, by Wilson's score (no continuity correction), which
 * holds for few trials and for shares near 0 and 1. Source: E. B. Wilson, 1927; figures of Newcombe 1998. Null without trials.
 */
export function wilsonInterval(successes: number, trials: number): { low: number; high: number } | null {
  if (trials === 0) return null;
  const share = successes / trials;
  const centre = share + (Z * Z) / (2 * trials);
  const spread = Z * Math.sqrt((share * (1 - share)) / trials + (Z * Z) / (4 * trials * trials));
  const scale = 1 + (Z * Z) / trials;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}
