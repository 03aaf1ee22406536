import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MailTransport } from '../../../domain/platform/mail.port.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { testMailing } from '../../../test/http/harness.ts';
import { noFaults } from '../../core/fault-points.ts';
import { createSendDispatcher, planMessage } from './index.ts';
import { readUnknown, settleUnknown, type UnknownSend } from './send-steps.ts';

let database: TestDatabase;
let tenant: TestTenant;
let now: Date;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
beforeEach(async () => {
  tenant = await createTenant(database);
  now = new Date('2026-06-30T12:00:00Z');
});
const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1_000);
};

const plan = (key: string) =>
  tenant.run(
    (ctx) =>
      planMessage(ctx, testMailing, {
        dedupeKey: key,
        channel: 'email',
        purpose: 'one_to_one',
        from: 'ada@acme.example',
        to: { email: `${key}@company.example`, name: null },
        subject: { type: 'test', id: crypto.randomUUID() },
        content: { subject: 'S', html: '', text: 'T', headers: {} },
      }),
    now,
  );
const handed: string[] = [];
/** A provider that tells of messages by events alone, and whose answers are lost for some. */
const transport = (isLost: (email: string) => boolean): MailTransport => ({
  name: 'provider',
  reportsEvents: true,
  async deliver({ to, sendId }) {
    handed.push(to.email);
    if (isLost(to.email)) throw new Error('no answer');
    return { kind: 'accepted', providerId: sendId };
  },
});
const dispatcher = (isLost: (email: string) => boolean) =>
  createSendDispatcher({
    appDb: database.app,
    platformDb: database.platform,
    secrets: testMailing.secrets,
    transport: transport(isLost),
    guards: [],
    clock: { now: () => now },
    faultPoint: noFaults,
    onError: () => {},
  });
const first = (email: string) => email.startsWith('first') && !handed.slice(0, -1).includes(email);
const stateOf = async (id: string | null) =>
  (await database.owner`select state, error_code, settled_at from sends where id = ${id}`)[0] as Record<
    string,
    unknown
  >;

describe('a message that nobody knows the outcome of', () => {
  beforeEach(() => handed.splice(0));

  it('leaves again after a quarter of an hour when its provider has told of a later one, and of this one not a word', async () => {
    const id = await plan('first');
    await dispatcher(first).dispatch();
    later(1);
    const next = await plan('second');
    await dispatcher(first).dispatch();
    await database.owner`update sends set reported_at = ${now} where id = ${next}`;
    later(890);
    await dispatcher(first).dispatch();
    expect(await stateOf(id)).toMatchObject({ state: 'unknown', error_code: 'WAITING_FOR_EVENTS' });
    later(15);
    await dispatcher(first).dispatch();
    expect(await stateOf(id)).toMatchObject({ state: 'planned' });
    await dispatcher(first).dispatch();
    expect(await stateOf(id)).toMatchObject({ state: 'accepted' });
    expect(handed).toEqual(['first@company.example', 'second@company.example', 'first@company.example']);
  });

  it('never leaves again while its provider tells of nothing at all, and ends visibly', async () => {
    const id = await plan('first');
    await dispatcher(first).dispatch();
    later(1);
    await dispatcher(first).dispatch();
    later(901);
    await dispatcher(first).dispatch();
    expect(await stateOf(id)).toMatchObject({ state: 'unknown', error_code: 'OUTCOME_UNKNOWN', settled_at: now });
    expect(handed).toHaveLength(1);
  });

  it('has its quarter of an hour though two processes ask at once, and its end is told of once', async () => {
    const id = (await plan('first'))!;
    await dispatcher(first).dispatch();
    later(1);
    const read = () => tenant.run((ctx) => readUnknown(ctx, id), now);
    const [told, one] = [[] as string[], await read()];
    const settle = (unknown: UnknownSend) =>
      tenant.run(
        (ctx) => settleUnknown(ctx, unknown, 'unreported', [async (_, { state }) => void told.push(state)]),
        now,
      );
    await settle(one!);
    // The other process had taken it up before, and comes to ask now.
    expect(await read()).toBeNull();
    later(900);
    const [two, three] = [await read(), await read()];
    await settle(two!);
    await settle(three!);
    expect([await stateOf(id), told]).toMatchObject([{ error_code: 'OUTCOME_UNKNOWN' }, ['unknown']]);
  });
});
