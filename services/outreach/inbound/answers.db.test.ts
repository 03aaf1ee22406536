import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { testOutreach } from '../../../test/http/harness.ts';
import { createBlobStore } from '../../core/blobs.ts';
import type { Principal } from '../../core/context.ts';
import { noFaults } from '../../core/fault-points.ts';
import { inTransaction } from '../../core/transaction.ts';
import { createProspect } from '../../crm/index.ts';
import { createOutboxTransport, createSendDispatcher } from '../../platform/sends/index.ts';
import { createTeam } from '../../platform/teams/index.ts';
import {
  contactIsAllowed,
  createInboxWorker,
  listInboundMessages,
  planEmail,
  planOutreachSend,
  readInboundAttachment,
  receiveInboundMail,
} from '../index.ts';

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

const { secrets } = testOutreach.mailing;
const onError = (error: unknown) => {
  throw error;
};
const dispatch = () =>
  createSendDispatcher({
    appDb: database.app,
    platformDb: database.platform,
    secrets,
    transport: createOutboxTransport({ db: database.app, secrets }),
    guards: [contactIsAllowed],
    clock: { now: () => now },
    faultPoint: noFaults,
    onError,
  }).dispatch();
const workOff = () =>
  createInboxWorker({
    db: database.app,
    platformDb: database.platform,
    clock: { now: () => now },
    faultPoint: noFaults,
    tools: testOutreach,
    afterCommit: () => {},
    onError,
  }).run();

type Upload = { blobId: string; fileName: string; mediaType: string };
const upload = async (text: string): Promise<Upload> => {
  const owner = { organizationId: tenant.organizationId, now };
  const content = Readable.from([Buffer.from(text)]);
  const { id } = await createBlobStore(database.app).put(owner, content, { mediaType: 'text/csv', limitBytes: 1_000 });
  return { blobId: id, fileName: 'terms.csv', mediaType: 'text/csv' };
};
const ANSWER = { headers: '', from: 'john@company.example', to: 'ada@acme.example', subject: 'Re', text: 'See there' };
const take = (fields: Record<string, string> = ANSWER, files: readonly Upload[] = []) => {
  const source = { organizationId: tenant.organizationId, senderId: null, eventPublicKey: null };
  return tenant.run((ctx) => receiveInboundMail(ctx, { source, fields, files, secrets }), now);
};

describe('a mail that is an answer', () => {
  it('holds what is sent to the person on any channel, and is acknowledged when what was on its way has settled', async () => {
    const { id: prospectId } = await tenant.run(
      (ctx) => createProspect(ctx, { email: 'john@company.example', phone: '+14155552671' }),
      now,
    );
    const plan = (dedupeKey: string, purpose: 'sequence' | 'one_to_one') =>
      tenant.run(
        (ctx) => planOutreachSend(ctx, testOutreach, { channel: 'sms', prospectId, text: 'Hi', purpose, dedupeKey }),
        now,
      );
    const [under, step, byHand] = [
      await plan('1', 'sequence'),
      await plan('2', 'sequence'),
      await plan('3', 'one_to_one'),
    ];
    const settle = (state: string) => database.owner`
      update sends set state = ${state}, claimed_until = ${new Date(now.getTime() + 30_000)},
        settled_at = ${state === 'accepted' ? now : null}
      where id = ${under.sendId}`;
    await settle('dispatching');
    const order: string[] = [];
    const acknowledged = take().then(() => order.push('acknowledged'));
    await sleep(250);
    order.push('settled');
    await settle('accepted');
    await acknowledged;
    expect(order).toEqual(['settled', 'acknowledged']);

    const states = async () => {
      const rows = await database.owner`
        select id, state, held_by from sends where organization_id = ${tenant.organizationId}`;
      return Object.fromEntries(rows.map(({ id, state, held_by }) => [id, held_by ?? state]));
    };
    await dispatch();
    expect(await states()).toMatchObject({ [step.sendId!]: 'ANSWER_PENDING', [byHand.sendId!]: 'accepted' });
    await workOff();
    now = new Date(now.getTime() + 6_000);
    await dispatch();
    expect(await states()).toMatchObject({ [step.sendId!]: 'accepted' });
  });

  it('keeps what hangs on it, once; what hangs on reports of mail servers is dropped', async () => {
    const file = await upload('a,b\n1,2');
    await take(ANSWER, [file]);
    await take(ANSWER, [await upload('again')]);
    const headers = 'Content-Type: multipart/report; report-type=delivery-status';
    await take({ ...ANSWER, headers, from: 'MAILER-DAEMON@mx.example' }, [await upload('all of it')]);
    await workOff();
    const { items } = await tenant.run((ctx) => listInboundMessages(ctx, { page: 1, limit: 9 }), now);
    expect(items).toMatchObject([
      { from: 'john@company.example', kind: 'reply', attachments: [{ fileName: 'terms.csv', sizeBytes: 7 }] },
    ]);
    const [message] = items;
    const key = { id: message!.id, attachmentId: message!.attachments[0]!.id, part: 0 };
    const read = await tenant.run((ctx) => readInboundAttachment(ctx, key), now);
    expect([Buffer.from(read.content, 'base64').toString(), read.more]).toEqual(['a,b\n1,2', false]);
    const kept = await database.owner`
      select id from blobs where organization_id = ${tenant.organizationId} and completed_at is not null`;
    expect(kept).toEqual([{ id: file.blobId }]);
  });
});

describe('a person whose role is limited to teams', () => {
  it('sees what came from people and answers e-mails that they see, and no mail of a stranger', async () => {
    const { id: mine } = await tenant.run((ctx) => createTeam(ctx, { name: 'Mine' }));
    const [me] = await database.owner<{ id: string }[]>`
      insert into users (organization_id, email, team_id)
      values (${tenant.organizationId}, ${`${mine}@x.example`}, ${mine}) returning id`;
    await tenant.run(async (ctx) => {
      await createProspect(ctx, { email: 'ours@company.example', teamId: mine });
      await createProspect(ctx, { email: 'theirs@company.example' });
    });
    for (const from of ['ours', 'theirs', 'stranger']) await take({ ...ANSWER, from: `${from}@company.example` });
    await workOff();
    const to = [{ email: 'x@company.example', name: null }];
    const sent = await tenant.run((ctx) =>
      planEmail(ctx, testOutreach, { to, subject: 'S', text: 'T', userId: me!.id }),
    );
    await take({ ...ANSWER, from: 'another@company.example' });
    await workOff();
    await database.owner`update inbound_messages set email_id = ${sent.id} where from_address like 'another%'`;
    const principal: Principal = {
      kind: 'user',
      id: me!.id,
      userId: me!.id,
      permissions: 'all',
      allowedTeamIds: [mine],
    };
    const seen = await inTransaction(database.app, { ...tenant.scope, principal }, (ctx) =>
      listInboundMessages(ctx, { page: 1, limit: 10 }),
    );
    expect(seen.items.map(({ from }) => from).sort()).toEqual(['another@company.example', 'ours@company.example']);
    expect(seen.total).toBe(2);
    const all = await tenant.run((ctx) => listInboundMessages(ctx, { page: 1, limit: 10 }));
    expect(all.total).toBe(4);
  });
});
