/**
 * Loaded before a process of the product (`--import`): its clock is wrong by FAULTS_CLOCK_MINUTES. Timers and
 * `performance.now()` go as they did; only what time it is has changed, as on a machine whose clock was set wrong.
 */
const skew = Number(process.env.FAULTS_CLOCK_MINUTES ?? '0') * 60_000;
const RealDate = Date;

class SkewedDate extends RealDate {
  constructor(...given: unknown[]) {
    // biome-ignore lint/suspicious/noExplicitAny: hands on whatever Date takes
    super(...((given.length === 0 ? [RealDate.now() + skew] : given) as [any]));
  }

  static override now(): number {
    return RealDate.now() + skew;
  }
}

globalThis.Date = SkewedDate as DateConstructor;

export {};
