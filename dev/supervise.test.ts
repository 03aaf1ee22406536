import { describe, expect, it } from 'vitest';
import { restartDelay, terminalLine } from './supervise.ts';

describe('restarting what died', () => {
  it('waits longer with each death', () => {
    expect([1, 2, 3, 4, 5].map((n) => restartDelay(Array(n).fill(0), 0))).toEqual([200, 400, 800, 1600, 3200]);
  });

  it('stops after more than five deaths within a minute', () => {
    expect(restartDelay([0, 1, 2, 3, 4, 5], 5)).toBeUndefined();
  });

  it('forgets deaths that are older than a minute', () => {
    expect(restartDelay([0, 1, 2, 3, 4, 70_000], 70_000)).toBe(200);
  });
});

describe('lines of a service on the terminal', () => {
  it('keeps routine log lines in the log file', () => {
    expect(terminalLine('api', '{"level":30,"msg":"request"}')).toBeUndefined();
  });

  it('shows warnings and errors as text', () => {
    expect(terminalLine('api', '{"level":50,"msg":"failed","err":{"message":"boom"}}')).toBe(
      '[api] ERROR failed (boom)',
    );
  });

  it('shows what is no log line as it came', () => {
    expect(terminalLine('api', 'TypeError: x')).toBe('[api] TypeError: x');
    expect(terminalLine('api', '{"a":1}')).toBe('[api] {"a":1}');
  });
});
