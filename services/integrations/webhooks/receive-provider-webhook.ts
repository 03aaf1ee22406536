import { createHash } from 'node:crypto';
import { verb } from '../../core/context.ts';
import { receive } from '../../platform/inbox/index.ts';
import type { VerifiedSource } from '../telephony/verify-delivery.ts';

export interface ProviderWebhook {
  readonly source: VerifiedSource;
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Takes in what a provider tells; a reaction works it off. The permission was the signature. */
export const receiveProviderWebhook = verb(
  { permission: null },
  async (ctx, { source: { source, auth }, body, text }: ProviderWebhook): Promise<{ duplicate: boolean }> => {
    // Each event of a batch is a delivery of its own.
    const events = Array.isArray(body.batch) ? (body.batch as Record<string, unknown>[]) : [body];
    const deliveries = events.map((event, index) => {
      const key = event?.messageId ?? event?.id;
      const type = event?.type ?? event?.event;
      return {
        key: typeof key === 'string' && key.length <= 255 ? `event ${key}` : `sha256 ${sha256(`${index} ${text}`)}`,
        type: typeof type === 'string' ? type.slice(0, 100) : 'unknown',
        payload: event ?? {},
      };
    });
    const added = await receive(ctx, { source, auth, deliveries });
    return { duplicate: added.length === 0 };
  },
);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
