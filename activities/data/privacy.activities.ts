import type { BlobStore } from '../../domain/core/blob.port.ts';
import { type EraseStep, RETENTION_STEPS } from '../../domain/data/privacy.rules.ts';
import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import type { FaultPoint } from '../../services/core/fault-points.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import {
  beginPrivacyRequest,
  completePrivacyRequest,
  eraseBatch,
  exportSections,
  failPrivacyRequest,
  listRetentions,
  type PersonRecords,
  type Retention,
  readExportRows,
  retainBatch,
  retainRecords,
} from '../../services/data/index.ts';
import type { PrivacyRequestInput } from '../../workflows/data/privacy-request.contract.ts';
import { withHeartbeat } from '../core/heartbeat.ts';

export interface PrivacyActivityDeps {
  db: Db;
  platformDb: Db;
  clock: Clock;
  blobs: BlobStore;
  /** What upper wings know of people. */
  people: readonly PersonRecords[];
  faultPoint: FaultPoint;
}

export type PrivacyActivities = ReturnType<typeof createPrivacyActivities>;

/** Far above what one person's data comes to. */
const EXPORT_LIMIT_BYTES = 4 * 1_073_741_824;

/** Effects of privacy requests and retention. Each may be repeated at any time: what is gone is not found again. */
export function createPrivacyActivities({ db, platformDb, clock, blobs, people, faultPoint }: PrivacyActivityDeps) {
  const run = <T>({ organizationId }: { organizationId: string }, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
    inTransaction(db, { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() }, work);

  /** The export as one JSON object, a page of rows at a time. Counts are filled in on the way. */
  async function* exportText(input: PrivacyRequestInput, counts: Record<string, number>): AsyncGenerator<Uint8Array> {
    yield Buffer.from('{');
    for (const [index, [name, section]] of exportSections(people).entries()) {
      yield Buffer.from(`${index > 0 ? ',' : ''}"${name}":[`);
      let next: string | null = null;
      counts[name] = 0;
      do {
        const page: { rows: string[]; next: string | null } = await run(input, (ctx) =>
          readExportRows(ctx, input.requestId, section, next),
        );
        if (page.rows.length > 0) {
          yield Buffer.from(`${counts[name] > 0 ? ',' : ''}${page.rows.map(toAscii).join(',')}`, 'latin1');
        }
        counts[name] += page.rows.length;
        next = page.next;
      } while (next !== null);
      yield Buffer.from(']');
    }
    yield Buffer.from('}');
  }

  return {
    /** What is to be done, or null when the request has ended. */
    privacyBegin: (input: PrivacyRequestInput): Promise<'export' | 'erase' | null> =>
      run(input, (ctx) => beginPrivacyRequest(ctx, input.requestId)),

    /** Writes the file and completes the request with it in one transaction. */
    privacyExport: (input: PrivacyRequestInput): Promise<void> =>
      withHeartbeat(async () => {
        const counts: Record<string, number> = {};
        const { organizationId } = input;
        const file = await blobs.put({ organizationId, now: clock.now() }, exportText(input, counts), {
          mediaType: 'application/json',
          limitBytes: EXPORT_LIMIT_BYTES,
        });
        await faultPoint('privacy.before-keep');
        const kept = await run(input, (ctx) =>
          completePrivacyRequest(ctx, input.requestId, { blobId: file.id, counts }),
        );
        // Somebody completed it before: this copy is one too many.
        if (!kept) await blobs.delete({ organizationId, now: clock.now() }, file.id);
      }),

    privacyErase: (input: PrivacyRequestInput & { step: EraseStep }): Promise<void> =>
      withHeartbeat(async ({ signal }) => {
        let more = true;
        while (more) {
          signal.throwIfAborted();
          more = await run(input, async (ctx) => {
            const answer = await eraseBatch(ctx, input.requestId, input.step, people);
            await faultPoint('privacy.inside-erase');
            return answer;
          });
        }
      }),

    privacyComplete: async (input: PrivacyRequestInput): Promise<void> => {
      await faultPoint('privacy.before-complete');
      await run(input, (ctx) => completePrivacyRequest(ctx, input.requestId, null));
    },

    privacyFail: (input: PrivacyRequestInput & { code: string }): Promise<void> =>
      run(input, (ctx) => failPrivacyRequest(ctx, input.requestId, input.code)),

    privacyListRetentions: (): Promise<Retention[]> => withHeartbeat(() => listRetentions(platformDb)),

    /** Answers how many rows were changed or deleted. */
    privacyRetain: (retention: Retention): Promise<number> =>
      withHeartbeat(async ({ signal }) => {
        const { retentionDays } = retention;
        const kinds = [
          ...RETENTION_STEPS.map((step) => (ctx: Ctx) => retainBatch(ctx, step, retentionDays)),
          ...people.map((records) => (ctx: Ctx) => retainRecords(ctx, records, retentionDays)),
        ];
        let total = 0;
        for (const retain of kinds) {
          let more = true;
          while (more) {
            signal.throwIfAborted();
            const batch = await run(retention, retain);
            total += batch.count;
            more = batch.more;
          }
        }
        return total;
      }),
  };
}

/** The same JSON without a character that takes more than one byte. */
const toAscii = (json: string): string =>
  json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
