import { z } from 'zod';
import { type DealView, listAccountContacts, listAccountDeals, readAccountHealth } from '../../services/crm/index.ts';
import { readAccountRevenue } from '../../services/insight/accounts/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, timestamp } from '../http/schemas.ts';
import { Deal, DealQuery, toDeal } from './deals.dto.ts';
import { Prospect, ProspectQuery } from './prospects.dto.ts';

const face = 'b' as const;
const tag = 'accounts';
const params = z.strictObject({ id: id() });

export const listAccountContactsEndpoint = defineEndpoint({
  operationId: 'listAccountContacts',
  face,
  method: 'get',
  path: '/accounts/{id}/contacts',
  tag,
  summary: 'List the prospects of an account',
  description: 'With the filters of the list of prospects.',
  errors: [404],
  list: 'page',
  params,
  query: ProspectQuery.omit({ accountId: true }),
  response: Prospect,
  verb: listAccountContacts,
  input: ({ params: given, query }) => ({ ...query, ...given }),
});

export const listAccountDealsEndpoint = defineEndpoint({
  operationId: 'listAccountDeals',
  face,
  method: 'get',
  path: '/accounts/{id}/deals',
  tag,
  summary: 'List the deals of an account, next to close first',
  errors: [404],
  list: 'page',
  params,
  query: DealQuery.omit({ accountId: true }),
  response: Deal,
  verb: listAccountDeals,
  input: ({ params: given, query }) => ({ ...query, ...given }),
  output: (deal: DealView) => toDeal(deal),
});

export const readAccountRevenueEndpoint = defineEndpoint({
  operationId: 'readAccountRevenue',
  face,
  method: 'get',
  path: '/accounts/{id}/revenue',
  tag,
  summary: 'Read what an account has brought, may bring and was credited with',
  description:
    'One line per currency, which are never added. Attributed is what the newest completed run credited touches with, for conversions of the account’s deals and people.',
  errors: [404],
  params,
  response: z
    .strictObject({
      accountId: id(),
      byCurrency: z.array(
        z.strictObject({
          currency: z.string(),
          won: z.number(),
          wonDeals: z.int(),
          open: z.number(),
          openDeals: z.int(),
          weighted: z.number().describe('Open amounts by their probability'),
          lost: z.number(),
          lostDeals: z.int(),
          attributed: z.number().nullable().describe('Null before a run has completed'),
        }),
      ),
      run: z.strictObject({ id: id(), modelCode: z.string() }).nullable(),
    })
    .meta({ id: 'AccountRevenue' }),
  verb: readAccountRevenue,
  input: ({ params: given }) => given,
});

export const readAccountHealthEndpoint = defineEndpoint({
  operationId: 'readAccountHealth',
  face,
  method: 'get',
  path: '/accounts/{id}/health',
  tag,
  summary: 'Read the health of an account with its factors',
  description: 'Computed as it is read: recency of contact, engagement, deals and contacts, each with what it saw.',
  errors: [404],
  params,
  response: z
    .strictObject({
      accountId: id(),
      score: z.int().min(0).max(100),
      level: z.enum(['good', 'fair', 'poor']),
      factors: z.array(
        z.strictObject({
          factor: z.enum(['activity_recency', 'engagement', 'deals', 'contacts']),
          points: z.int(),
          of: z.int(),
          evidence: z.record(z.string(), z.number().nullable()),
        }),
      ),
      computedAt: timestamp(),
    })
    .meta({ id: 'AccountHealth' }),
  verb: readAccountHealth,
  input: ({ params: given }) => given,
});
