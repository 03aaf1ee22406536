import {
  findCustomers,
  getCustomer,
  listDuplicates,
  mergeCustomers,
  unmergeCustomer,
} from '../../services/data/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import {
  Customer,
  CustomerDetail,
  CustomerParams,
  Duplicate,
  FindCustomersQuery,
  Merge,
  MergeBody,
  PageOnlyQuery,
  Unmerge,
  UnmergeBody,
} from './customers.dto.ts';

const face = 'a' as const;
const tag = 'journey';

export const findCustomersEndpoint = defineEndpoint({
  operationId: 'findCustomers',
  face,
  method: 'get',
  path: '/customers',
  tag,
  summary: 'Find customers by an identifier',
  description:
    'A person is listed once, whichever of its records has the identifier. Several filters must all hold. Without one: all persons, newest first; their total stops at 100,000.',
  list: 'page',
  message: 'Customers',
  query: FindCustomersQuery,
  response: Customer,
  verb: findCustomers,
  input: ({ query }) => query,
});

export const getCustomerEndpoint = defineEndpoint({
  operationId: 'getCustomer',
  face,
  method: 'get',
  path: '/customers/{customerId}',
  tag,
  summary: 'Get a customer: identifiers, linked records, merges, first and last seen, counts',
  errors: [404],
  message: 'Customer',
  params: CustomerParams,
  response: CustomerDetail,
  verb: getCustomer,
  input: ({ params }) => params,
  examples: [{ name: 'A caller', params: { customerId: '{{ingestInteraction.customerId}}' } }],
});

export const mergeCustomersEndpoint = defineEndpoint({
  operationId: 'mergeCustomers',
  face,
  method: 'post',
  path: '/customers/merge',
  tag,
  summary: 'Merge two customers into one person',
  description:
    'Adds links; facts stay on their records and finished attribution runs do not change. Keep merge_id: it takes the merge back.',
  errors: [404, 409],
  status: 201,
  message: 'Customers merged',
  body: MergeBody,
  response: Merge,
  verb: mergeCustomers,
  input: ({ body }) => body,
  location: (merge) => `/customers/${merge.customerId}`,
  examples: [
    {
      name: 'A caller and a visitor',
      body: {
        sourceId: '{{ingestEvent.customerId}}',
        targetId: '{{ingestInteraction.customerId}}',
        reason: 'Gave the same address on the phone',
      },
    },
  ],
});

export const unmergeCustomerEndpoint = defineEndpoint({
  operationId: 'unmergeCustomer',
  face,
  method: 'post',
  path: '/customers/{customerId}/unmerge',
  tag,
  summary: 'Undo a merge exactly',
  description:
    'Records group as they did without the merge; facts that came since stay on the record that they named. Identifiers that are shared later do not join the two again.',
  errors: [404, 409],
  message: 'Merge undone',
  params: CustomerParams,
  body: UnmergeBody,
  response: Unmerge,
  verb: unmergeCustomer,
  input: ({ params, body }) => ({ ...params, ...body }),
  examples: [{ name: 'Two people after all', body: { mergeId: '{{mergeCustomers.mergeId}}' } }],
});

export const listDuplicatesEndpoint = defineEndpoint({
  operationId: 'listLikelyDuplicates',
  face,
  method: 'get',
  path: '/customers/duplicates',
  tag,
  summary: 'Likely duplicates with reasons, the likeliest first',
  description:
    'Compares the newest 20,000 phones and e-mails and the devices that several people used. Nothing is merged because of this list, and pairs that were taken apart are not in it.',
  list: 'page',
  message: 'Likely duplicates',
  query: PageOnlyQuery,
  response: Duplicate,
  verb: listDuplicates,
  input: ({ query }) => query,
});
