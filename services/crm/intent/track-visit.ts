import { groupVerb } from '../../core/group.ts';
import { collectHits, type StoredPlain } from '../../data/index.ts';
import { whoIsBehind } from './people.query.ts';
import { lockVisitors, refreshVisitors } from './visitors.ts';

export interface VisitInput {
  /** A cookie of the site. */
  visitorId: string;
  /** Default: the visitor's one session. */
  sessionId?: string | undefined;
  url: string;
  title?: string | undefined;
  referrer?: string | undefined;
  durationSeconds?: number | undefined;
  /** Of somebody who has said who they are. */
  email?: string | undefined;
  occurredAt?: Date | undefined;
  externalId?: string | undefined;
}

/**
 * A page view like any other, by the public key of the site; the visitor is up to date at once, signals follow. Refusals:
 * those of page views.
 */
export const trackVisit = groupVerb({ permission: 'data.ingest' }, async (ctx, inputs: readonly VisitInput[]) => {
  const outcomes = await collectHits.group(
    ctx,
    inputs.map(({ email, sessionId, ...visit }) => ({
      ...visit,
      type: 'page' as const,
      sessionId: sessionId ?? visit.visitorId.slice(0, MOST_OF_SESSION),
      ...(email === undefined ? {} : { customerIdentifiers: [{ type: 'email', value: email }] }),
    })),
  );
  const stored = outcomes.flatMap((outcome) => (outcome.ok ? [(outcome.value as StoredPlain).id] : []));
  if (stored.length > 0) {
    await lockVisitors(ctx);
    await refreshVisitors(ctx, await whoIsBehind(ctx, 'website_page_views', stored));
  }
  return outcomes;
});

/** Characters that a session id may have. */
const MOST_OF_SESSION = 128;
