import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { createTicket, lockTicket, updateTicket, writeReply } from '../../services/service/index.ts';
import { SERVICE_REACTIONS } from '../../services/service/reactions.ts';
import { type Account, type Accounts, createAccounts } from '../../test/http/accounts.ts';
import { call, createTestDatabase, type TestDatabase } from '../../test/http/harness.ts';
import { runAllReactions } from '../../test/reactions.ts';

let database: TestDatabase;
let accounts: Accounts;
let ada: Account;
let path: string;
beforeAll(async () => {
  database = await createTestDatabase();
  accounts = createAccounts(database);
  ada = await accounts.register();
  const box = await made('/ticket-mailboxes', { address: 'support@acme.example', name: 'Support' });
  path = `/api/v1/tickets/webhook/email?token=${new URL(box.url).searchParams.get('token')}`;
});
afterAll(() => database?.drop());
const send = (method: string, target: string, body?: unknown) =>
  accounts.as(ada.token, method, `/api/v1${target}`, body === undefined ? {} : { body });
async function made(target: string, body: unknown) {
  const { status, json } = await send('POST', target, body);
  expect([status, json.error]).toEqual([201, undefined]);
  return json.data;
}
let count = 0;
async function mail(fields: Record<string, string>, headers: string[] = [], to = path) {
  const head = [`Message-ID: <m${++count}@example.com>`, ...headers].join('\n');
  const body = {
    from: 'Ann Lee <ann@globex.example>',
    to: 'support@acme.example',
    text: 'Words',
    headers: head,
    ...fields,
  };
  const { status, json } = await call(accounts.app, null, 'POST', to, { body });
  return { status, ...json.data, error: json.error };
}
const ticket = async (id: string) => (await send('GET', `/tickets/${id}`)).json.data;

describe('a mail', () => {
  it('becomes a ticket once, with its files, and answers come back into it however they are addressed', async () => {
    const form = new FormData();
    const fields = {
      from: 'Ann Lee <ann@globex.example>',
      to: 'support@acme.example',
      subject: 'It stops',
      text: 'At row 1,000.',
    };
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('headers', 'Message-ID: <first@globex.example>');
    form.append('attachment1', new File(['row,error\n'], 'rows.csv', { type: 'text/csv' }));
    const post = async () => {
      const response = await accounts.app.request(path, { method: 'POST', body: form });
      return ((await response.json()) as { data: { ticketId: string } }).data;
    };
    const first = await post();
    expect(first).toMatchObject({ outcome: 'ticket', duplicate: false });
    expect(await post()).toEqual({ ...first, duplicate: true });
    const { ticketId } = first;
    expect(await ticket(ticketId)).toMatchObject({
      subject: 'It stops',
      channel: 'email',
      requesterEmail: 'ann@globex.example',
      requesterName: 'Ann Lee',
      attachments: [{ fileName: 'rows.csv', mediaType: 'text/csv', sizeBytes: 10 }],
    });
    const [file] = (await ticket(ticketId)).attachments;
    const part = await send('GET', `/tickets/${ticketId}/attachments/${file.id}`);
    expect(Buffer.from(part.json.data.content, 'base64').toString()).toBe('row,error\n');

    const reply = await made(`/tickets/${ticketId}/replies`, { body: 'Which report?', status: 'pending' });
    const [row] = await database.owner<{ from_address: string; reply_token: string; message_id: string }[]>`
      select s.from_address, t.reply_token, r.message_id from ticket_replies r
      join sends s on s.id = r.send_id join tickets t on t.id = r.ticket_id where r.id = ${reply.id}`;
    expect(row!.from_address).toBe('support@acme.example');
    const answers = [
      await mail({ subject: 'Something else', to: `support+${row!.reply_token}@acme.example` }),
      await mail({ subject: 'x' }, [`In-Reply-To: <${row!.message_id}>`]),
      await mail({ subject: 'y' }, ['References: <other@x> <first@globex.example>']),
      await mail({ subject: 'Re: It stops [#1]' }),
    ];
    for (const answer of answers) expect(answer).toMatchObject({ outcome: 'reply', ticketId });
    expect(await ticket(ticketId)).toMatchObject({ status: 'open', replyCount: 5 });
    const stranger = await mail({ subject: 'Re: It stops [#1]', from: 'eve@example.com' });
    expect(stranger).toMatchObject({ outcome: 'ticket' });
    expect(stranger.ticketId).not.toBe(ticketId);
    await send('PUT', `/tickets/${ticketId}`, { status: 'closed' });
    expect(await mail({ subject: 'Re: It stops [#1]' })).toMatchObject({ outcome: 'ticket' });
  });

  it('of a machine, a flood or an unknown address becomes nothing', async () => {
    expect(await mail({ subject: 'Out of office' })).toMatchObject({
      outcome: 'refused',
      reason: 'auto_reply',
      ticketId: null,
    });
    for (let number = 0; number < 30; number++) await mail({ subject: 'Loop', from: 'bot@example.net' });
    expect(await mail({ subject: 'Loop', from: 'bot@example.net' })).toMatchObject({ reason: 'too_many' });
    const wrong = await mail({ subject: 'x' }, [], `${path.slice(0, -2)}xx`);
    expect([wrong.status, wrong.error.code]).toEqual([401, 'UNKNOWN_MAILBOX']);
    expect((await mail({ subject: 'x' }, [], '/api/v1/tickets/webhook/email')).status).toBe(401);
  });
});

