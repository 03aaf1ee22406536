import { z } from 'zod';
import { VendorBody, vendorCosts } from '../../domain/data/vendor.input.ts';
import {
  createVendor,
  deleteVendor,
  getVendor,
  listVendors,
  updateVendor,
  type VendorDetail,
  type VendorView,
} from '../../services/data/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';

const face = 'a' as const;
const tag = 'vendors';
const params = z.strictObject({ id: id() });

const UpdateVendorBody = z.strictObject({ name: text(200).optional(), ...vendorCosts }).meta({ id: 'VendorChanges' });

const vendorFields = {
  id: id(),
  code: z.string(),
  name: z.string(),
  costPerInteraction: z.number().nullable(),
  costPerMinute: z.number().nullable(),
  costCurrency: z.string().nullable(),
  createdAt: timestamp(),
  updatedAt: timestamp(),
  version: z.number(),
};
const Vendor = z.strictObject(vendorFields).meta({ id: 'Vendor' });
const VendorWithVolume = z
  .strictObject({
    ...vendorFields,
    teams: z.array(z.strictObject({ id: id(), name: z.string() })).describe('Those that its agents work in'),
    volume: z.strictObject({ agents: z.number(), interactionsLast30Days: z.number() }),
  })
  .meta({ id: 'VendorDetail' });

const toVendor = <V extends VendorView>(vendor: V) => ({
  ...vendor,
  costPerInteraction: vendor.costPerInteraction === null ? null : Number(vendor.costPerInteraction),
  costPerMinute: vendor.costPerMinute === null ? null : Number(vendor.costPerMinute),
});
const toDetail = (vendor: VendorDetail) => toVendor(vendor);

export const listVendorsEndpoint = defineEndpoint({
  operationId: 'listVendors',
  face,
  method: 'get',
  path: '/vendors',
  tag,
  summary: 'List vendors by code',
  list: 'page',
  message: 'Vendors',
  query: z.strictObject(pageQuery),
  response: Vendor,
  verb: listVendors,
  input: ({ query }) => query,
  output: (vendor: VendorView) => toVendor(vendor),
});

export const createVendorEndpoint = defineEndpoint({
  operationId: 'createVendor',
  face,
  method: 'post',
  path: '/vendors',
  tag,
  summary: 'Create a vendor',
  description: 'An interaction that names an unknown vendor_code creates its vendor too.',
  errors: [409],
  status: 201,
  message: 'Vendor created',
  body: VendorBody,
  response: VendorWithVolume,
  verb: createVendor,
  input: ({ body }) => body,
  output: toDetail,
  etag: (vendor) => vendor.version,
  location: (vendor) => `/vendors/${vendor.id}`,
  examples: [
    {
      name: 'A call centre',
      body: { code: 'convin', name: 'Convin', costPerMinute: 0.45, costPerInteraction: 1.2, costCurrency: 'USD' },
    },
  ],
});

export const getVendorEndpoint = defineEndpoint({
  operationId: 'getVendor',
  face,
  method: 'get',
  path: '/vendors/{id}',
  tag,
  summary: 'Get a vendor with its teams, costs and volume',
  errors: [404],
  message: 'Vendor',
  params,
  response: VendorWithVolume,
  verb: getVendor,
  input: ({ params: given }) => given,
  output: toDetail,
  etag: (vendor) => vendor.version,
});

export const updateVendorEndpoint = defineEndpoint({
  operationId: 'updateVendor',
  face,
  method: 'put',
  path: '/vendors/{id}',
  tag,
  summary: 'Update a vendor (partial)',
  description: 'Absent fields stay as they are, null takes a cost away. The code cannot change.',
  errors: [404, 412],
  message: 'Vendor updated',
  params,
  body: UpdateVendorBody,
  response: VendorWithVolume,
  verb: updateVendor,
  input: ({ params: given, body, raw }) => ({ ...given, expectedVersion: raw.ifMatch, changes: body }),
  output: toDetail,
  etag: (vendor) => vendor.version,
  examples: [{ name: 'A new price', body: { costPerMinute: 0.5, costCurrency: 'USD' } }],
});

export const deleteVendorEndpoint = defineEndpoint({
  operationId: 'deleteVendor',
  face,
  method: 'delete',
  path: '/vendors/{id}',
  tag,
  summary: 'Delete a vendor that nothing refers to',
  errors: [404, 409, 412],
  message: 'Vendor deleted',
  params,
  response: z.strictObject({ id: id() }),
  verb: deleteVendor,
  input: ({ params: given, raw }) => ({ ...given, expectedVersion: raw.ifMatch }),
});
