export interface Sample {
  readonly seconds: number;
  readonly value: number;
}

/** How fast a value grows, by least squares; 0 for fewer than two samples. */
export function slopePerHour(samples: readonly Sample[]): number {
  const count = samples.length;
  const mean = (of: (one: Sample) => number) => samples.reduce((sum, one) => sum + of(one), 0) / count;
  const [time, value] = [mean((one) => one.seconds), mean((one) => one.value)];
  const variance = samples.reduce((sum, one) => sum + (one.seconds - time) ** 2, 0);
  if (count < 2 || variance === 0) return 0;
  const together = samples.reduce((sum, one) => sum + (one.seconds - time) * (one.value - value), 0);
  return (together / variance) * 3_600;
}
