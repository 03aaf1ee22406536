import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryOutcome, MailTransport, OutgoingMail } from '../../../domain/platform/mail.port.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { testMailing } from '../../../test/http/harness.ts';
import { runScript } from '../../../test/processes/dying.ts';
import { noFaults } from '../../core/fault-points.ts';
import { AT_ONCE } from './dispatch-sends.ts';
import {
  createOutboxTransport,
  createSendDispatcher,
  planMail,
  type SendDispatcherDeps,
  type SendGuard,
} from './index.ts';

let database: TestDatabase;
let tenant: TestTenant;
let now: Date;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
beforeEach(async () => {
  await database.owner`delete from outbox_messages`;
  await database.owner`delete from sends`;
  tenant = await createTenant(database, 'Acme');
  now = new Date('2026-06-30T12:00:00Z');
});

const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000);
};
const plan = (dedupeKey = 'one', at = tenant) =>
  at.run((ctx) =>
    planMail(ctx, testMailing, {
      dedupeKey,
      purpose: 'transactional',
      to: { email: 'ada@acme.example', name: 'Ada\r\nBcc: eve@evil.example' },
      subject: { type: 'test', id: tenant.organizationId },
      mail: { subject: 'Hello\r\nBcc: eve@evil.example', paragraphs: ['token=abc'] },
    }),
  );
const outbox = () => createOutboxTransport({ db: database.app, secrets: testMailing.secrets });
function dispatcher(transport: MailTransport = outbox(), options: Partial<SendDispatcherDeps> = {}) {
  return createSendDispatcher({
    appDb: database.app,
    platformDb: database.platform,
    secrets: testMailing.secrets,
    transport,
    guards: [],
    clock: { now: () => now },
    faultPoint: noFaults,
    onError: () => {},
    ...options,
  });
}
const sends = () => database.owner`
  select state, attempt, error_code, suppressed_by, settled_at is not null as settled from sends order by id`;
const delivered = async () => (await database.owner`select send_id from outbox_messages`).length;

/** A provider that does as the test says; what it has taken is its own journal. */
function provider(answer: (mail: OutgoingMail) => Promise<DeliveryOutcome>, find?: MailTransport['find']) {
  const journal: OutgoingMail[] = [];
  const transport: MailTransport = {
    name: 'provider',
    deliver: (mail) => {
      journal.push(mail);
      return answer(mail);
    },
    ...(find ? { find } : {}),
  };
  return { transport, journal };
}
const accept = async (): Promise<DeliveryOutcome> => ({ kind: 'accepted', providerId: 'p1' });

