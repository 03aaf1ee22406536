/** The one that is being read, and the one that those wait for who came too late for it. */
interface Readings<T> {
  running: Promise<T>;
  next: Promise<T> | null;
}

/**
 * Callers that ask the same while it is being read share the next reading. It begins after each of them has asked, so nobody is
 * told what was true before; a flood costs one reading after the other instead of one for each of its requests.
 */
export function createSharedLookUp<T>(read: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const byKey = new Map<string, Readings<T>>();

  function begin(key: string): Promise<T> {
    const running = read(key);
    const readings: Readings<T> = { running, next: null };
    byKey.set(key, readings);
    const over = () => {
      if (readings.next === null) byKey.delete(key);
    };
    running.then(over, over);
    return running;
  }

  return (key) => {
    const readings = byKey.get(key);
    if (!readings) return begin(key);
    const again = () => begin(key);
    readings.next ??= readings.running.then(again, again);
    return readings.next;
  };
}
