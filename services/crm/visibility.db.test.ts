import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import type { Ctx, Principal } from '../core/context.ts';
import { inTransaction } from '../core/transaction.ts';
import { createTeam } from '../platform/teams/index.ts';
import {
  createAccount,
  createDeal,
  createProspect,
  createTask,
  getDeal,
  getProspect,
  listProspects,
  logCall,
  mergeProspects,
  readForecast,
  updateAccount,
  updateProspect,
} from './index.ts';

let database: TestDatabase;
let tenant: TestTenant;
let mine: string;
let other: string;
let me: string;
let colleague: string;
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
  mine = (await tenant.run((ctx) => createTeam(ctx, { name: 'Mine' }))).id;
  other = (await tenant.run((ctx) => createTeam(ctx, { name: 'Other' }))).id;
  const person = async (teamId: string) => {
    const id = randomUUID();
    await database.owner`
      insert into users (id, organization_id, email, team_id) values (${id}, ${tenant.organizationId}, ${`${id}@x.example`}, ${teamId})`;
    return id;
  };
  me = await person(mine);
  colleague = await person(mine);
});
afterAll(() => database?.drop());

/** Everything may be done, within one team. */
function asLimited<T>(work: (ctx: Ctx) => Promise<T>, allowedTeamIds: string[] = [mine]): Promise<T> {
  const principal: Principal = { kind: 'user', id: me, userId: me, permissions: 'all', allowedTeamIds };
  return inTransaction(database.app, { ...tenant.scope, principal }, work);
}
const mail = () => `${randomUUID()}@acme.example`;
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );
const page = { page: 1, limit: 50, sort: [] };

describe('a person whose role is limited to teams', () => {
  it('sees what belongs to these teams, to people in them where no team is named, and to themselves', async () => {
    const ids = await tenant.run(async (ctx) => ({
      team: (await createProspect(ctx, { email: mail(), teamId: mine })).id,
      own: (await createProspect(ctx, { email: mail(), teamId: other, ownerId: me })).id,
      ofColleague: (await createProspect(ctx, { email: mail(), ownerId: colleague })).id,
      given: (await createProspect(ctx, { email: mail(), teamId: other, ownerId: colleague })).id,
      nobodys: (await createProspect(ctx, { email: mail() })).id,
    }));
    const seen = await asLimited((ctx) => listProspects(ctx, page));
    expect(new Set(seen.items.map(({ id }) => id))).toEqual(new Set([ids.team, ids.own, ids.ofColleague]));
    expect(seen.total).toBe(3);
    expect(await code(asLimited((ctx) => getProspect(ctx, { id: ids.given })))).toBe('NOT_FOUND');
    expect(await code(asLimited((ctx) => mergeProspects(ctx, { id: ids.team, sourceId: ids.given })))).toBe(
      'VALIDATION_ERROR',
    );
    const none = await asLimited((ctx) => listProspects(ctx, page), []);
    expect(none.items.map(({ id }) => id)).toEqual([ids.own]);
  });

  it('creates in their own team, and gives nothing out of their sight', async () => {
    const { prospect, account, deal, task } = await asLimited(async (ctx) => ({
      prospect: await createProspect(ctx, { email: mail(), ownerId: null }),
      account: await createAccount(ctx, { name: 'Acme' }),
      deal: await createDeal(ctx, { name: 'Acme', amount: '5000' }),
      task: await createTask(ctx, {}),
    }));
    expect([prospect, account, deal, task].map(({ teamId }) => teamId)).toEqual([mine, mine, mine, mine]);
    const away = { teamId: other, ownerId: null };
    const refused = [
      createProspectAs(away),
      asLimited((ctx) => updateProspect(ctx, { id: prospect.id, changes: away })),
      asLimited((ctx) => updateAccount(ctx, { id: account.id, changes: away })),
    ];
    expect(await Promise.all(refused.map(code))).toEqual(Array(3).fill('TEAM_NOT_ALLOWED'));
  });

  it('is told that an address is taken, though not by whom they may see, and counts only what they see', async () => {
    const email = mail();
    const foreign = await tenant.run(async (ctx) => {
      await createProspect(ctx, { email, teamId: other });
      return createDeal(ctx, { name: 'Theirs', amount: '900000', teamId: other, closeDate: '2026-06-30' });
    });
    expect(await code(createProspectAs({ email }))).toBe('DUPLICATE_PROSPECT');
    expect(await code(asLimited((ctx) => getDeal(ctx, { id: foreign.id })))).toBe('NOT_FOUND');
    expect(await code(asLimited((ctx) => logCall(ctx, { dealId: foreign.id })))).toBe('VALIDATION_ERROR');
    const forecast = await asLimited((ctx) => readForecast(ctx, { period: 'quarter' }));
    const all = await tenant.run((ctx) => readForecast(ctx, { period: 'quarter' }));
    expect(JSON.stringify(all)).toContain('900000');
    expect(JSON.stringify(forecast)).not.toContain('900000');
  });

  const createProspectAs = (fields: object) => asLimited((ctx) => createProspect(ctx, { email: mail(), ...fields }));
});
