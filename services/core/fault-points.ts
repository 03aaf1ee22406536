/** A named place where a test may stop, kill or fail the process. Free in production: configuration refuses faults there. */
export type FaultPoint = (point: string) => Promise<void>;

export interface Fault {
  readonly point: string;
  readonly action: 'kill' | 'pause' | 'throw';
  /** How long a pause lasts; without it, for ever. */
  readonly milliseconds?: number | undefined;
}

export const noFaults: FaultPoint = async () => {};

export function createFaultPoint(faults: readonly Fault[], kill: () => void): FaultPoint {
  if (faults.length === 0) return noFaults;
  const actions = new Map(faults.map((fault) => [fault.point, fault]));
  return async (point) => {
    const fault = actions.get(point);
    switch (fault?.action) {
      case 'kill':
        kill();
        return;
      case 'throw':
        throw new Error(`Fault injected at ${point}`);
      case 'pause':
        await pause(fault.milliseconds);
        return;
      case undefined:
        return;
    }
  };
}

const pause = (milliseconds: number | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (milliseconds !== undefined) setTimeout(resolve, milliseconds);
  });
