import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { uuidv7 } from '../../core/ids.ts';
import { purgeOutbox } from '../sends/index.ts';
import { purgeSessions, purgeSignInAttempts } from './index.ts';

let database: TestDatabase;
let tenant: TestTenant;
let other: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
  [tenant, other] = [await createTenant(database), await createTenant(database)];
});
afterAll(() => database?.drop());

const now = new Date('2026-06-30T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

const idOf = (time: Date): string =>
  uuidv7().replace(/^.{13}/, time.getTime().toString(16).padStart(12, '0').replace(/^.{8}/, '$&-'));

async function addUser({ organizationId }: TestTenant): Promise<string> {
  const [user] = await database.owner<{ id: string }[]>`
    insert into users (organization_id, email) values (${organizationId}, ${`${uuidv7()}@example.com`}) returning id`;
  return user!.id;
}

describe('what housekeeping clears of signing in', () => {
  it('is counted attempts a day after their window and rest', async () => {
    for (const [name, started, locked] of [
      ['old', 2, null],
      ['old, rested', 2, 1.5],
      ['resting', 2, -0.1],
      ['young', 0.5, null],
    ] as const) {
      await database.owner`
        insert into login_attempts (email_hash, failed, window_started_at, locked_until)
        values (${Buffer.from(name)}, 3, ${daysAgo(started)}, ${locked === null ? null : daysAgo(locked)})`;
    }
    expect(await purgeSignInAttempts(database.platform, now)).toBe(2);
    const left = await database.owner<{ name: string }[]>`
      select convert_from(email_hash, 'utf8') as name from login_attempts order by 1`;
    expect(left.map((row) => row.name)).toEqual(['resting', 'young']);
  });

  it('is sessions with their refresh tokens 30 days after their life, however many, and those of nobody else', async () => {
    for (const { organizationId } of [tenant, other]) {
      const userId = await addUser(organizationId === tenant.organizationId ? tenant : other);
      await database.owner`
        with session as (
          insert into user_sessions (organization_id, user_id, last_used_at, expires_at)
          select ${organizationId}, ${userId}, ${daysAgo(40)}, case when n = 1 then ${daysAgo(29)}::timestamptz else ${daysAgo(31)} end
          from generate_series(1, 1101) n returning organization_id, id)
        insert into refresh_tokens (organization_id, session_id, hash)
        select organization_id, id, sha256(uuid_send(id)) from session`;
    }
    expect(await tenant.run(purgeSessions, now)).toBe(true);
    expect(await tenant.run(purgeSessions, now)).toBe(false);
    const left = await database.owner`
      select s.organization_id = ${tenant.organizationId} as own, count(*)::int as sessions, count(t.id)::int as tokens
      from user_sessions s join refresh_tokens t on t.session_id = s.id group by 1 order by 1 desc`;
    expect(left).toEqual([
      { own: true, sessions: 1, tokens: 1 },
      { own: false, sessions: 1101, tokens: 1101 },
    ]);
  });

  it('is links of mails 30 days after their life, but none of an invitation that is open', async () => {
    const { organizationId } = tenant;
    const userId = await addUser(tenant);
    const invite = async (status: string) => {
      const [row] = await database.owner<{ id: string }[]>`
        insert into team_invitations (organization_id, email, role, status, expires_at)
        values (${organizationId}, ${`${status}@example.com`}, 'user', ${status}, ${daysAgo(31)}) returning id`;
      return row!.id;
    };
    for (const [name, user, invitation, days] of [
      ['reset', userId, null, 31],
      ['young reset', userId, null, 29],
      ['open', null, await invite('pending'), 31],
      ['expired', null, await invite('expired'), 31],
    ] as const) {
      await database.owner`
        insert into one_time_tokens (organization_id, purpose, hash, user_id, invitation_id, expires_at)
        values (${organizationId}, ${user ? 'password_reset' : 'invitation'}, ${Buffer.from(name)}, ${user}, ${invitation},
                ${daysAgo(days)})`;
    }
    await tenant.run(purgeSessions, now);
    const left = await database.owner<{ name: string }[]>`
      select convert_from(hash, 'utf8') as name from one_time_tokens order by 1`;
    expect(left.map((row) => row.name)).toEqual(['open', 'young reset']);
  });

  it('is messages of the built-in outbox after 90 days; the ledger stays', async () => {
    const { organizationId } = tenant;
    for (const days of [91, 89]) {
      await database.owner`
        with send as (
          insert into sends (organization_id, dedupe_key, channel, purpose, to_address, from_address, content, next_attempt_at)
          values (${organizationId}, ${`send ${days}`}, 'email', 'transactional', 'a@example.com', 'b@example.com', '', ${now})
          returning organization_id, id)
        insert into outbox_messages (organization_id, id, send_id, channel, purpose, to_addresses, from_address, content)
        select organization_id, ${idOf(daysAgo(days))}, id, 'email', 'transactional', '[]', 'b@example.com', ''
        from send`;
    }
    expect(await tenant.run(purgeOutbox, now)).toBe(false);
    const left = await database.owner`
      select s.dedupe_key as key, m.id is not null as kept from sends s
      left join outbox_messages m on m.send_id = s.id order by 1`;
    expect(left).toEqual([
      { key: 'send 89', kept: true },
      { key: 'send 91', kept: false },
    ]);
  });
});
