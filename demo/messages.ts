import type { Databases } from '../schema/db.ts';
import type { Ctx } from '../services/core/context.ts';
import { noFaults } from '../services/core/fault-points.ts';
import {
  contactIsAllowed,
  getEmail,
  type OutreachTools,
  recordVisit,
  settleEmail,
  settleSms,
} from '../services/outreach/index.ts';
import { createOutboxTransport, createSendDispatcher } from '../services/platform/sends/index.ts';

const BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140';
const SCANNER = 'Mozilla/5.0 (compatible; Barracuda Sentinel)';

export const onError = (error: unknown): never => {
  throw error;
};

/** Hands what is due at that time to the outbox. */
export async function dispatchAt(
  { app, platform }: Pick<Databases, 'app' | 'platform'>,
  { mailing: { secrets } }: OutreachTools,
  now: Date,
): Promise<void> {
  const dispatcher = createSendDispatcher({
    appDb: app,
    platformDb: platform,
    secrets,
    transport: createOutboxTransport({ db: app, secrets }),
    guards: [contactIsAllowed],
    observers: [settleEmail, settleSms],
    clock: { now: () => now },
    faultPoint: noFaults,
    onError,
  });
  while ((await dispatcher.dispatch()) > 0);
}

/** A person's visits; false: none of that kind. */
export async function visitMail(
  ctx: Ctx,
  emailId: string,
  { openedAt, followedAt }: { openedAt: Date | false; followedAt: Date | false },
): Promise<void> {
  const visit = { emailId, ipAddress: null, userAgent: BROWSER };
  if (openedAt) await recordVisit(ctx, { ...visit, kind: 'open', link: null, url: null, occurredAt: openedAt });
  if (!followedAt) return;
  const [url] = await linksOf(ctx, emailId);
  await recordVisit(ctx, { ...visit, kind: 'click', link: 0, url: url!, occurredAt: followedAt });
}

/** A scanner follows all links at once. */
export async function scanMail(ctx: Ctx, emailId: string, occurredAt: Date): Promise<void> {
  const visit = { emailId, ipAddress: null, userAgent: SCANNER, occurredAt };
  for (const [link, url] of (await linksOf(ctx, emailId)).entries()) {
    await recordVisit(ctx, { ...visit, kind: 'click', link, url });
  }
}

const linksOf = async (ctx: Ctx, id: string): Promise<string[]> =>
  [...(await getEmail(ctx, { id })).html.matchAll(/href="([^"]+)"/g)].map(([, url]) => url!);
