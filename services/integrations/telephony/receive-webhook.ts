import { createHash } from 'node:crypto';
import { invalid } from '../../../domain/core/errors.ts';
import { isCurrency, toMinorUnits } from '../../../domain/data/money.rules.ts';
import type { CallEventInput } from '../../../domain/integrations/telephony.input.ts';
import { verb } from '../../core/context.ts';
import { receive } from '../../platform/inbox/index.ts';
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
 * Takes the event in and answers; a reaction makes it part of its call. The permission was the signature.
 * @throws AppError validation.
 */
export const receiveCallWebhook = verb(
  { permission: null },
  async (ctx, { source: { source, auth }, event, text, messageId }: CallWebhook): Promise<{ duplicate: boolean }> => {
    requireCost(event);
    for (const field of ['occurredAt', 'startedAt', 'endedAt'] as const) {
      const at = event[field];
      if (at && at.getTime() > ctx.now.getTime() + MOST_AHEAD_MS) {
        throw invalid(field, 'lies more than a day ahead', at.toISOString());
      }
    }
    const delivery = { key: keyOf(event, text, messageId), type: event.event, payload: event };
    const added = await receive(ctx, { source, auth, deliveries: [delivery] });
    return { duplicate: added.length === 0 };
  },
);

/** A cost that cannot be stored is refused here, where the sender still hears of it. */
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
