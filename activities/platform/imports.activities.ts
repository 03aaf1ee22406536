import type { BlobOwner, BlobStore } from '../../domain/core/blob.port.ts';
import type { UploadFormat } from '../../domain/platform/upload.rules.ts';
import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import type { FaultPoint } from '../../services/core/fault-points.ts';
import { refreshStatistics } from '../../services/core/statistics.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import {
  type CheckedRow,
  checkRow,
  failImport,
  finishImport,
  type ImportBatch,
  type ImportKinds,
  type ImportStep,
  importBatch,
  keepLayout,
  kindWithOwnFields,
  layoutOf,
  type OpenFile,
  type OpenImport,
  openImport,
  type Place,
  readRow,
  recordsFrom,
  rowShape,
  undoBatch,
} from '../../services/platform/imports/index.ts';
import type { ImportUploadInput } from '../../workflows/platform/import-upload.contract.ts';
import { withHeartbeat } from '../core/heartbeat.ts';

export interface ImportActivityDeps {
  db: Db;
  clock: Clock;
  blobs: BlobStore;
  kinds: ImportKinds;
  faultPoint: FaultPoint;
  /** Rows of one transaction. */
  batchRows?: number;
}

export interface ImportProgress {
  /** `open`: the slice is over, there is more to do. */
  state: 'done' | 'ended' | 'failed' | 'open';
  rows: number;
}

/** A history event per slice, not per batch; short enough that a deployment's drain loses little. */
const SLICE_MS = 4 * 60_000;
const BATCH_ROWS = 1_000;
/** From here on plans for the tables before the import are no good for those after it. */
const MANY_ROWS = 10_000;
const STATISTICS_AT = [2_000, 8_000, 32_000, 128_000, 512_000];
/** Fat rows make smaller batches, or a thousand of them would fill the memory. */
const BATCH_BYTES = 4 * 1_048_576;

export type ImportActivities = ReturnType<typeof createImportActivities>;