describe('what support means for sales', () => {
  it('is held back while an urgent ticket is open or a rating is bad, and a risk of the deal', async () => {
    const account = await made('/accounts', { name: 'Globex' });
    const prospect = await made('/prospects', { email: 'bob@globex.example', firstName: 'Bob', accountId: account.id });
    const deal = await made('/deals', { name: 'Seats', accountId: account.id, stage: 'proposal' });
    const state = async () => {
      await runAllReactions(database, SERVICE_REACTIONS);
      const contact = (await send('GET', `/prospects/${prospect.id}/can-contact?channel=email`)).json.data;
      const health = (await send('GET', `/deals/${deal.id}/health`)).json.data;
      const risks = health.riskFactors.map(({ factor }: { factor: string }) => factor);
      return [contact.rule, risks.filter((factor: string) => factor.endsWith('_ticket') || factor === 'bad_rating')];
    };
    expect(await state()).toEqual([null, []]);
    const { id } = await made('/tickets', { subject: 'Nothing works', priority: 'urgent', prospectId: prospect.id });
    expect(await state()).toEqual(['support', ['urgent_ticket']]);
    await send('PUT', `/tickets/${id}`, { status: 'resolved' });
    expect(await state()).toEqual([null, []]);
    const link = await made(`/tickets/${id}/satisfaction-link`, {});
    const rate = (token: string) =>
      call(accounts.app, null, 'POST', `/api/v1/tickets/${id}/satisfaction`, {
        body: { token, score: 1, comment: 'Slow' },
      });
    const forged = await rate(`${link.token.slice(0, -3)}AAA`);
    expect([forged.status, forged.json.error.code]).toEqual([404, 'INVALID_SURVEY_TOKEN']);
    expect((await rate(link.token)).json.data).toMatchObject({ score: 1, comment: 'Slow' });
    const again = await rate(link.token);
    expect([again.status, again.json.error.code]).toEqual([409, 'SURVEY_ANSWERED']);
    expect(await state()).toEqual(['support', ['bad_rating']]);
    await send('PUT', `/tickets/${id}`, { status: 'closed' });
    expect(await state()).toEqual([null, ['bad_rating']]);
    const touches = await database.owner<{ external_id: string; channel: string }[]>`
      select external_id, channel from interactions
      where organization_id = ${ada.organizationId} and external_id = ${`b:tickets:${id}`}`;
    expect(touches).toEqual([{ external_id: `b:tickets:${id}`, channel: 'ticket' }]);
  });
});

