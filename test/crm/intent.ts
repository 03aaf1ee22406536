import { createAccount, createProspect } from '../../services/crm/index.ts';
import { readProspectIntent } from '../../services/crm/intent/index.ts';
import { CRM_REACTIONS } from '../../services/crm/reactions.ts';
import { createTenant, type TestDatabase, type TestTenant } from '../database.ts';
import { runAllReactions } from '../reactions.ts';

export const NOW = new Date('2026-06-30T12:00:00Z');
export const DAY_MS = 86_400_000;
export const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY_MS);
export const daysOn = (days: number) => daysAgo(-days);

export const reactNow = (database: TestDatabase) => runAllReactions(database, CRM_REACTIONS, NOW);

/** A company with one prospect; the relay has seen them. */
export async function arrangeCompany(database: TestDatabase) {
  const tenant = await createTenant(database);
  const made = await tenant.run(async (ctx) => {
    const account = await createAccount(ctx, { name: 'Globex', domain: 'globex.example' });
    const prospect = await createProspect(ctx, { email: 'ann@globex.example', firstName: 'Ann', lastName: 'Bell' });
    return { accountId: account.id, prospectId: prospect.id };
  });
  await reactNow(database);
  return { tenant, ...made };
}

export const intentOf = (tenant: TestTenant, id: string, now?: Date) =>
  tenant.run((ctx) => readProspectIntent(ctx, { id }), now);
