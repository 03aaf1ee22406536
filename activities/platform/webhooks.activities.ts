import { type Outbound, OutboundError } from '../../domain/core/outbound.port.ts';
import { BREAKER_FAILURES, EXCERPT_BYTES, isThrottling, readRetryAfter } from '../../domain/platform/webhook.rules.ts';
import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import type { FaultPoint } from '../../services/core/fault-points.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import {
  type DueMessage,
  type DueWork,
  messageIdOf,
  type Outcome,
  recordOutcomes,
  signWebhook,
  takeDue,
  type WebhookTools,
} from '../../services/platform/webhooks/index.ts';
import type { WebhookDeliveryInput } from '../../workflows/platform/webhook-delivery.contract.ts';
import { withHeartbeat } from '../core/heartbeat.ts';

export interface WebhookActivityDeps {
  db: Db;
  clock: Clock;
  tools: WebhookTools;
  outbound: Outbound;
  faultPoint: FaultPoint;
  /** How long a slice goes on, and how long it waits for more before the process falls asleep. */
  sliceMs?: number;
  lingerMs?: number;
  random?: () => number;
}

export interface DeliveryProgress {
  /** `open`: the slice is over, there is more to do; `idle`: nothing is due now. */
  state: 'gone' | 'open' | 'idle';
  /** Until the next attempt is due; null: until something new comes. */
  waitMs: number | null;
}

const SLICE_MS = 60_000;
const LINGER_MS = 1_000;
const LOOK_AGAIN_MS = 100;
/** Open calls to one endpoint. */
const CONCURRENCY = 16;
const TIMEOUT_MS = 10_000;

export type WebhookActivities = ReturnType<typeof createWebhookActivities>;

type Due = Extract<DueWork, { state: 'due' }>;

export function createWebhookActivities(deps: WebhookActivityDeps) {
  const { db, clock, tools, outbound, faultPoint, random = Math.random } = deps;
  const { sliceMs = SLICE_MS, lingerMs = LINGER_MS } = deps;

  async function deliver(input: WebhookDeliveryInput, signal: AbortSignal): Promise<DeliveryProgress> {
    const started = performance.now();
    const startedAt = clock.now().getTime();
    // The clock stands still during an attempt; signatures and the schedule need the time that has passed since.
    const now = () => new Date(startedAt + (performance.now() - started));
    const run = <T>(work: (ctx: Ctx) => Promise<T>): Promise<T> =>
      inTransaction(db, { organizationId: input.organizationId, principal: SYSTEM_PRINCIPAL, now: now() }, work);
    let emptySince: number | null = null;
    for (;;) {
      if (signal.aborted || performance.now() - started > sliceMs) return { state: 'open', waitMs: 0 };
      const isSettling = emptySince !== null && performance.now() - emptySince >= lingerMs;
      const due = await run((ctx) => takeDue(ctx, tools, input, isSettling || lingerMs === 0));
      if (due.state === 'gone') return { state: 'gone', waitMs: null };
      if (due.state === 'due') {
        emptySince = null;
        const outcomes = await sendAll(due, now, signal);
        await faultPoint('webhooks.after-send');
        await run((ctx) => recordOutcomes(ctx, input.endpointId, outcomes));
        await faultPoint('webhooks.after-record');
        continue;
      }
      if (isSettling || lingerMs === 0) {
        return { state: 'idle', waitMs: due.wakeAt && Math.max(due.wakeAt.getTime() - now().getTime(), 0) };
      }
      emptySince ??= performance.now();
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  /** Stops taking more after failures in a row: what was not sent keeps its attempts. */
  async function sendAll(due: Due, now: () => Date, signal: AbortSignal): Promise<Outcome[]> {
    const waiting = [...due.messages];
    const outcomes: Outcome[] = [];
    let failures = 0;
    const sender = async () => {
      while (failures < BREAKER_FAILURES && !signal.aborted) {
        const message = waiting.shift();
        if (!message) return;
        const outcome = await sendOne(due, message, now);
        outcomes.push(outcome);
        if (isThrottling(outcome.statusCode) && outcome.retryAfterSeconds !== null) failures = BREAKER_FAILURES;
        else failures = outcome.error === null ? 0 : failures + 1;
        if (outcome.statusCode === 410) failures = BREAKER_FAILURES;
      }
    };
    await Promise.all(Array.from({ length: Math.min(CONCURRENCY, waiting.length) }, sender));
    return outcomes;
  }

  async function sendOne({ url, secrets }: Due, message: DueMessage, now: () => Date): Promise<Outcome> {
    const attemptedAt = now();
    const timestampSeconds = Math.floor(attemptedAt.getTime() / 1_000);
    const headers = signWebhook(secrets, { id: messageIdOf(message.id), timestampSeconds, body: message.body });
    const common = { message, attemptedAt, jitter: random() };
    try {
      const answer = await outbound.send({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json', ...headers },
        body: message.body,
        timeoutMs: TIMEOUT_MS,
        // A receiver that has moved must say so to a person, not to a redirect.
        maxRedirects: 0,
        maxBytes: EXCERPT_BYTES,
        overflow: 'cut',
      });
      const isSuccess = answer.status >= 200 && answer.status < 300;
      return {
        ...common,
        statusCode: answer.status,
        latencyMs: answer.latencyMs,
        error: isSuccess ? null : `HTTP_${answer.status}`,
        excerpt: excerptOf(answer.body),
        retryAfterSeconds: isSuccess ? null : readRetryAfter(answer.headers['retry-after'], now()),
      };
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      const { code, latencyMs } = error;
      return { ...common, statusCode: null, latencyMs, error: code, excerpt: null, retryAfterSeconds: null };
    }
  }

  return {
    /** Works off what is due for an endpoint. Killed between a send and its record, it sends that once more. */
    webhooksDeliver: (input: WebhookDeliveryInput): Promise<DeliveryProgress> =>
      withHeartbeat((beat) => deliver(input, beat.signal)),
  };
}

/** Text of a foreign server: whatever cannot be stored or read is left out. */
function excerptOf(body: Uint8Array): string | null {
  const text = new TextDecoder()
    .decode(body)
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  return text === '' ? null : text;
}
