import { createHash } from 'node:crypto';
import { invalid } from '../../../domain/core/errors.ts';
import { verb } from '../../core/context.ts';
import { receive } from '../../platform/inbox/index.ts';
import type { VerifiedSource } from '../telephony/verify-delivery.ts';

export interface ProviderWebhook {
  readonly source: VerifiedSource;
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** A batch may hold many events; each of them is a delivery of its own. */
const MOST_EVENTS = 500;

/** Takes in what a provider tells; a reaction works it off. The permission was the signature. @throws AppError validation. */
export const receiveProviderWebhook = verb(
  { permission: null },
  async (ctx, { source: { source, auth }, body, text }: ProviderWebhook): Promise<{ duplicate: boolean }> => {
    const events = Array.isArray(body.batch) ? (body.batch as Record<string, unknown>[]) : [body];
    if (events.length > MOST_EVENTS) throw invalid('batch', `must have at most ${MOST_EVENTS} events`);
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
