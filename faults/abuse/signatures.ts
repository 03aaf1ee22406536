import { createHmac, generateKeyPairSync, sign as signWith } from 'node:crypto';
import twilio from 'twilio';
import type { TestOrganization } from '../../test/http/harness.ts';
import type { Trial } from '../lib/trial.ts';
import { type AbuseApp, dataOf, openApp, TWILIO_TOKEN } from './app.ts';

type Headers = Record<string, string>;

/** A route that takes signed deliveries, and how its provider signs. */
interface SignedRoute {
  readonly name: string;
  readonly path: string;
  readonly contentType?: string;
  readonly text: string;
  /** Headers of a delivery with this text, key and time. */
  sign(text: string, options?: { key?: string; at?: number; digest?: string }): Headers;
  /** Names the header that holds the signature. */
  readonly header: string;
  /** The time is part of what is signed. */
  readonly isTimed: boolean;
}

const seconds = () => Math.floor(Date.now() / 1_000);
const bytesOf = (secret: string) =>
  secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);
const hex = (key: string, text: string, digest = 'sha256') =>
  createHmac(digest, bytesOf(key)).update(text).digest('hex');

async function routesOf(app: AbuseApp, org: TestOrganization): Promise<SignedRoute[]> {
  const post = async (path: string, body: object) => dataOf(await app.call(org, 'POST', path, { body }));
  const tenant = { 'x-tenant-id': org.organizationId };
  const timed = (name: string, path: string, header: string, secret: string, body: object): SignedRoute => ({
    name,
    path,
    header,
    text: JSON.stringify(body),
    isTimed: true,
    sign(text, { key = secret, at = seconds(), digest = 'sha256' } = {}) {
      return { ...tenant, [header]: `t=${at},v1=${hex(key, `${at}.${text}`, digest)}` };
    },
  });
  const call = { event: 'call.started', event_id: 'e1', call_id: 'c1', occurred_at: new Date().toISOString() };
  const convin = (await post('/v1/integrations', { platform: 'convin' })).webhook_secret as string;
  const telephony = (await post('/v1/integrations', { platform: 'telephony' })).webhook_secret as string;
  const secretOf = async (provider: string, credentials: object) => {
    const body = {
      provider,
      credentials: {
        ...credentials,
        webhookSecret: `whsec_${Buffer.from(`${provider} of ${org.organizationId}`).toString('base64')}`,
      },
    };
    await post('/api/v1/integrations/install', body);
    return body.credentials.webhookSecret;
  };
  const stripe = await secretOf('stripe', { apiKey: 'sk_test_stand_in' });
  const segment = await secretOf('segment', { writeKey: 'key' });
  const keys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const others = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const sender = await post('/api/v1/senders', {
    name: 'Ada',
    email: 'ada@acme.example',
    eventPublicKey: keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  });
  const { webhookToken: token } = sender;
  const smsPath = `/api/v1/sms/webhook/twilio?token=${token}`;
  const standard: SignedRoute = {
    ...timed('telephony (Standard Webhooks)', '/v1/webhooks/telephony', 'webhook-signature', telephony, {
      ...call,
      event_id: 'e3',
    }),
    sign(text, { key = telephony, at = seconds(), digest = 'sha256' } = {}) {
      const mac = createHmac(digest, bytesOf(key)).update(`m1.${at}.${text}`).digest('base64');
      return { ...tenant, 'webhook-id': 'm1', 'webhook-timestamp': String(at), 'webhook-signature': `v1,${mac}` };
    },
  };
  return [
    timed('convin', '/v1/webhooks/convin', 'x-convin-signature', convin, call),
    standard,
    timed('stripe', '/api/v1/integrations/webhook/stripe', 'stripe-signature', stripe, {
      id: 'evt_1',
      type: 'charge.succeeded',
    }),
    {
      name: 'segment',
      path: '/api/v1/integrations/webhook/segment',
      header: 'x-signature',
      text: JSON.stringify({
        type: 'track',
        event: 'Signed Up',
        messageId: 'm1',
        userId: 'u1',
        timestamp: new Date().toISOString(),
      }),
      isTimed: false,
      sign: (text, { key = segment, digest = 'sha1' } = {}) => ({
        ...tenant,
        'x-signature': createHmac(digest, key).update(text).digest('hex'),
      }),
    },
    {
      name: 'sendgrid',
      path: `/api/v1/emails/webhook/sendgrid?token=${token}`,
      header: 'x-twilio-email-event-webhook-signature',
      text: JSON.stringify([{ email: 'a@b.example', timestamp: seconds(), event: 'delivered', sg_event_id: 'sg-1' }]),
      isTimed: true,
      sign(text, { key, at = seconds(), digest = 'sha256' } = {}) {
        const pair = key === undefined ? keys : others;
        return {
          'x-twilio-email-event-webhook-timestamp': String(at),
          'x-twilio-email-event-webhook-signature': signWith(
            digest,
            Buffer.from(`${at}${text}`),
            pair.privateKey,
          ).toString('base64'),
        };
      },
    },
    {
      name: 'twilio',
      path: smsPath,
      contentType: 'application/x-www-form-urlencoded',
      header: 'x-twilio-signature',
      text: 'MessageSid=SM0123456789abcdef0123456789abcdef&From=%2B14155550134&To=%2B14155550100&Body=Hello',
      isTimed: false,
      sign(text, { key = TWILIO_TOKEN, digest = 'sha1' } = {}) {
        const fields = Object.fromEntries(new URLSearchParams(text));
        const url = `http://127.0.0.1:8080${smsPath}`;
        const right = twilio.getExpectedTwilioSignature(key, url, fields);
        const sorted = Object.keys(fields)
          .sort()
          .reduce((sum, name) => sum + name + fields[name], url);
        return {
          'x-twilio-signature': digest === 'sha1' ? right : createHmac(digest, key).update(sorted).digest('base64'),
        };
      },
    },
  ];
}

