import {
  ActivityCancellationType,
  CancellationScope,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import type { ImportActivities } from '../../activities/platform/imports.activities.ts';
import { BULK_QUEUE } from '../queues.contract.ts';
import { type ImportUploadInput, type ImportUploadResult, uploadChanged } from './import-upload.contract.ts';

const retry = { initialInterval: '1s', maximumInterval: '60s', maximumAttempts: 40 } as const;

const { importsFail } = proxyActivities<ImportActivities>({ startToCloseTimeout: '30s', retry });
const { importsWork } = proxyActivities<ImportActivities>({
  taskQueue: BULK_QUEUE,
  startToCloseTimeout: '15m',
  heartbeatTimeout: '20s',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry,
});

/** Imports a file, or takes an import back, in slices of a few minutes; where it is stands in the upload's row. */
export async function importUpload(input: ImportUploadInput): Promise<ImportUploadResult> {
  const work = new CancellationScope();
  setHandler(uploadChanged, () => work.cancel());
  const result = await work
    .run(() => carryOut(input))
    .catch((error: unknown) => CancellationScope.nonCancellable(() => endUnfinished(input, error)));
  setCurrentDetails(`**${result.status}** — ${result.rows} rows`);
  return result;
}

async function carryOut(input: ImportUploadInput): Promise<ImportUploadResult> {
  for (;;) {
    const { state, rows } = await importsWork(input);
    if (state !== 'open') return { status: state, rows };
    setCurrentDetails(`**working** — ${rows} rows`);
  }
}

/** An operator's cancellation and a failure end the row, too; after a cancellation by API it has ended already. */
async function endUnfinished(input: ImportUploadInput, error: unknown): Promise<ImportUploadResult> {
  if (isCancellation(error)) {
    await importsFail({ ...input, code: 'CANCELLED', message: 'The import was cancelled.' });
    return { status: 'ended', rows: 0 };
  }
  await importsFail({
    ...input,
    code: 'IMPORT_FAILED',
    message: 'The import failed repeatedly. Undo it and upload the file again, or ask an operator for its history.',
  });
  return { status: 'failed', rows: 0 };
}
