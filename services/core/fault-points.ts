/** A named place where a test may stop, kill or fail the process. Free in production: configuration refuses faults there. */
export type FaultPoint = (point: string) => Promise<void>;

export interface Fault {
  readonly point: string;
  readonly action: 'kill' | 'pause' | 'throw';
}

export const noFaults: FaultPoint = async () => {};

export function createFaultPoint(faults: readonly Fault[], kill: () => void): FaultPoint {
  if (faults.length === 0) return noFaults;
  const actions = new Map(faults.map((fault) => [fault.point, fault.action]));
  return async (point) => {
    switch (actions.get(point)) {
      case 'kill':
        kill();
        return;
      case 'throw':
        throw new Error(`Fault injected at ${point}`);
      case 'pause':
        await new Promise(() => {});
        return;
      case undefined:
        return;
    }
  };
}
