import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { inspect } from 'node:util';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import type { OutgoingMail } from '../../domain/platform/mail.port.ts';
import { createSendGridTransport } from './sendgrid.ts';
import { createSmtpTransport } from './smtp.ts';
import { createTwilioTransport } from './twilio.ts';

const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

const mail: OutgoingMail = {
  organizationId: '0198c0de-0000-7000-8000-000000000001',
  sendId: '0198c0de-0000-7000-8000-000000000002',
  attempt: 1,
  channel: 'email',
  purpose: 'marketing',
  from: '"Ada" <ada@acme.example>',
  to: { email: 'john@company.example', name: 'John' },
  others: { to: [], cc: [{ email: 'cc@company.example', name: null }], bcc: [] },
  subject: 'Grüße',
  html: '<p>Hi</p>',
  text: 'Hi',
  headers: { 'Message-ID': '<1@acme.example>', 'List-Unsubscribe': '<https://x.example>', 'X-Sg-Id': 'no' },
  replyTo: 'reply+abc@reply.acme.example',
  attachments: [{ fileName: 'a.txt', mediaType: 'text/plain', content: Buffer.from('content').toString('base64') }],
  callbackUrl: 'https://api.example.com/api/v1/sms/webhook/twilio?token=t',
  now: new Date(),
};

interface Taken {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A provider on this machine that answers as told, and keeps a journal. */
async function standIn(
  answer: (taken: Taken) => { status: number; headers?: Record<string, string>; body?: string } | 'reset',
) {
  const journal: Taken[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const taken = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
    journal.push(taken);
    const said = answer(taken);
    if (said === 'reset') return request.socket.destroy();
    response.writeHead(said.status, said.headers).end(said.body ?? '');
  });
  open.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, journal };
}

/** A port that nobody listens on. */
async function deadPort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

const outcomes = (provider: string) =>
  [
    [429, { 'retry-after': '7' }, { kind: 'later', code: `${provider}_RATE_LIMITED`, retryAfterSeconds: 7 }],
    [401, {}, { kind: 'later', code: `${provider}_UNAUTHORIZED` }],
    [400, {}, { kind: 'refused', code: `${provider}_REFUSED_400` }],
  ] as const;

describe('SendGrid', () => {
  const sendgrid = (baseUrl: string) => createSendGridTransport({ apiKey: 'SG.key', baseUrl });

  it('is handed a message once, with our ids, our headers and its own tracking off', async () => {
    const { url, journal } = await standIn(() => ({ status: 202, headers: { 'x-message-id': 'abc' } }));
    expect(await sendgrid(url).deliver(mail)).toEqual({ kind: 'accepted', providerId: 'abc' });
    expect(journal).toHaveLength(1);
    const [{ path, headers, body }] = journal as [Taken];
    expect([path, headers.authorization]).toEqual(['/v3/mail/send', 'Bearer SG.key']);
    const sent = JSON.parse(body);
    expect(sent.personalizations).toEqual([
      {
        to: [{ email: 'john@company.example', name: 'John' }],
        cc: [{ email: 'cc@company.example' }],
        custom_args: { tenant_id: mail.organizationId, send_id: mail.sendId },
      },
    ]);
    expect(sent).toMatchObject({
      from: { email: 'ada@acme.example', name: 'Ada' },
      reply_to: { email: 'reply+abc@reply.acme.example' },
      subject: 'Grüße',
      headers: { 'Message-ID': '<1@acme.example>', 'List-Unsubscribe': '<https://x.example>' },
      attachments: [{ filename: 'a.txt', type: 'text/plain', content: 'Y29udGVudA==' }],
      tracking_settings: { click_tracking: { enable: false }, open_tracking: { enable: false } },
    });
    expect(sent.headers['X-Sg-Id']).toBeUndefined();
    expect(sent.custom_args).toBeUndefined();
  });

  it.each(outcomes('SENDGRID'))('that answers %i has taken nothing', async (status, headers, expected) => {
    const { url } = await standIn(() => ({ status, headers, body: '{"errors":[{"message":"x"}]}' }));
    expect(await sendgrid(url).deliver(mail)).toMatchObject(expected);
  });

  it('that breaks or hangs up may have taken it: nobody knows', async () => {
    for (const answer of [{ status: 500 }, { status: 503 }, 'reset'] as const) {
      const { url, journal } = await standIn(() => answer);
      const error = await sendgrid(url)
        .deliver(mail)
        .catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Error);
      // What is logged of it holds no key and nothing of the message.
      expect(inspect(error, { depth: null })).not.toMatch(/SG\.key|company\.example/);
      expect(journal).toHaveLength(1);
    }
    expect(await sendgrid(`http://127.0.0.1:${await deadPort()}`).deliver(mail)).toMatchObject({ kind: 'later' });
  });
});