/** Effects of an import. Each may be repeated at any time: the upload's row says what is done. */
export function createImportActivities(deps: ImportActivityDeps) {
  const { db, clock, blobs, kinds, faultPoint, batchRows = BATCH_ROWS } = deps;
  const ownerOf = ({ organizationId }: ImportUploadInput): BlobOwner => ({ organizationId, now: clock.now() });
  const run = <T>(input: ImportUploadInput, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
    inTransaction(db, { ...ownerOf(input), principal: SYSTEM_PRINCIPAL }, work);

  /** Looks at the whole file once: how it is written, which column is what, how many rows there are. */
  async function prepare(input: ImportUploadInput, upload: OpenImport, open: OpenFile, signal: AbortSignal) {
    const kind = await run(input, (ctx) => kindWithOwnFields(ctx, kinds, upload.kind));
    const layout = await layoutOf(open, upload.format as UploadFormat, kind, upload.mapping);
    if (layout.problems.length > 0) {
      const message = layout.problems.map((problem) => problem.message).join(' ');
      await run(input, (ctx) => failImport(ctx, { ...input, code: layout.problems[0]!.code, message }));
      return null;
    }
    let rowsTotal = 0;
    for await (const records of recordsFrom(open, layout.dialect, layout.start)) {
      rowsTotal += records.length;
      signal.throwIfAborted();
    }
    await run(input, (ctx) => keepLayout(ctx, input, layout, rowsTotal));
    return { ...layout, ...layout.start };
  }

  async function importRows(
    input: ImportUploadInput,
    upload: OpenImport,
    beat: { signal: AbortSignal; progress(details: { rows: number }): void },
  ): Promise<ImportProgress> {
    const sliceEnd = performance.now() + SLICE_MS;
    const open: OpenFile = (fromByte) => blobs.get(ownerOf(input), upload.blobId, fromByte);
    const { dialect, header, columns, position, line } = upload.cursor;
    const known =
      dialect && header && columns && position !== undefined && line !== undefined
        ? { dialect, header, columns, position, line }
        : await prepare(input, upload, open, beat.signal);
    if (!known) return { state: 'failed', rows: upload.rowsDone };
    const kind = await run(input, (ctx) => kindWithOwnFields(ctx, kinds, upload.kind));
    const shape = rowShape(known, kind, upload.mapping);
    let rows = upload.rowsDone;
    const batches = batchesOf(
      recordsFrom(open, known.dialect, known),
      known,
      (record) => checkRow(kind, readRow(record, shape)),
      batchRows,
    );
    for await (const batch of oneAhead(batches)) {
      await faultPoint('import.before-batch');
      beat.signal.throwIfAborted();
      if (!(await run(input, (ctx) => importBatch(ctx, kinds, input, batch)))) return { state: 'ended', rows };
      if (hasGrown(rows, rows + batch.rows.length)) await run(input, (ctx) => refreshStatistics(ctx));
      rows += batch.rows.length;
      beat.progress({ rows });
      await faultPoint('import.after-batch');
      if (performance.now() > sliceEnd) return { state: 'open', rows };
    }
    await run(input, (ctx) => finishImport(ctx, kinds, input));
    if (rows >= MANY_ROWS) await run(input, (ctx) => refreshStatistics(ctx));
    return { state: 'done', rows };
  }

  async function takeBack(input: ImportUploadInput, upload: OpenImport, signal: AbortSignal): Promise<ImportProgress> {
    const sliceEnd = performance.now() + SLICE_MS;
    while (await run(input, (ctx) => undoBatch(ctx, kinds, input))) {
      await faultPoint('import.after-undo-batch');
      signal.throwIfAborted();
      if (performance.now() > sliceEnd) return { state: 'open', rows: upload.rowsDone };
    }
    return { state: 'done', rows: upload.rowsDone };
  }

  return {
    /** Goes on where the upload's row says, for a few minutes at most. */
    importsWork: (input: ImportUploadInput): Promise<ImportProgress> =>
      withHeartbeat<ImportProgress, { rows: number }>(async (beat) => {
        const upload = await run(input, (ctx) => openImport(ctx, input));
        if (upload.work === 'none') return { state: upload.state, rows: upload.rowsDone };
        return upload.work === 'undo' ? takeBack(input, upload, beat.signal) : importRows(input, upload, beat);
      }),

    importsFail: (input: ImportStep & ImportUploadInput & { code: string; message: string }): Promise<void> =>
      run(input, (ctx) => failImport(ctx, input)),
  };
}

/** Four times as many as at the last look: the statements of the next batches were planned for a smaller table. */
const hasGrown = (before: number, now: number): boolean => STATISTICS_AT.some((rows) => before < rows && now >= rows);

type FileRecord = Parameters<typeof readRow>[0];

async function* batchesOf(
  source: AsyncIterable<readonly FileRecord[]>,
  start: Place,
  read: (record: FileRecord) => CheckedRow,
  batchRows: number,
): AsyncGenerator<ImportBatch> {
  let from = start;
  let next = start;
  let rows: CheckedRow[] = [];
  for await (const records of source) {
    for (const record of records) {
      rows.push(read(record));
      next = { position: record.end, line: record.nextLine };
      if (rows.length < batchRows && record.end - from.position < BATCH_BYTES) continue;
      yield { from, next, rows };
      from = next;
      rows = [];
    }
  }
  if (rows.length > 0) yield { from, next, rows };
}

/** The next element is made ready while the last one is worked on. */
async function* oneAhead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  const ask = () => {
    const answer = source.next();
    // It is looked at in its turn, which may never come.
    answer.catch(() => {});
    return answer;
  };
  try {
    for (let answer = ask(); ; ) {
      const { done, value } = await answer;
      if (done) return;
      answer = ask();
      yield value;
    }
  } finally {
    await source.return(undefined).catch(() => {});
  }
}
