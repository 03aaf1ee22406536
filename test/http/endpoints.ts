import { z } from 'zod';
import { defineEndpoint, type Endpoint, type Face } from '../../api/http/endpoint.ts';
import { currencyCode, decimalAmount, freeForm, id, pageQuery, text, timestamp } from '../../api/http/schemas.ts';
import { conflict, notFound } from '../../domain/core/errors.ts';
import { startProcess } from '../../services/core/commands.ts';
import { verb } from '../../services/core/context.ts';
import { requireVersion } from '../../services/core/versions.ts';

interface VendorRow {
  id: string;
  code: string;
  name: string;
  version: number;
  created_at: Date;
}

const createVendor = verb(
  { permission: 'data.ingest' },
  async (ctx, input: { code: string; name: string; start: boolean }) => {
    const row = await ctx.tx
      .insertInto('vendors')
      .values({ code: input.code, name: input.name })
      .onConflict((clash) => clash.columns(['organization_id', 'code']).where('deleted_at', 'is', null).doNothing())
      .returning(['id', 'code', 'name', 'version', 'created_at'])
      .executeTakeFirst();
    if (!row)
      throw conflict('VENDOR_EXISTS', 'A vendor with this code exists.', { details: { existingCode: input.code } });
    if (input.start)
      await startProcess(
        ctx,
        'attribution',
        { entityId: row.id },
        { organizationId: ctx.organizationId, runId: row.id, generation: 1 },
      );
    return row;
  },
);

const getVendor = verb({ permission: 'data.view' }, async (ctx, input: { vendorId: string }) => {
  const row = await ctx.tx
    .selectFrom('vendors')
    .select(['id', 'code', 'name', 'version', 'created_at'])
    .where('id', '=', input.vendorId)
    .executeTakeFirst();
  if (!row) throw notFound('The vendor');
  return row;
});

const listVendors = verb({ permission: 'data.view' }, async (ctx, input: { page: number; limit: number }) => {
  const [items, count] = await Promise.all([
    ctx.tx
      .selectFrom('vendors')
      .select(['id', 'code', 'name', 'version', 'created_at'])
      .orderBy('code')
      .limit(input.limit)
      .offset((input.page - 1) * input.limit)
      .execute(),
    ctx.tx
      .selectFrom('vendors')
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow(),
  ]);
  return { items, total: count.total };
});

interface RenameVendorInput {
  vendorId: string;
  name: string;
  expectedVersion: number | undefined;
}

const renameVendor = verb({ permission: 'data.ingest' }, async (ctx, input: RenameVendorInput) => {
  const before = await ctx.tx
    .selectFrom('vendors')
    .select('version')
    .where('id', '=', input.vendorId)
    .forUpdate()
    .executeTakeFirst();
  if (!before) throw notFound('The vendor');
  requireVersion(before.version, input.expectedVersion);
  return ctx.tx
    .updateTable('vendors')
    .set({ name: input.name })
    .where('id', '=', input.vendorId)
    .returning(['id', 'code', 'name', 'version', 'created_at'])
    .executeTakeFirstOrThrow();
});

const failOnPurpose = verb({ permission: null }, async (ctx, input: { how: string }) => {
  if (input.how === 'bug') throw new Error('secret internals of the machine');
  if (input.how === 'duplicate') {
    await ctx.tx
      .insertInto('vendors')
      .values([
        { code: 'twice', name: 'a' },
        { code: 'twice', name: 'b' },
      ])
      .execute();
  }
  return {};
});

const echo = verb({ permission: null }, async (_ctx, input: object) => input);

const Vendor = z.strictObject({ id: id(), vendorCode: z.string(), displayName: z.string(), createdAt: timestamp() });
const toVendor = (row: VendorRow) => ({
  id: row.id,
  vendorCode: row.code,
  displayName: row.name,
  createdAt: row.created_at,
});
const VendorParams = z.strictObject({ vendorId: id() });
const Names = z.strictObject({
  line1: z.string().optional(),
  deepName: z.array(z.strictObject({ someKey: z.string() })).optional(),
});
const EchoBody = z.strictObject({
  amount: decimalAmount().optional(),
  lines: z.array(z.strictObject({ unitAmount: decimalAmount() })).optional(),
  currency: currencyCode().optional(),
  occurredAt: timestamp().optional(),
  count: z.number().optional(),
  metadata: freeForm().optional(),
  names: Names.optional(),
});

/** Endpoints over a real table that only tests serve; the same ones on both faces. */
export function testEndpoints(face: Face): Endpoint[] {
  const facts = { face, tag: 'testing' } as const;
  const named = (name: string) => (face === 'a' ? name : `${name}B`);
  return [
    defineEndpoint({
      ...facts,
      operationId: named('createVendor'),
      method: 'post',
      path: '/testing/vendors',
      summary: 'Create a vendor',
      errors: [409],
      body: z.strictObject({ vendorCode: text(64), displayName: text(200), startProcess: z.boolean().default(false) }),
      response: Vendor,
      status: 201,
      message: 'Vendor created',
      verb: createVendor,
      input: ({ body }) => ({ code: body.vendorCode, name: body.displayName, start: body.startProcess }),
      output: toVendor,
      etag: (row) => row.version,
      location: (row) => `/testing/vendors/${row.id}`,
      examples: [{ name: 'convin', body: { vendorCode: 'convin', displayName: 'Convin' } }],
    }),
    defineEndpoint({
      ...facts,
      operationId: named('listVendors'),
      method: 'get',
      path: '/testing/vendors',
      summary: 'List vendors',
      list: 'page',
      query: z.strictObject({ ...pageQuery, nameFilter: z.array(z.string()).optional() }),
      response: Vendor,
      verb: listVendors,
      input: ({ query }) => ({ page: query.page, limit: query.limit }),
      output: toVendor,
    }),
    defineEndpoint({
      ...facts,
      operationId: named('getVendor'),
      method: 'get',
      path: '/testing/vendors/{vendorId}',
      summary: 'Read a vendor',
      params: VendorParams,
      response: Vendor,
      verb: getVendor,
      input: ({ params }) => params,
      output: toVendor,
      etag: (row) => row.version,
    }),
    defineEndpoint({
      ...facts,
      operationId: named('renameVendor'),
      method: 'put',
      path: '/testing/vendors/{vendorId}',
      summary: 'Rename a vendor',
      params: VendorParams,
      body: z.strictObject({ displayName: text(200) }),
      response: Vendor,
      verb: renameVendor,
      input: ({ params, body, raw }) => ({
        vendorId: params.vendorId,
        name: body.displayName,
        expectedVersion: raw.ifMatch,
      }),
      output: toVendor,
      etag: (row) => row.version,
    }),
    defineEndpoint({
      ...facts,
      operationId: named('echo'),
      method: 'post',
      path: '/testing/echo',
      summary: 'Answer with the body as it was understood',
      body: EchoBody,
      response: EchoBody,
      verb: echo,
      input: ({ body }) => body,
      output: (body) => body,
    }),
    defineEndpoint({
      ...facts,
      operationId: named('fail'),
      method: 'post',
      path: '/testing/fail/{how}',
      summary: 'Fail',
      params: z.strictObject({ how: z.string() }),
      response: z.strictObject({}),
      verb: failOnPurpose,
      input: ({ params }) => params,
    }),
  ];
}
