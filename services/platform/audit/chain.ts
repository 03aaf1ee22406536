import { createHash, createHmac } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';

/** A row as it is hashed: everything as the text that Postgres makes of it. */
export interface HashedRow {
  id: string;
  organizationId: string;
  actorKind: string;
  actorId: string | null;
  onBehalfOf: string | null;
  action: string;
  entityType: string;
  entityId: string | null;
  outcome: string;
  requestId: string | null;
  at: string;
  before: string | null;
  after: string | null;
}

/** The columns of a `HashedRow`; `a` is audit_logs. */
export const HASHED_COLUMNS: RawBuilder<unknown> = sql`
  a.id::text as id, a.organization_id::text as "organizationId", a.actor_kind as "actorKind",
  a.actor_id::text as "actorId", a.on_behalf_of::text as "onBehalfOf", a.action, a.entity_type as "entityType",
  a.entity_id::text as "entityId", a.outcome, a.request_id as "requestId",
  to_char(a.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  a.before::text as before, a.after::text as after`;

/** Of what may have to be erased. Without the salt, which goes with the contents, nobody can guess them back. */
export const contentHash = (salt: Uint8Array, { before, after }: HashedRow): Buffer =>
  createHmac('sha256', salt)
    .update(JSON.stringify([before, after]))
    .digest();

/** Who did what and when, with the contents' hash. */
export function entryHash(row: HashedRow, content: Uint8Array): Buffer {
  const { id, organizationId, actorKind, actorId, onBehalfOf, action, entityType, entityId, outcome, requestId, at } =
    row;
  const facts = [
    id,
    organizationId,
    actorKind,
    actorId,
    onBehalfOf,
    action,
    entityType,
    entityId,
    outcome,
    requestId,
    at,
  ];
  return createHash('sha256').update(JSON.stringify(facts)).update(content).digest();
}

/** A seal: the entry, chained to the seal before it. */
export const sealHash = (sequence: number, previous: Uint8Array, entry: Uint8Array): Buffer =>
  createHash('sha256').update(`${sequence} `).update(previous).update(entry).digest();

/** What the first seal of an organization is chained to. */
export const genesisHash = (organizationId: string): Buffer =>
  createHash('sha256').update(`audit log of ${organizationId}`).digest();