describe('the page of a satisfaction survey', () => {
  it('rates nothing by being looked at, takes one answer from its form, and shows what became of it', async () => {
    const { id } = await made('/tickets', { subject: 'Export <stops>', requesterEmail: 'ann@globex.example' });
    await send('PUT', `/tickets/${id}`, { status: 'resolved' });
    const { url } = await made(`/tickets/${id}/satisfaction-link`, {});
    const page = new URL(url).pathname;
    const look = async (target = page) => {
      const response = await accounts.app.request(target);
      return {
        status: response.status,
        text: await response.text(),
        policy: response.headers.get('content-security-policy'),
      };
    };
    const answer = async (form: string) => {
      const response = await accounts.app.request(page, {
        method: 'POST',
        body: form,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      return { status: response.status, text: await response.text() };
    };
    const rating = async () => (await ticket(id)).satisfactionScore;
    const first = await look();
    expect([first.status, first.policy]).toEqual([200, expect.stringContaining("default-src 'none'")]);
    expect(first.text).toContain('<form method="post">');
    expect(first.text).toContain('Export &lt;stops&gt;');
    expect(await rating()).toBeNull();
    expect((await answer('score=6')).status).toBe(400);
    expect((await answer('comment=Nice')).status).toBe(400);
    expect((await answer('score=4&comment=Nice+people')).text).toContain('Thank you');
    expect((await answer('score=1')).text).toContain('Thank you');
    expect(await rating()).toBe(4);
    expect((await look()).text).not.toContain('<form');
    const surveys = (await send('GET', `/tickets/${id}/satisfaction`)).json.data;
    expect(surveys).toMatchObject([{ status: 'answered', score: 4, comment: 'Nice people' }]);
    expect((await look(`${page.slice(0, -3)}AAA`)).status).toBe(404);
  });
});

describe('a policy that is only thought of', () => {
  it('is tried on tickets of the past', async () => {
    const at = (time: string) => new Date(`2026-03-02T${time}:00Z`);
    const run = <T>(work: (ctx: Ctx) => Promise<T>, now: Date) =>
      inTransaction(database.app, { organizationId: ada.organizationId, principal: SYSTEM_PRINCIPAL, now }, work);
    const { id } = await run((ctx) => createTicket(ctx, { subject: 'Past', priority: 'low' }), at('09:00'));
    const write = (by: 'agent' | 'customer', time: string) =>
      run(async (ctx) => {
        const author = { kind: by };
        await writeReply(ctx, await lockTicket(ctx, id), { author, body: 'Words', isInternal: false, channel: 'api' });
      }, at(time));
    // Two waits: of 20 minutes until an answer, of 30 until the resolution.
    await write('agent', '09:30');
    await write('customer', '09:40');
    await write('customer', '09:50');
    await write('agent', '10:00');
    await write('customer', '10:30');
    await run((ctx) => updateTicket(ctx, { id, changes: { status: 'resolved' } }), at('11:00'));
    const ask = async (resolutionMinutes: number, nextResponseMinutes?: number) => {
      const body = {
        targets: { low: { resolutionMinutes, ...(nextResponseMinutes ? { nextResponseMinutes } : {}) } },
        from: '2026-03-01T00:00:00Z',
        until: '2026-03-03T00:00:00Z',
      };
      return (await send('POST', '/slas/what-if', body)).json.data;
    };
    expect(await ask(121)).toMatchObject({ tickets: 1, resolution: { promised: 1, breaches: 0 }, examples: [] });
    expect(await ask(119)).toMatchObject({
      resolution: { breaches: 1, newlyBreached: 1 },
      examples: [{ ticketId: id, wouldBreach: true }],
    });
    const late = async (minutes: number) => (await ask(121, minutes)).nextResponse;
    expect(await late(15)).toEqual({ promised: 2, breaches: 2, breachesNow: 0, newlyBreached: 2, nowKept: 0 });
    expect(await late(25)).toMatchObject({ promised: 2, breaches: 1 });
    expect(await late(31)).toMatchObject({ promised: 2, breaches: 0 });
    expect((await ask(121)).nextResponse).toMatchObject({ promised: 0 });
  });
});
