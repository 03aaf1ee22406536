import { describe, expect, it } from 'vitest';
import { createSharedLookUp } from './shared-look-up.ts';

describe('a shared look-up', () => {
  it('reads for whoever asks, never what was read before they asked, and once for all who ask meanwhile', async () => {
    let value = 1;
    const gates: (() => void)[] = [];
    const read = createSharedLookUp(async () => {
      const seen = value;
      await new Promise<void>((resolve) => gates.push(resolve));
      return seen;
    });
    const first = read('a');
    value = 2;
    const later = [read('a'), read('a'), read('a')];
    expect(gates).toHaveLength(1);
    gates[0]!();
    expect(await first).toBe(1);
    value = 3;
    await new Promise(setImmediate);
    expect(gates).toHaveLength(2);
    const last = read('a');
    gates[1]!();
    expect(await Promise.all(later)).toEqual([2, 2, 2]);
    await new Promise(setImmediate);
    gates[2]!();
    expect(await last).toBe(3);
    await new Promise(setImmediate);
    const alone = read('a');
    expect(gates).toHaveLength(4);
    gates[3]!();
    expect(await alone).toBe(3);
  });

  it('tells a failure to those who asked for it and reads anew for the next', async () => {
    let fails = true;
    const read = createSharedLookUp(async (key: string) => {
      if (fails) throw new Error(key);
      return key;
    });
    const [first, second] = [read('a'), read('a')];
    await expect(first).rejects.toThrow('a');
    await expect(second).rejects.toThrow('a');
    fails = false;
    expect(await read('a')).toBe('a');
  });
});
