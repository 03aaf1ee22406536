import { type GroupOutcome, groupVerb } from '../../core/group.ts';
import type { StoredPlain } from '../facts/ingest-plain.ts';
import { type EventInput, ingestEvent } from './ingest-events.ts';
import { ingestPageView, type PageViewInput } from './ingest-page-views.ts';
import type { BehaviorInput } from './session-owners.ts';

export type PageHit = PageViewInput & { type: 'page' };
export type EventHit = Omit<EventInput, 'type'> & { type: 'event'; name: string };
/** Tells whose the session is. */
export type IdentifyHit = BehaviorInput & { type: 'identify'; externalId?: string | undefined };
export type Hit = PageHit | EventHit | IdentifyHit;

const IDENTIFY = 'identify';

/** What a browser saw: page views as such, the others as events. Refusals: those of the verbs that store them. */
export const collectHits = groupVerb({ permission: 'data.ingest' }, async (ctx, hits: readonly Hit[]) => {
  const pages = hits.filter((hit) => hit.type === 'page');
  const others = hits.filter((hit) => hit.type !== 'page');
  // Events first: who is named by one of them owns the page views of the same session.
  const events = others.length > 0 ? await ingestEvent.group(ctx, others.map(toEvent)) : [];
  const views = pages.length > 0 ? await ingestPageView.group(ctx, pages.map(toPageView)) : [];
  const outcomes = new Map<Hit, GroupOutcome<StoredPlain>>();
  for (const [index, hit] of others.entries()) outcomes.set(hit, events[index]!);
  for (const [index, hit] of pages.entries()) outcomes.set(hit, views[index]!);
  return hits.map((hit) => outcomes.get(hit)!);
});

function toEvent(hit: EventHit | IdentifyHit): EventInput {
  if (hit.type === 'identify') return { ...hit, type: IDENTIFY };
  const { name, ...rest } = hit;
  return { ...rest, type: name };
}

function toPageView({ type: _, ...view }: PageHit): PageViewInput {
  return view;
}
