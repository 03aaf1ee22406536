import { afterEach } from 'vitest';
import { startTestWorker, type TestWorker, type TestWorkerOptions } from './harness.ts';

/** Once per file: what it returns opens workers that end with their test. */
export function testWorkers(): (options: TestWorkerOptions) => Promise<TestWorker> {
  const open: TestWorker[] = [];
  afterEach(async () => {
    for (const worker of open.splice(0)) await worker.stop();
  });
  return async (options) => {
    const worker = await startTestWorker(options);
    open.push(worker);
    return worker;
  };
}
