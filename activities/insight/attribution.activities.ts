import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import type { FaultPoint } from '../../services/core/fault-points.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import {
  computePartition,
  failRun,
  type LearnOutcome,
  learnModels,
  learnsFirst,
  modelsToSummarize,
  type PublishedCounts,
  planRun,
  publishRun,
  purgeComparisons,
  purgeGenerations,
  summarizeModel,
} from '../../services/insight/index.ts';
import type { AttributionRunInput } from '../../workflows/insight/attribution-run.contract.ts';
import { withHeartbeat } from '../core/heartbeat.ts';

export interface AttributionActivityDeps {
  db: Db;
  clock: Clock;
  faultPoint: FaultPoint;
}

export interface AttributionPlan {
  partitions: number;
  /** A model of the run learns from all journeys before the first partition. */
  learns: boolean;
}

export type AttributionActivities = ReturnType<typeof createAttributionActivities>;

/** A statement that fails because it was cancelled says so, or the failure would look like an outage. */
const cancellable = <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> =>
  withHeartbeat(async ({ signal }) => {
    try {
      return await work(signal);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  });

/** Effects of the attribution run. Each may be repeated at any time: its step finds its own work done. */
export function createAttributionActivities({ db, clock, faultPoint }: AttributionActivityDeps) {
  const run = <T>(input: AttributionRunInput, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
    inTransaction(db, { organizationId: input.organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() }, work);

  return {
    /** How the generation is computed, or null when it is not running (any more). */
    attributionPlan: (input: AttributionRunInput): Promise<AttributionPlan | null> =>
      withHeartbeat(() =>
        run(input, async (ctx) => {
          const partitions = await planRun(ctx, input);
          if (partitions === null) return null;
          return { partitions, learns: partitions > 0 && (await learnsFirst(ctx, input)) };
        }),
      ),

    /** Learns from all journeys. Cancelling the activity cancels the statement. */
    attributionLearn: async (input: AttributionRunInput): Promise<LearnOutcome> => {
      await faultPoint('attribution.before-learning');
      return cancellable((signal) => run(input, (ctx) => learnModels(ctx, input, signal)));
    },

    /** False when the generation is not running any more. Cancelling the activity cancels the statement. */
    attributionComputePartition: async (input: AttributionRunInput & { ordinal: number }): Promise<boolean> => {
      await faultPoint('attribution.before-partition');
      return cancellable((signal) =>
        run(input, async (ctx) => {
          const running = await computePartition(ctx, input, signal);
          await faultPoint('attribution.inside-partition');
          return running;
        }),
      );
    },

    /** Makes the generation visible; null when it is not running any more. */
    attributionPublish: async (input: AttributionRunInput): Promise<PublishedCounts | null> => {
      await faultPoint('attribution.before-publish');
      return run(input, (ctx) => publishRun(ctx, input));
    },

    /** Adds up what dashboards read, one transaction per model; answers how many models were added up now. */
    attributionSummarize: (input: AttributionRunInput): Promise<number> =>
      withHeartbeat(async ({ signal }) => {
        const models = await run(input, (ctx) => modelsToSummarize(ctx, input));
        for (const modelCode of models) {
          await run(input, (ctx) => summarizeModel(ctx, { ...input, modelCode }, signal)).catch((error: unknown) => {
            signal.throwIfAborted();
            throw error;
          });
        }
        return models.length;
      }),

    attributionFail: (input: AttributionRunInput & { code: string; message: string }): Promise<boolean> =>
      run(input, (ctx) => failRun(ctx, input)),

    /** Deletes rows of generations that nobody can see, and old comparisons, in batches of one transaction each. */
    attributionPurge: (input: AttributionRunInput): Promise<void> =>
      withHeartbeat(async ({ signal }) => {
        while (await run(input, (ctx) => purgeGenerations(ctx, input.runId))) signal.throwIfAborted();
        while (await run(input, purgeComparisons)) signal.throwIfAborted();
      }),
  };
}
