import { setTimeout as sleep } from 'node:timers/promises';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { createDataConverter } from '../../temporal/data-converter.ts';
import { installRuntime } from '../../temporal/runtime.ts';
import { addSearchAttributes } from '../../temporal/search-attributes.ts';
import { quietLogger } from './worker.ts';

export interface TimeSkipping {
  readonly environment: TestWorkflowEnvironment;
  readonly address: string;
  /** The server's time: give it to the worker as `readNow`, so that activities live in the same year. */
  readNow(): Promise<Date>;
  close(): Promise<void>;
}

/** Why a suite is skipped where the machine has no Java; for `describe.skipIf` titles. */
export const TIME_SKIPPING_REASON = 'needs Java: the server that skips time is a Java program';

/** The SDK gives the Java process 5 s to listen, which is little on a machine where other tests start theirs. */
async function persistently<T>(start: () => Promise<T>): Promise<T> {
  process.env.JAVA_TOOL_OPTIONS ??= '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC';
  for (let attempt = 1; ; attempt++) {
    try {
      return await start();
    } catch (error) {
      if (attempt === 10) throw error;
      await sleep(attempt * 500);
    }
  }
}

/** One server with one clock: tests that share it run one after the other. It skips while a result is awaited. */
export async function startTimeSkipping(executablePath: string): Promise<TimeSkipping> {
  installRuntime({ logger: quietLogger, service: 'test' });
  const start = () =>
    TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path: executablePath } },
      client: { dataConverter: createDataConverter() },
    });
  const environment = await persistently(start);
  await addSearchAttributes(environment.connection, 'default');
  return {
    environment,
    address: environment.address,
    readNow: async () => new Date(await environment.currentTimeMs()),
    close: () => environment.teardown(),
  };
}
