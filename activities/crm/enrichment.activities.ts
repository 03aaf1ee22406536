import type { EnrichmentProvider } from '../../domain/crm/enrichment.port.ts';
import type { EnrichmentProviderCode, EnrichmentStatus } from '../../domain/crm/enrichment.rules.ts';
import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import type { FaultPoint } from '../../services/core/fault-points.ts';
import type { Secrets } from '../../services/core/secrets.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import {
  beginLookUp,
  type EnrichmentPlan,
  finishEnrichment,
  planEnrichment,
  recordLookUp,
} from '../../services/crm/index.ts';
import type { EnrichmentInput } from '../../workflows/crm/enrichment.contract.ts';
import { withHeartbeat } from '../core/heartbeat.ts';

export type EnrichmentActivities = ReturnType<typeof createEnrichmentActivities>;

export interface EnrichmentDeps {
  db: Db;
  clock: Clock;
  secrets: Secrets;
  /** Those that there is a way to. */
  providers: readonly EnrichmentProvider[];
  faultPoint: FaultPoint;
}

type LookUpInput = EnrichmentInput & { targetId: string; provider: EnrichmentProviderCode };
/** `next`: something is still missing; `limited`: ask the same provider again after a wait. */
type LookUpStep = { status: 'next' | 'complete' } | { status: 'limited'; waitSeconds: number };

/** An hour is the longest wait that one answer may ask for. */
const MOST_WAIT_SECONDS = 3_600;

export function createEnrichmentActivities({ db, clock, secrets, providers, faultPoint }: EnrichmentDeps) {
  const byCode = new Map(providers.map((provider) => [provider.code, provider]));
  const run = <T>(organizationId: string, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
    inTransaction(db, { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() }, work);

  async function lookUp({ organizationId, ...place }: LookUpInput, signal: AbortSignal): Promise<LookUpStep> {
    const provider = byCode.get(place.provider);
    if (!provider) return { status: 'next' };
    const state = await run(organizationId, (ctx) => beginLookUp(ctx, secrets, place, provider.subjects));
    if (state.status !== 'call') return state;
    await faultPoint('enrichment.before-call');
    const answer = await provider.lookUp(state.apiKey, state.subject, signal);
    await faultPoint('enrichment.after-call');
    if (answer.status === 'limited') {
      return { status: 'limited', waitSeconds: Math.min(Math.max(answer.retryAfterSeconds, 1), MOST_WAIT_SECONDS) };
    }
    const outcome = answer.status === 'refused' ? { status: 'failed' as const, error: answer.reason } : answer;
    await run(organizationId, (ctx) => recordLookUp(ctx, place, outcome));
    return { status: 'next' };
  }

  return {
    /** Names the records and the providers to ask; ends the request when there is none. */
    enrichmentPlan: ({ organizationId, requestId }: EnrichmentInput): Promise<EnrichmentPlan> =>
      run(organizationId, (ctx) => planEnrichment(ctx, requestId, [...byCode.keys()])),

    /** Asks one provider about one record. A call whose answer was stored is not made again. */
    enrichmentLookUp: (input: LookUpInput): Promise<LookUpStep> => withHeartbeat((beat) => lookUp(input, beat.signal)),

    /** Closes the call to a provider that did not answer. */
    enrichmentGiveUp: ({ organizationId, ...place }: LookUpInput): Promise<void> =>
      run(organizationId, (ctx) => recordLookUp(ctx, place, { status: 'failed', error: 'did not answer' })),

    /** Settles the records and the request, and tells of it. */
    enrichmentFinish: ({ organizationId, requestId }: EnrichmentInput): Promise<EnrichmentStatus> =>
      run(organizationId, (ctx) => finishEnrichment(ctx, requestId)),
  };
}