/** Everything that must not get in, made from what does. */
function forgeries(
  route: SignedRoute,
  foreign: SignedRoute,
): { what: string; headers: Headers; text?: string; path?: string }[] {
  const { text, header, sign } = route;
  const right = sign(text);
  const { [header]: signature, ...unsigned } = right;
  const isJson = route.contentType === undefined;
  const swapped = sign(text, { digest: right[header]?.length === 40 ? 'sha256' : 'sha512' });
  return [
    { what: 'no signature', headers: unsigned },
    { what: 'an empty one', headers: { ...right, [header]: '' } },
    { what: 'garbage', headers: { ...right, [header]: 'garbage' } },
    { what: 'zeros', headers: { ...right, [header]: signature!.replaceAll(/[1-9a-f]/g, '0') } },
    { what: 'a cut one', headers: { ...right, [header]: signature!.slice(0, -4) } },
    { what: 'another key', headers: sign(text, { key: `whsec_${Buffer.from('another key').toString('base64')}` }) },
    { what: 'an empty key', headers: sign(text, { key: 'whsec_' }) },
    {
      what: "another organization's key",
      headers: { ...foreign.sign(text), ...('x-tenant-id' in right ? { 'x-tenant-id': right['x-tenant-id']! } : {}) },
    },
    { what: 'one byte more', headers: right, text: `${text} ` },
    { what: 'another algorithm', headers: swapped },
    ...(isJson
      ? [{ what: 'the JSON written anew', headers: right, text: JSON.stringify(JSON.parse(text), null, 1) }]
      : []),
    ...(route.isTimed
      ? [
          { what: 'an hour old', headers: sign(text, { at: seconds() - 3_600 }) },
          { what: 'from the next hour', headers: sign(text, { at: seconds() + 3_600 }) },
        ]
      : []),
  ];
}

/** A4: forged and repeated deliveries at every route that takes signed ones. */
export const forgedSignatures: Trial = {
  id: 'A4',
  title: 'forged and replayed signatures at every webhook route',
  guarantee: 'A forged delivery is a 401 and leaves no row, a repeated one a 2xx without a further effect.',
  async run(world) {
    const app = openApp(world.database);
    const { owner } = world.database;
    const [ours, theirs] = [await app.organization(), await app.organization()];
    const [routes, foreign] = [await routesOf(app, ours), await routesOf(app, theirs)];
    const rows = async () => {
      const [row] = await owner<[{ count: number }]>`
        select (select count(*) from webhook_inbox)::int + (select count(*) from outreach_inbox)::int + (select count(*) from ticket_inbox)::int as count`;
      return row.count;
    };
    const send = (route: SignedRoute, headers: Headers, text = route.text) =>
      app.call(null, 'POST', route.path, {
        text,
        headers: { 'content-type': route.contentType ?? 'application/json', ...headers },
      });
    let [trials, answers500, replayEffects, validRefused] = [0, 0, 0, 0];
    const wrong: string[] = [];
    for (const [index, route] of routes.entries()) {
      const before = await rows();
      for (const { what, headers, text } of forgeries(route, foreign[index]!)) {
        trials += 1;
        const { status } = await send(route, headers, text);
        if (status >= 500) answers500 += 1;
        if (status !== 401) wrong.push(`${route.name}, ${what}: ${status}`);
      }
      const forged = (await rows()) - before;
      if (forged > 0) wrong.push(`${route.name} stored ${forged} rows of forged deliveries`);
      const first = await send(route, route.sign(route.text));
      if (first.status < 200 || first.status > 299) {
        validRefused += 1;
        wrong.push(`${route.name}, valid: ${first.status} ${first.text.slice(0, 120)}`);
      }
      const after = await rows();
      for (let again = 0; again < 5; again++) {
        trials += 1;
        const { status } = await send(route, route.sign(route.text));
        if (status < 200 || status > 299) wrong.push(`${route.name}, repeated: ${status}`);
      }
      replayEffects += (await rows()) - after;
    }
    return {
      trials,
      counts: { accepted: wrong.length, answers500, replayEffects, validRefused },
      notes: {
        routes: routes.map(({ name }) => name).join(', '),
        ...(wrong.length > 0 ? { first: wrong.slice(0, 8).join(' | ') } : {}),
      },
    };
  },
};
