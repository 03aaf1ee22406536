import { createHash } from 'node:crypto';
import { type GroupOutcome, groupVerb } from '../../core/group.ts';
import type { VerifiedSource } from '../telephony/verify-delivery.ts';
import { receiveAll } from './receive-all.ts';

export interface ProviderWebhook {
  readonly source: VerifiedSource;
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Takes in what providers tell; a reaction works it off. The permission was the signature. */
export const receiveProviderWebhook = groupVerb(
  { permission: null },
  async (ctx, webhooks: readonly ProviderWebhook[]): Promise<GroupOutcome<{ duplicate: boolean }>[]> => {
    const deliveries = webhooks.map(deliveriesOf);
    const known = await receiveAll(ctx, deliveries.flat());
    return deliveries.map((own) => ({
      ok: true,
      value: { duplicate: known.splice(0, own.length).every(Boolean) },
    }));
  },
);

/** Each event of a batch is a delivery of its own. */
function deliveriesOf({ source, body, text }: ProviderWebhook) {
  const events = Array.isArray(body.batch) ? (body.batch as Record<string, unknown>[]) : [body];
  return events.map((event, index) => {
    const key = event?.messageId ?? event?.id;
    const type = event?.type ?? event?.event;
    const delivery = {
      key: typeof key === 'string' && key.length <= 255 ? `event ${key}` : `sha256 ${sha256(`${index} ${text}`)}`,
      type: typeof type === 'string' ? type.slice(0, 100) : 'unknown',
      payload: event ?? {},
    };
    return { source, delivery };
  });
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
