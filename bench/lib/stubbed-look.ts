/** Looks of a cadence that does nothing: so many steps with a second between them, then the end. */
export function stubbedLook(steps: number) {
  const looks = new Map<string, number>();
  return async ({ enrollmentId }: { enrollmentId: string }) => {
    const look = (looks.get(enrollmentId) ?? 0) + 1;
    looks.set(enrollmentId, look);
    return look > steps ? { status: 'ended', reason: 'completed' } : { status: 'waiting', waitSeconds: 1 };
  };
}