describe('Twilio', () => {
  const twilio = (baseUrl: string) =>
    createTwilioTransport({ accountSid: 'AC0', authToken: 'token', from: '+15550001111', baseUrl });
  const text: OutgoingMail = { ...mail, channel: 'sms', to: { email: '+14155552671', name: null } };

  it('is handed a text once, and told where to report with our id', async () => {
    const { url, journal } = await standIn(() => ({
      status: 201,
      headers: { 'content-type': 'application/json' },
      body: '{"sid":"SM1","status":"queued"}',
    }));
    expect(await twilio(url).deliver(text)).toEqual({ kind: 'accepted', providerId: 'SM1' });
    const fields = Object.fromEntries(new URLSearchParams(journal[0]!.body));
    expect([journal.length, journal[0]!.path]).toEqual([1, '/2010-04-01/Accounts/AC0/Messages.json']);
    expect(fields).toEqual({
      To: '+14155552671',
      From: '+15550001111',
      Body: 'Hi',
      StatusCallback: `${mail.callbackUrl}&send=${mail.sendId}`,
    });
  });

  it.each([
    [
      'an opted-out number',
      { status: 400, body: '{"code":21610,"message":"x","status":400}' },
      { kind: 'refused', code: 'TWILIO_21610' },
    ],
    [
      'too many',
      { status: 429, body: '{"code":20429,"message":"x","status":429}' },
      { kind: 'later', code: 'TWILIO_RATE_LIMITED' },
    ],
  ])('tells of %s', async (_, answer, expected) => {
    const { url } = await standIn(() => ({ headers: { 'content-type': 'application/json' }, ...answer }));
    expect(await twilio(url).deliver(text)).toMatchObject(expected);
  });

  it('that breaks or hangs up may have taken it: nobody knows', async () => {
    for (const answer of [{ status: 500, body: '{}' }, 'reset'] as const) {
      const { url, journal } = await standIn(() => answer);
      await expect(twilio(url).deliver(text)).rejects.toThrow();
      expect(journal).toHaveLength(1);
    }
    expect(await twilio(`http://127.0.0.1:${await deadPort()}`).deliver(text)).toMatchObject({ kind: 'later' });
  });
});

describe('a mail server', () => {
  async function smtp(options: { rcpt?: number; data?: number | 'cut' } = {}) {
    const journal: string[] = [];
    const refusal = (responseCode: number) => Object.assign(new Error('no'), { responseCode });
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: (_address, _session, done) => done(options.rcpt ? refusal(options.rcpt) : undefined),
      onData(stream, _session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk) => chunks.push(chunk));
        stream.on('end', () => {
          journal.push(Buffer.concat(chunks).toString());
          // Taken, and the line is cut before it is said.
          if (options.data === 'cut') {
            for (const one of server.connections) one.close();
            return;
          }
          done(options.data ? refusal(options.data) : null);
        });
      },
    });
    server.on('error', () => {});
    open.push(server);
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, journal };
  }

  it('is handed a message once, with both parts, our headers and the attachment', async () => {
    const { url, journal } = await smtp();
    expect(await createSmtpTransport({ url }).deliver(mail)).toEqual({
      kind: 'accepted',
      providerId: '<1@acme.example>',
    });
    expect(journal).toHaveLength(1);
    for (const part of [
      'Message-ID: <1@acme.example>',
      'List-Unsubscribe: <https://x.example>',
      'Reply-To: reply+abc@reply.acme.example',
      'Cc: cc@company.example',
      'Content-Type: text/plain',
      'Content-Type: text/html',
      'filename=a.txt',
    ]) {
      expect(journal[0]).toContain(part);
    }
  });

  it('that refuses has decided, for now or for good', async () => {
    const deliver = async (options: Parameters<typeof smtp>[0]) =>
      createSmtpTransport(await smtp(options)).deliver(mail);
    expect(await deliver({ rcpt: 550 })).toEqual({ kind: 'refused', code: 'SMTP_550' });
    expect(await deliver({ rcpt: 451 })).toEqual({ kind: 'later', code: 'SMTP_451' });
    expect(await deliver({ data: 554 })).toEqual({ kind: 'refused', code: 'SMTP_554' });
    const url = `smtp://127.0.0.1:${await deadPort()}`;
    expect(await createSmtpTransport({ url }).deliver(mail)).toEqual({ kind: 'later', code: 'SMTP_UNREACHABLE' });
  });

  it('that is cut off after the text may have taken it: nobody knows', async () => {
    const { url, journal } = await smtp({ data: 'cut' });
    await expect(createSmtpTransport({ url }).deliver(mail)).rejects.toThrow();
    expect(journal).toHaveLength(1);
  });
});