describe('a mail in the ledger', () => {
  it('is planned once per key, leaves once, and nobody can put a line into its head', async () => {
    expect(await plan()).not.toBeNull();
    expect(await plan()).toBeNull();
    const { transport, journal } = provider(accept);
    await dispatcher(transport).dispatch();
    await dispatcher(transport).dispatch();
    expect(journal).toHaveLength(1);
    expect(journal[0]).toMatchObject({
      to: { email: 'ada@acme.example', name: 'Ada Bcc: eve@evil.example' },
      subject: 'Hello Bcc: eve@evil.example',
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    expect(await sends()).toEqual([
      { state: 'accepted', attempt: 1, error_code: null, suppressed_by: null, settled: true },
    ]);
  });

  it('exists exactly when its transaction has committed', async () => {
    const failing = tenant.run(async (ctx) => {
      await planMail(ctx, testMailing, {
        dedupeKey: 'x',
        purpose: 'transactional',
        to: { email: 'a@b.example', name: null },
        subject: { type: 'test', id: tenant.organizationId },
        mail: { subject: 'S', paragraphs: [] },
      });
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await sends()).toEqual([]);
  });

  it('is refused where no transport is set up', async () => {
    const none = { ...testMailing, transport: null };
    const planned = tenant.run((ctx) =>
      planMail(ctx, none, {
        dedupeKey: 'x',
        purpose: 'transactional',
        to: { email: 'a@b.example', name: null },
        subject: { type: 'test', id: tenant.organizationId },
        mail: { subject: 'S', paragraphs: [] },
      }),
    );
    await expect(planned).rejects.toMatchObject({ code: 'MAIL_NOT_CONFIGURED' });
  });

  it('keeps its content encrypted, in the ledger and in the outbox', async () => {
    await plan();
    await dispatcher().dispatch();
    const rows = await database.owner<{ content: Uint8Array }[]>`
      select content from sends union all select content from outbox_messages`;
    expect(rows).toHaveLength(2);
    for (const { content } of rows) expect(Buffer.from(content).includes(Buffer.from('token=abc'))).toBe(false);
  });

  it('leaves once when many dispatchers look for work at the same time', async () => {
    for (let i = 0; i < 20; i++) await plan(`mail ${i}`);
    await Promise.all(Array.from({ length: 6 }, () => dispatcher().dispatch()));
    expect(await delivered()).toBe(20);
  });

  it('is tried again, later and later, when the provider takes nothing yet, and fails visibly in the end', async () => {
    await plan();
    const { transport, journal } = provider(async () => ({ kind: 'later', code: 'BUSY' }));
    await dispatcher(transport).dispatch();
    await dispatcher(transport).dispatch();
    expect(journal).toHaveLength(1);
    for (let i = 0; i < 20; i++) {
      later(3_600);
      await dispatcher(transport).dispatch();
    }
    expect(journal).toHaveLength(12);
    expect(await sends()).toMatchObject([{ state: 'failed', error_code: 'BUSY', settled: true }]);
  });

  it('is not tried again when the provider refuses it', async () => {
    await plan();
    const { transport, journal } = provider(async () => ({ kind: 'refused', code: 'BAD_ADDRESS' }));
    await dispatcher(transport).dispatch();
    later(86_400);
    await dispatcher(transport).dispatch();
    expect(journal).toHaveLength(1);
    expect(await sends()).toMatchObject([{ state: 'failed', error_code: 'BAD_ADDRESS' }]);
  });

  it('whose outcome nobody knows is asked about, and sent again only when the provider has it not', async () => {
    await plan('taken');
    await plan('lost');
    const taken = new Set<string>();
    let answers = 0;
    const { transport, journal } = provider(
      async (mail) => {
        if (answers++ === 0) taken.add(mail.sendId);
        if (answers <= 2) throw new Error('the line went dead');
        taken.add(mail.sendId);
        return accept();
      },
      async ({ sendId }) => (taken.has(sendId) ? { providerId: 'found' } : null),
    );
    for (let i = 0; i < 4; i++) {
      await dispatcher(transport).dispatch();
      later(2);
    }
    expect((await sends()).map((row) => row.state)).toEqual(['accepted', 'accepted']);
    expect(journal).toHaveLength(3);
  });

  it('whose outcome nobody knows and nobody can be asked about stays visibly unknown, and is never sent again', async () => {
    await plan();
    const { transport, journal } = provider(async () => {
      throw new Error('the line went dead');
    });
    await dispatcher(transport).dispatch();
    expect(await sends()).toMatchObject([{ state: 'unknown', settled: false }]);
    for (let i = 0; i < 30; i++) {
      later(60);
      await dispatcher(transport).dispatch();
    }
    expect(await sends()).toMatchObject([{ state: 'unknown', error_code: 'OUTCOME_UNKNOWN', settled: true }]);
    expect(journal).toHaveLength(1);
  });

  it.each(['planned', 'claimed'])('is held back by a guard that objects once it is %s', async (when) => {
    await plan();
    let asked = 0;
    const guard: SendGuard = async () => (++asked === (when === 'planned' ? 1 : 2) ? 'unsubscribed' : null);
    await dispatcher(outbox(), { guards: [guard] }).dispatch();
    expect(await sends()).toMatchObject([{ state: 'suppressed', suppressed_by: 'unsubscribed', settled: true }]);
    expect(await delivered()).toBe(0);
  });

  it('is not delivered by a process that was taken for dead and wakes up', async () => {
    await plan();
    const { promise, resolve } = Promise.withResolvers<void>();
    let stuck = () => {};
    const reached = new Promise<void>((done) => {
      stuck = done;
    });
    const sleeper = dispatcher(outbox(), {
      faultPoint: async (point) => {
        if (point !== 'sends.dispatching') return;
        stuck();
        await promise;
      },
    }).dispatch();
    await reached;
    later(31);
    await dispatcher().dispatch();
    await dispatcher().dispatch();
    resolve();
    await sleeper;
    expect(await delivered()).toBe(1);
    expect(await sends()).toMatchObject([{ state: 'accepted', attempt: 2 }]);
  });
});

describe('a provider', () => {
  const plan20 = async () => {
    for (let i = 0; i < 20; i++) await plan(`mail ${i}`);
  };
  const untouched = async () => (await sends()).filter(({ state, attempt }) => state === 'planned' && attempt === 0);

  it('that fails five times in a row is left alone: the rest waits as it is', async () => {
    await plan20();
    const { transport, journal } = provider(async () => {
      throw new Error('the line went dead');
    });
    const office = dispatcher(transport);
    await office.dispatch();
    expect(journal.length).toBeLessThanOrEqual(4 + AT_ONCE);
    expect(await untouched()).toHaveLength(20 - journal.length);
    expect(await office.dispatch()).toBe(0);
  });

  it('that asks for rest gets it from all messages, and other ways out do not wait for it', async () => {
    await plan20();
    const busy = provider(async () => ({ kind: 'later', code: 'BUSY', retryAfterSeconds: 60 }));
    const other = provider(accept);
    const office = dispatcher(busy.transport, { byChannel: { sms: other.transport } });
    await office.dispatch();
    expect(busy.journal.length).toBeLessThanOrEqual(AT_ONCE);
    expect(await untouched()).toHaveLength(20 - busy.journal.length);
    await database.owner`update sends set channel = 'sms' where attempt = 0`;
    await office.dispatch();
    expect(other.journal).toHaveLength(20 - busy.journal.length);
  });
});

describe('a process that is killed', () => {
  it.each(['sends.claimed', 'sends.dispatching', 'sends.delivered', 'sends.finished'])(
    'at %s leaves no mail twice and none behind',
    async (point) => {
      for (let i = 0; i < 5; i++) await plan(`mail ${i}`);
      expect(await runScript('dispatch-and-die.ts', database.url, point, now.toISOString())).toBe('SIGKILL');
      for (let round = 0; round < 4; round++) {
        later(31);
        await dispatcher().dispatch();
      }
      const counted = await database.owner`select send_id, count(*)::int as n from outbox_messages group by 1`;
      expect(counted.map((row) => row.n)).toEqual([1, 1, 1, 1, 1]);
      expect((await sends()).map((row) => row.state)).toEqual(Array(5).fill('accepted'));
    },
  );
});
