import { createHash } from 'node:crypto';
import { AppError, invalid } from '../../../domain/core/errors.ts';
import { isCurrency, toMinorUnits } from '../../../domain/data/money.rules.ts';
import type { CallEventInput } from '../../../domain/integrations/telephony.input.ts';
import { type GroupOutcome, groupVerb } from '../../core/group.ts';
import { receiveAll } from '../webhooks/receive-all.ts';
import type { VerifiedSource } from './verify-delivery.ts';

export interface CallWebhook {
  readonly source: VerifiedSource;
  readonly event: CallEventInput;
  readonly text: string;
  /** Of the delivery, where the provider sends one beside the body. */
  readonly messageId?: string | undefined;
}

/** How far a provider's clock may run ahead; more is another unit or another century. */
const MOST_AHEAD_MS = 24 * 3_600_000;

/**
 * Takes events in and answers; a reaction makes each part of its call. The permission was the signature.
 * @throws AppError validation.
 */
export const receiveCallWebhook = groupVerb(
  { permission: null },
  async (ctx, webhooks: readonly CallWebhook[]): Promise<GroupOutcome<{ duplicate: boolean }>[]> => {
    const refusals = webhooks.map(({ event }) => refusalOf(event, ctx.now));
    const good = webhooks.filter((_, index) => refusals[index] === null);
    const known = await receiveAll(ctx, good.map(deliveryOf));
    return refusals.map((error) =>
      error === null ? { ok: true, value: { duplicate: known.shift()! } } : { ok: false, error },
    );
  },
);

const deliveryOf = ({ source, event, text, messageId }: CallWebhook) => ({
  source,
  delivery: { key: keyOf(event, text, messageId), type: event.event, payload: event },
});

/** What cannot be stored is refused here, where the sender still hears of it. */
function refusalOf(event: CallEventInput, now: Date): AppError | null {
  try {
    requireCost(event);
    for (const field of ['occurredAt', 'startedAt', 'endedAt'] as const) {
      const at = event[field];
      if (at && at.getTime() > now.getTime() + MOST_AHEAD_MS) {
        throw invalid(field, 'lies more than a day ahead', at.toISOString());
      }
    }
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function requireCost({ cost, costCurrency }: CallEventInput): void {
  if (cost === undefined && costCurrency === undefined) return;
  if (cost === undefined) throw invalid('cost', 'is missing: a cost and its currency go together');
  if (costCurrency === undefined) throw invalid('costCurrency', 'is missing: a cost and its currency go together');
  if (!isCurrency(costCurrency)) throw invalid('costCurrency', 'is not an ISO 4217 currency', costCurrency);
  const minor = toMinorUnits(cost, costCurrency);
  if (!minor.ok || minor.minor < 0) throw invalid('cost', minor.ok ? 'must not be negative' : minor.reason, cost);
}

/** Without an id of its own an event is what it says: the same text again is a repeated delivery. */
function keyOf({ eventId }: CallEventInput, text: string, messageId: string | undefined): string {
  if (eventId !== undefined) return `event ${eventId}`;
  if (messageId !== undefined && messageId.length <= 255) return `message ${messageId}`;
  return `sha256 ${createHash('sha256').update(text).digest('hex')}`;
}
