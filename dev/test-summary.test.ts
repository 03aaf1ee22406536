import { describe, expect, it } from 'vitest';
import { summaryLine } from './test-summary.ts';

const file = (status: string, ...tests: string[]) => ({ status, assertionResults: tests.map((t) => ({ status: t })) });

describe('the closing line of a test run', () => {
  it('counts tests', () => {
    const report = { numPassedTests: 3, numFailedTests: 1, testResults: [file('failed', 'passed', 'failed')] };
    expect(summaryLine(report, 1)).toBe('3 passed, 1 failed');
  });

  it('counts a file that could not be loaded as a failure', () => {
    expect(summaryLine({ numPassedTests: 2, numFailedTests: 0, testResults: [file('failed')] }, 1)).toBe(
      '2 passed, 1 failed',
    );
  });

  it('never claims success when the run failed or never reported', () => {
    expect(summaryLine({ numPassedTests: 2, numFailedTests: 0, testResults: [] }, 1)).toBe('2 passed, 1 failed');
    expect(summaryLine(undefined, 1)).toBe('0 passed, 1 failed');
  });
});
