import { AppError, type FieldIssue, invalidAll } from '../../../domain/core/errors.ts';
import { checkFilter, type Filter, namesDays } from '../../../domain/core/filter.rules.ts';
import { passesFilter } from '../../../domain/core/filter-evaluate.rules.ts';
import { matchesEvent } from '../../../domain/platform/webhook.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { DomainEvent } from '../../core/events.ts';
import type { EventCatalogue } from '../../core/public-events.ts';

/** Kind of record → what its events must fulfil. */
export type WebhookFilters = Readonly<Record<string, Filter>>;

export interface Subscription {
  readonly endpointId: string;
  readonly events: readonly string[];
  readonly filters: WebhookFilters;
}

/** @throws AppError validation naming the pattern that covers no event */
export function checkEvents(catalogue: EventCatalogue, events: readonly string[]): string[] {
  const unique = [...new Set(events)];
  const issues = unique.flatMap((pattern, index): FieldIssue[] =>
    catalogue.events.some(({ definition }) => matchesEvent([pattern], definition.type))
      ? []
      : [{ field: `events.${index}`, message: 'is not an event or a pattern that covers one', value: pattern }],
  );
  if (issues.length > 0) {
    throw invalidAll(issues, 'GET /api/v1/webhooks/events lists all events; deal.* and * are patterns.');
  }
  return unique;
}

/** @throws AppError validation with the path of what is wrong */
export function checkFilters(catalogue: EventCatalogue, filters: Readonly<Record<string, unknown>>): WebhookFilters {
  const issues: FieldIssue[] = [];
  const checked: Record<string, Filter> = {};
  for (const [entityType, tree] of Object.entries(filters)) {
    const path = `filters.${entityType}`;
    if (!catalogue.entityTypes.includes(entityType)) {
      const message = `is not a kind of record; events are about ${catalogue.entityTypes.join(', ')}`;
      issues.push({ field: path, message });
      continue;
    }
    try {
      checked[entityType] = checkFilter(catalogue.filterFields(entityType), tree, { path });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      issues.push(...(error.extras.issues ?? []));
    }
  }
  if (issues.length > 0) throw invalidAll(issues);
  return checked;
}

/** Pairs of an endpoint and an event that it wants; filters look at the record as it is now. */
export async function matchEvents(
  ctx: Ctx,
  catalogue: EventCatalogue,
  subscriptions: readonly Subscription[],
  events: readonly DomainEvent[],
): Promise<{ endpointId: string; eventId: string }[]> {
  const wanted = subscriptions.flatMap((subscription) =>
    events.filter(({ type }) => matchesEvent(subscription.events, type)).map((event) => ({ subscription, event })),
  );
  const filtered = wanted.filter(({ subscription, event }) => event.entityType in subscription.filters);
  const rows = await readRows(
    ctx,
    catalogue,
    filtered.map(({ event }) => event),
  );
  const clock = { now: ctx.now, timeZone: 'UTC' };
  if (filtered.some(({ subscription, event }) => namesDays(subscription.filters[event.entityType]!))) {
    clock.timeZone = await readTimeZone(ctx);
  }
  return wanted
    .filter(({ subscription, event }) => {
      const filter = subscription.filters[event.entityType];
      if (!filter) return true;
      const row = { ...rows.get(event.entityType)?.get(event.entityId ?? ''), ...event.data };
      return passesFilter(catalogue.filterFields(event.entityType), filter, row, clock);
    })
    .map(({ subscription, event }) => ({ endpointId: subscription.endpointId, eventId: event.id }));
}

export type PublicRows = ReadonlyMap<string, ReadonlyMap<string, Record<string, unknown>>>;

/** The public views of the records that these events are about, one statement per kind. */
export async function readRows(
  ctx: Ctx,
  catalogue: EventCatalogue,
  events: readonly { readonly entityType: string; readonly entityId: string | null }[],
): Promise<PublicRows> {
  const ids = new Map<string, Set<string>>();
  for (const { entityType, entityId } of events) {
    if (entityId === null) continue;
    const of = ids.get(entityType) ?? new Set();
    ids.set(entityType, of.add(entityId));
  }
  const rows = new Map<string, ReadonlyMap<string, Record<string, unknown>>>();
  for (const [entityType, wanted] of ids) {
    const entity = catalogue.entity(entityType);
    if (entity) rows.set(entityType, await entity.read(ctx, [...wanted]));
  }
  return rows;
}

async function readTimeZone(ctx: Ctx): Promise<string> {
  const row = await ctx.tx
    .selectFrom('organizations')
    .select('time_zone')
    .where('id', '=', ctx.organizationId)
    .executeTakeFirst();
  return row?.time_zone ?? 'UTC';
}
