import { sql } from 'kysely';
import type { AppError } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';
import { groupVerb } from '../../core/group.ts';
import { eventsIngested } from '../events.ts';
import { ingestPlain, type PlainKind, type PlainRow, type StoredPlain } from '../facts/ingest-plain.ts';
import { ensureTouchSources, touchSourceOf } from '../ingestion/dimensions.ts';
import { FactCheck } from '../ingestion/facts.ts';
import { phoneRegion } from '../ingestion/ingest-facts.ts';
import { type BehaviorFact, type BehaviorInput, namedBy, ownersOf } from './session-owners.ts';

export interface EventInput extends BehaviorInput {
  type: string;
  contentId?: string | undefined;
  url?: string | undefined;
  properties?: Record<string, unknown> | undefined;
  externalId?: string | undefined;
}

interface CheckedEvent extends BehaviorFact {
  readonly input: EventInput;
}

function check(input: EventInput, now: Date, region: string): CheckedEvent | AppError {
  const checked = new FactCheck();
  const identifiers = checked.identifiers(namedBy(input), region);
  const { sessionId = null, externalId = null, occurredAt = now } = input;
  if (sessionId === null && namedBy(input).length === 0) {
    checked.add('sessionId', 'is missing: without identifiers of a customer it tells whose event this is');
  }
  checked.notAhead('occurredAt', occurredAt, now);
  return checked.refusal() ?? { input, externalId, identifiers, sessionId, occurredAt };
}

const EVENTS: PlainKind<CheckedEvent> = {
  table: 'events',
  noun: 'event',
  duplicateCode: 'DUPLICATE_EVENT',
  event: eventsIngested,
  hint: 'Nothing was changed. An event that happens again has an external id of its own, or none.',
  store,
};

async function store(ctx: Ctx, facts: readonly PlainRow<CheckedEvent>[]): Promise<StoredPlain[]> {
  const owners = await ownersOf(
    ctx,
    facts.map(({ fact }) => fact),
  );
  const sources = await ensureTouchSources(
    ctx,
    facts.map(({ fact: { input } }) => touchSourceOf({ contentId: input.contentId }, null)),
  );
  const rows = facts.map(({ id, fact: { input, externalId, sessionId, occurredAt } }, index) => ({
    id,
    external_id: externalId,
    type: input.type,
    customer_id: owners[index],
    session_id: sessionId,
    content_id: input.contentId,
    touch_source_id: sources[index],
    url: input.url,
    properties: input.properties,
    occurred_at: occurredAt,
  }));
  const { rows: stored } = await sql<StoredPlain>`
    insert into events (organization_id, id, external_id, type, customer_id, session_id, content_id,
                        touch_source_id, url, properties, occurred_at)
    select ${ctx.organizationId}, id, external_id, type, customer_id, session_id, content_id, touch_source_id,
           url, properties, occurred_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
      id uuid, external_id text, type text, customer_id uuid, session_id text, content_id text,
      touch_source_id uuid, url text, properties jsonb, occurred_at timestamptz)
    order by external_id, id
    returning id, external_id as "externalId", customer_id as "customerId", created_at as "createdAt"`.execute(ctx.tx);
  return stored;
}

/** Stores events. Refusals: validation; conflict `DUPLICATE_EVENT` (`details.existingId`). */
export const ingestEvent = groupVerb({ permission: 'data.ingest' }, async (ctx, inputs: readonly EventInput[]) => {
  const region = await phoneRegion(
    ctx,
    inputs.map((input) => ({ customerIdentifiers: namedBy(input) })),
  );
  return ingestPlain(
    ctx,
    EVENTS,
    inputs.map((input) => check(input, ctx.now, region)),
  );
});
