import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineEndpoint, type Endpoint } from '../../api/http/endpoint.ts';
import { id, text } from '../../api/http/schemas.ts';
import { type Ctx, verb } from '../../services/core/context.ts';
import { watch } from './effect.ts';
import { createWorld, type World } from './world.ts';

const Thing = z.strictObject({ id: id(), code: z.string() });
const SOME_ID = '0198c0de-0000-7000-8000-000000000001';

async function insert(ctx: Ctx, code: string): Promise<z.output<typeof Thing>> {
  const { rows } = await sql<{ id: string; code: string }>`
    insert into vendors (code, name) values (${code}, ${code}) returning id, code`.execute(ctx.tx);
  return rows[0]!;
}

const facts = { face: 'a', tag: 'testing', summary: 'A thing', response: Thing } as const;
const body = z.strictObject({ code: text(20) });
const post = (
  operationId: string,
  path: `/${string}`,
  work: (ctx: Ctx, code: string) => Promise<z.output<typeof Thing>>,
) => ({
  ...facts,
  operationId,
  method: 'post' as const,
  path,
  body,
  verb: verb({ permission: null }, (ctx, input: { code: string }) => work(ctx, input.code)),
  input: ({ body: given }: { body: { code: string } }) => given,
  examples: [{ name: 'One', body: { code: 'one' } }],
});

const create = defineEndpoint({ ...post('create', '/things', insert), status: 201 });
const get = defineEndpoint({
  ...facts,
  operationId: 'get',
  method: 'get',
  path: '/things/{id}',
  params: z.strictObject({ id: id() }),
  verb: verb({ permission: null }, async (ctx, input: { id: string }) => {
    const { rows } = await sql<z.output<typeof Thing>>`select id, code from vendors where id = ${input.id}`.execute(
      ctx.tx,
    );
    return rows[0] ?? { id: SOME_ID, code: 'nothing' };
  }),
  input: ({ params }) => params,
});
/** Answers as if it had stored. */
const pretend = defineEndpoint(
  post('pretend', '/things', async (_, code) => ({ id: SOME_ID.replace('1', '2'), code })),
);
/** Answers as if it had changed. */
const pretendToChange = defineEndpoint({
  ...facts,
  operationId: 'pretendToChange',
  method: 'put',
  path: '/things/{id}',
  params: z.strictObject({ id: id() }),
  body,
  verb: verb({ permission: null }, async (_, input: { id: string; code: string }) => input),
  input: ({ params, body: given }) => ({ ...params, ...given }),
  examples: [{ name: 'Two', body: { code: 'two' } }],
});
const quiet = defineEndpoint({ ...post('quiet', '/computed', insert), shownBy: 'nothing' });
const unseen = defineEndpoint(post('unseen', '/elsewhere', insert));

describe('the effect of a write', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld({ endpoints: [create, get, pretendToChange, quiet, unseen] });
  });
  afterAll(() => world?.close());

  async function problemOf(endpoint: Endpoint, where = world): Promise<string | undefined> {
    const session = await where.open();
    const prepared = await session.prepare(endpoint, endpoint.examples![0]!);
    const watched = await watch(where, session, prepared);
    await where.writes.take();
    const sent = await session.send(prepared);
    expect(sent.status).toBeLessThan(300);
    return watched.check(sent, await where.writes.take());
  }

  it('is seen where it is stored', async () => {
    expect(await problemOf(create)).toBeUndefined();
  });

  it('is missed where an update changes nothing', async () => {
    expect(await problemOf(pretendToChange)).toMatch(/changed nothing that the read of/);
  });

  it('is missed where a created resource cannot be read', async () => {
    const other = await createWorld({ endpoints: [pretend, get] });
    try {
      expect(await problemOf(pretend, other)).toMatch(/does not show the new id/);
    } finally {
      await other.close();
    }
  });

  it('is noticed where an endpoint says that it has none', async () => {
    expect(await problemOf(quiet)).toMatch(/says shownBy: 'nothing', but wrote INSERT vendors × 1/);
  });

  it('must be readable somewhere', async () => {
    expect(await problemOf(unseen)).toMatch(/nothing shows it.*\n.*To do: add shownBy/);
  });
});
