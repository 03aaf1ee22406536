import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure, Context } from '@temporalio/activity';
import { type Client, WorkflowFailedError } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { workflowBundle } from '../../temporal/bundle.ts';
import { PROCESSES } from '../../temporal/processes/index.ts';
import { createWorkers } from '../../temporal/worker.ts';
import { BULK_QUEUE, MAIN_QUEUE, OUTBOUND_QUEUE } from '../../workflows/queues.contract.ts';
import { type Answer, SHAPES, type Shape } from './shapes.ts';

/** Long enough for a process to have begun its wait. */
const SETTLED_MS = 700;

export interface RecordedShape {
  readonly shape: Shape;
  readonly workflowId: string;
}

/**
 * Runs the product's workflows with activities that answer as each shape says; a history holds nothing else of an
 * activity. The namespace must have no other worker.
 */
export async function runShapes(
  client: Client,
  server: { readonly address: string; readonly namespace: string },
): Promise<RecordedShape[]> {
  const connection = await NativeConnection.connect({ address: server.address });
  const { codePath: bundlePath } = await workflowBundle();
  const recorded: RecordedShape[] = [];
  try {
    for (const shape of SHAPES) {
      const workflowId = `${shape.process}.${shape.case}.${process.pid}`;
      const activities = activitiesOf(shape, client, workflowId);
      const workers = await createWorkers({
        connection,
        namespace: server.namespace,
        identity: 'recorded',
        bundlePath,
        queues: {
          [MAIN_QUEUE]: { workflows: true, activities },
          [BULK_QUEUE]: { workflows: false, activities },
          [OUTBOUND_QUEUE]: { workflows: false, activities },
        },
        shutdownGraceMs: 100,
      });
      const run = workers.runAll();
      const input = shape.input === undefined ? [] : [shape.input];
      await client.workflow
        .execute(typeOf(shape), { workflowId, taskQueue: MAIN_QUEUE, args: input, workflowExecutionTimeout: '60s' })
        // How it ends is the shape; that it ends is all that is asked here.
        .catch((error: unknown) => {
          if (!(error instanceof WorkflowFailedError)) throw error;
        });
      workers.drain();
      await run;
      recorded.push({ shape, workflowId });
    }
  } finally {
    await connection.close();
  }
  return recorded;
}

const typeOf = ({ process: name }: Shape): string =>
  name.replace(/-(\w)/g, (_match, letter: string) => letter.toUpperCase());

function activitiesOf(shape: Shape, client: Client, workflowId: string) {
  const handle = client.workflow.getHandle(workflowId);
  const signal = [...(PROCESSES.find(({ workflowType }) => workflowType === typeOf(shape))?.signals ?? [])][0];
  const afterwards = async (what: 'signal' | 'cancel') => {
    await sleep(SETTLED_MS);
    if (what === 'signal') await handle.signal(signal!);
    else await handle.cancel();
  };
  const activity = (answers: readonly Answer[]) => {
    let turn = 0;
    return async (): Promise<unknown> => {
      const answer = answers[Math.min(turn++, answers.length - 1)]!;
      if ('fails' in answer) throw ApplicationFailure.nonRetryable('It fails for good.', 'RecordedFailure');
      if ('hangs' in answer) return untilCancelled(() => afterwards('cancel'));
      if (answer.andThen) void afterwards(answer.andThen);
      return answer.value;
    };
  };
  return Object.fromEntries(Object.entries(shape.answers).map(([name, answers]) => [name, activity(answers)]));
}

async function untilCancelled(cancel: () => Promise<void>): Promise<never> {
  const beat = setInterval(() => Context.current().heartbeat(), 100);
  void cancel();
  return Context.current().cancelled.finally(() => clearInterval(beat));
}
