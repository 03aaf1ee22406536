import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { createDataConverter } from '../../temporal/data-converter.ts';

export interface RecordedHistory {
  /** Path below the root, e.g. `insight/histories/attribution.completed.json`. */
  readonly file: string;
  readonly workflowType: string;
  readonly history: ReturnType<typeof historyFromJSON>;
}

/** Every `**\/histories/*.json` below `root`. */
export function readHistories(root: string): RecordedHistory[] {
  return globSync('**/histories/*.json', { cwd: root })
    .sort()
    .map((file) => {
      const history = historyFromJSON(JSON.parse(readFileSync(join(root, file), 'utf8')));
      const started = history.events?.[0]?.workflowExecutionStartedEventAttributes;
      const workflowType = started?.workflowType?.name;
      if (!workflowType) throw new Error(`${file} is not a workflow's history.`);
      return { file, workflowType, history };
    });
}

/** Runs today's code over yesterday's histories, without a server. Answers file → what no longer fits. */
export async function replayHistories(
  codePath: string,
  histories: readonly RecordedHistory[],
): Promise<Record<string, string>> {
  const misfits: Record<string, string> = {};
  const queue = histories.map(({ file, history }) => ({ workflowId: `${basename(file, '.json')}:${file}`, history }));
  const options = { workflowBundle: { codePath }, dataConverter: createDataConverter() };
  for await (const result of Worker.runReplayHistories(options, queue)) {
    if (!result.error) continue;
    const file = result.workflowId.slice(result.workflowId.indexOf(':') + 1);
    misfits[file] = result.error.message;
  }
  return misfits;
}
