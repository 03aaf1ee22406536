import { z } from 'zod';
import { AUDIT_FIELDS } from '../../domain/platform/audit-fields.rules.ts';
import { exportAuditLogs, listAuditLogs, verifyAuditLogs } from '../../services/platform/audit/index.ts';
import { defineEndpoint, type Endpoint, type Face } from '../http/endpoint.ts';
import { filterQuery, searchQuery, sortQuery } from '../http/filter-query.ts';
import { freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';

const tag = 'audit';

const conditions = (face: Face) => ({
  action: text(100).optional().describe('Exactly, like vendor.update or access.denied'),
  entityType: text(100).optional(),
  entityId: id().optional(),
  actorId: id().optional().describe('A person or a key; for a person also what their keys did'),
  outcome: z.enum(['success', 'denied']).optional(),
  filter: filterQuery(AUDIT_FIELDS, face),
  q: searchQuery(),
});

const AuditLog = z
  .strictObject({
    id: id(),
    createdAt: timestamp(),
    action: z.string(),
    outcome: z.enum(['success', 'denied']),
    actorKind: z.enum(['user', 'api_key', 'write_key', 'anonymous', 'system']),
    actorId: id().nullable(),
    actorName: z.string().nullable(),
    onBehalfOf: id().nullable().describe('The owner of the key that acted'),
    entityType: z.string(),
    entityId: id().nullable(),
    before: freeForm().nullable(),
    after: freeForm().nullable(),
    requestId: z.string().nullable(),
    sequence: z.number().nullable().describe('Place in the sealed chain; null in the first seconds'),
    erasedAt: timestamp().nullable(),
  })
  .meta({ id: 'AuditLog' });

const Verification = z
  .strictObject({
    valid: z.boolean(),
    checked: z.number(),
    erased: z.number().describe('Sealed rows whose contents were erased'),
    unsealed: z.number().describe('Rows of the last seconds, which no seal protects yet'),
    head: z.strictObject({ sequence: z.number(), hash: z.string() }).nullable(),
    problems: z.array(
      z.strictObject({
        kind: z.enum([
          'row_changed',
          'row_removed',
          'seal_removed',
          'chain_broken',
          'head_mismatch',
          'row_without_seal',
          'known_hash_mismatch',
        ]),
        sequence: z.number().nullable(),
        auditLogId: id().nullable(),
        message: z.string(),
      }),
    ),
    nextSequence: z.number().nullable().describe('from_sequence of the next call; null at the end'),
  })
  .meta({ id: 'AuditVerification' });

const sequence = (message: string) =>
  z.coerce.number({ error: message }).int(message).min(1, message).max(1e15, message);

/** The same log on both faces. */
function auditEndpoints(face: Face, name: (verb: string) => string): Endpoint[] {
  return [
    defineEndpoint({
      operationId: name('list'),
      face,
      method: 'get',
      path: '/audit-logs',
      tag,
      summary: 'List who did what, newest first; refused attempts too',
      description:
        'The total is exact up to 100,000 and stays there beyond. Every change is noted in the transaction that makes it, with the states before and after, the request id, and for keys the owner.',
      list: 'page',
      message: 'Audit log',
      query: z.strictObject({
        ...pageQuery,
        ...conditions(face),
        sort: sortQuery(AUDIT_FIELDS, face, face === 'a' ? '-created_at' : '-createdAt'),
      }),
      response: AuditLog,
      verb: listAuditLogs,
      input: ({ query }) => query,
      examples: [
        {
          name: 'Refused attempts of the last week',
          query: { filter: `eq(outcome,denied),within_last(${face === 'a' ? 'created_at' : 'createdAt'},7d)` },
        },
      ],
    }),
    defineEndpoint({
      operationId: name('export'),
      face,
      method: 'get',
      path: '/audit-logs/export',
      tag,
      summary: 'Download the audit log as CSV, newest first',
      description: 'Takes the conditions of the list. Cells that a spreadsheet would take for formulas are defused.',
      query: z.strictObject(conditions(face)),
      file: { mediaType: 'text/csv', name: 'audit-log.csv' },
      response: z.string(),
      verb: exportAuditLogs,
      input: ({ query }) => query,
    }),
    defineEndpoint({
      operationId: name('verify'),
      face,
      method: 'get',
      path: '/audit-logs/verify',
      tag,
      summary: 'Recompute the sealed chain and name what was changed or removed',
      description:
        'Every row is chained to the one before it some seconds after its commit. Note head.sequence and head.hash outside of this system: a later call with them as known_sequence and known_hash also finds a chain that was rewritten as a whole.',
      message: 'Audit log verified',
      query: z.strictObject({
        fromSequence: sequence('must be a whole number from 1 on').default(1),
        limit: z.coerce
          .number({ error: 'must be a whole number from 1 to 100000' })
          .int('must be a whole number from 1 to 100000')
          .min(1, 'must be 1 or more')
          .max(100_000, 'must be 100000 or less')
          .default(50_000),
        knownSequence: sequence('must be a whole number from 1 on').optional(),
        knownHash: z
          .string()
          .regex(/^[0-9a-fA-F]{64}$/, 'must be the hash of a head, 64 hexadecimal digits')
          .optional(),
      }),
      response: Verification,
      verb: verifyAuditLogs,
      input: ({ query }) => query,
    }),
  ];
}

export const AUDIT_ENDPOINTS: readonly Endpoint[] = [
  ...auditEndpoints('a', (verb) => `${verb}AuditLogs`),
  ...auditEndpoints('b', (verb) => `${verb}AuditLogsOnApiV1`),
];
