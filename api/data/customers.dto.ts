import { z } from 'zod';
import { DUPLICATE_REASONS, type DuplicateReason } from '../../domain/data/duplicate.rules.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';

export const CustomerParams = z.strictObject({ customerId: id() });

export const FindCustomersQuery = z.strictObject({
  ...pageQuery,
  identifier: text(512).optional().describe('A value of any type: phone, e-mail, external id, cookie, ...'),
  phone: text(64).optional().describe("Any notation; national numbers with the organization's region"),
  email: text(320).optional(),
});

export const PageOnlyQuery = z.strictObject(pageQuery);

const identifiers = z.array(z.strictObject({ type: z.string(), value: z.string() }));

const customer = {
  id: id().describe('The record that stands for the person'),
  linkedCustomerIds: z.array(id()).describe('Other records of the same person'),
  identifiers,
  firstSeenAt: timestamp().nullable(),
  lastSeenAt: timestamp().nullable(),
  interactions: z.number(),
  conversions: z.number(),
  events: z.number(),
  pageViews: z.number(),
};

export const Customer = z.strictObject(customer).meta({ id: 'Customer' });

export const CustomerDetail = z
  .strictObject({
    ...customer,
    records: z.array(
      z.strictObject({
        id: id(),
        createdAt: timestamp(),
        linkedAt: timestamp().nullable(),
        reason: z.string().nullable().describe('Why it belongs to the person; null for the record that stands for it'),
        mergeId: id().nullable(),
        identifiers,
      }),
    ),
    merges: z.array(
      z.strictObject({
        id: id(),
        sourceId: id(),
        targetId: id(),
        reason: z.string().nullable(),
        createdAt: timestamp(),
      }),
    ),
  })
  .meta({ id: 'CustomerDetail' });

export const MergeBody = z
  .strictObject({ sourceId: id(), targetId: id(), reason: text(500).optional() })
  .meta({ id: 'CustomerMergeInput' });

export const Merge = z
  .strictObject({
    mergeId: id(),
    sourceId: id(),
    targetId: id(),
    reason: z.string().nullable(),
    customerId: id().describe('The record with the earliest fact; it stands for the person'),
    linkedCustomerIds: z.array(id()),
    mergedAt: timestamp(),
  })
  .meta({ id: 'CustomerMerge' });

export const UnmergeBody = z.strictObject({ mergeId: id() }).meta({ id: 'CustomerUnmergeInput' });

export const Unmerge = z
  .strictObject({
    mergeId: id(),
    customers: z.array(z.strictObject({ id: id(), linkedCustomerIds: z.array(id()) })),
    unmergedAt: timestamp(),
  })
  .meta({ id: 'CustomerUnmerge' });

export const Duplicate = z
  .strictObject({
    customerIds: z.tuple([id(), id()]),
    score: z.number().describe('0 to 1'),
    reasons: z.array(
      z.strictObject({
        code: z.enum(Object.keys(DUPLICATE_REASONS) as [DuplicateReason, ...DuplicateReason[]]),
        firstValue: z.string().nullable(),
        secondValue: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'LikelyDuplicate' });

export const PrivacyRequest = z
  .strictObject({
    id: id(),
    kind: z.enum(['export', 'erase']),
    customerId: id(),
    status: z.enum(['pending', 'running', 'completed', 'failed']),
    certificate: z
      .strictObject({
        completedAt: timestamp(),
        records: z.number().describe('Records of the person'),
        counts: z.record(z.string(), z.number()).describe('Rows by what was exported or removed'),
        statement: z.string(),
      })
      .nullable(),
    failureCode: z.string().nullable(),
    createdAt: timestamp(),
    completedAt: timestamp().nullable(),
    version: z.number(),
  })
  .meta({ id: 'PrivacyRequest' });

export const PrivacyRequestParams = z.strictObject({ requestId: id() });
