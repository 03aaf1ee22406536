interface Report {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/** The closing line. A file that could not be loaded counts as one failure, and so does an error outside any test. */
export function summaryLine(report: Report | undefined, exitCode: number): string {
  const passed = report?.numPassedTests ?? 0;
  const broken = (report?.testResults ?? []).filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((a) => a.status === 'failed'),
  ).length;
  const failed = (report?.numFailedTests ?? 0) + broken;
  return `${passed} passed, ${failed === 0 && exitCode !== 0 ? 1 : failed} failed`;
}
