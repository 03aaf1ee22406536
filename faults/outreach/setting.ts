import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../../dev/host.ts';
import { CLAIM_SECONDS } from '../../domain/platform/send.rules.ts';
import type { TestDatabase } from '../../test/database.ts';
import type { TestOrganization } from '../../test/http/harness.ts';
import type { Answer, Caller } from '../lib/caller.ts';
import type { Product } from '../lib/product.ts';
import type { JournalEntry, Provider } from '../lib/provider.ts';
import { mailOf } from '../lib/sendgrid.ts';
import type { World } from '../lib/world.ts';
import { AUTH_TOKEN, textOf } from './twilio.ts';

/** An organization that may send, as the trials of this suite need it. */
export interface Setting {
  readonly world: World;
  readonly product: Product;
  readonly organization: TestOrganization;
  readonly call: Caller;
  readonly senderId: string;
  /** Of the addresses that providers call. */
  readonly token: string;
  readonly privateKey: KeyObject;
}

export async function arrange(world: World, product: Product): Promise<Setting> {
  const organization = await world.createOrganization();
  const call = world.caller(product, organization);
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const { json, status } = await call('POST', '/api/v1/senders', {
    name: 'Ada of Acme',
    email: 'ada@acme.example',
    postalAddress: '1 Main Street, Springfield',
    eventPublicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  });
  if (status !== 201) throw new Error(`No sender: ${JSON.stringify(json)}`);
  return { world, product, organization, call, senderId: json.data.id, token: json.data.webhookToken, privateKey };
}

/** People with an address and a number of their own, who have agreed to texts; `name` makes both unique. */
export async function people(
  { owner }: Pick<TestDatabase, 'owner'>,
  organizationId: string,
  count: number,
  name: string,
): Promise<{ id: string; email: string; phone: string }[]> {
  const prefix = 2_000_000 + [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 7_000_000, 7);
  const rows = await owner<{ id: string; email: string; phone: string }[]>`
    insert into prospects (organization_id, email, email_key, phone, phone_key, first_name, time_zone)
    select ${organizationId}, a.email, a.email, a.phone, a.phone, 'Ada', 'Etc/UTC'
    from (select ${name} || n || '@company.example' as email, '+1415' || (${prefix}::integer + n)::text as phone
          from generate_series(1, ${count}::integer) n) a
    returning id, email, phone`;
  await owner`
    insert into contact_consents (organization_id, prospect_id, channel, status, source, occurred_at)
    select ${organizationId}, id, 'sms', 'granted', 'form', now() - interval '1 day'
    from unnest(${rows.map(({ id }) => id)}::uuid[]) id`;
  return [...rows];
}

/** So many people of their own, enrolled in a cadence of this one step. */
export async function enrolledInOneStep(
  { world, call, organization }: Setting,
  step: Readonly<Record<string, string>>,
  { count, name }: { readonly count: number; readonly name: string },
): Promise<void> {
  const persons = await people(world.database, organization.organizationId, count, name);
  const cadence = await call('POST', '/api/v1/cadences', {
    name: 'One step',
    isActive: true,
    settings: { businessHours: { enabled: false } },
    steps: [step],
  });
  const prospectIds = persons.map(({ id }) => id);
  const { json } = await call('POST', `/api/v1/cadences/${cadence.json.data.id}/enroll`, { prospectIds });
  if (json.data?.enrolledCount !== count) throw new Error(`Not everybody was enrolled: ${JSON.stringify(json)}`);
}

/** Nobody is held back by hours or by how often they were touched: a trial is about something else. */
export async function withoutCaps({ call }: Setting): Promise<void> {
  const contactHours = { email: null, sms: null, call: null, linkedin: null };
  const caps = { perPersonPerDay: null, perPersonPerWeek: null, perAccountPerDay: null };
  const { status, text } = await call('PUT', '/api/v1/contact-policy', { ...caps, contactHours });
  if (status !== 200) throw new Error(`The policy was not changed: ${text}`);
}

export type SendGridEvent = Readonly<Record<string, unknown>>;

/** As SendGrid posts them: signed over the time and the text as it goes. */
export async function postSendGridEvents(
  { call, token, privateKey }: Setting,
  events: readonly SendGridEvent[],
): Promise<Answer> {
  const text = JSON.stringify(events);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = sign('sha256', Buffer.from(timestamp + text), privateKey).toString('base64');
  const answer = await call('POST', `/api/v1/emails/webhook/sendgrid?token=${token}`, text, {
    'x-twilio-email-event-webhook-signature': signature,
    'x-twilio-email-event-webhook-timestamp': timestamp,
  });
  if (answer.status !== 200) throw new Error(`Events were refused: ${answer.text}`);
  return answer;
}

/** The address that Twilio calls carries the id of the text, and its signature covers both. */
export async function postTwilio(
  { call, product, token }: Pick<Setting, 'call' | 'product' | 'token'>,
  fields: Readonly<Record<string, string>>,
  sendId?: string,
): Promise<Answer> {
  const path = `/api/v1/sms/webhook/twilio?${new URLSearchParams({ token, ...(sendId ? { send: sendId } : {}) })}`;
  const signed = Object.keys(fields)
    .sort()
    .reduce((sum, name) => sum + name + fields[name], `${product.url}${path}`);
  return call('POST', path, new URLSearchParams({ ...fields }).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': createHmac('sha1', AUTH_TOKEN).update(signed, 'utf8').digest('base64'),
  });
}

/** When the claim of whoever handed a message over has run out: until then only their own words are known. */
const AFTER_THE_CLAIM_MS = (CLAIM_SECONDS + 5) * 1_000;

/**
 * Tells of what a stand-in has taken, as the provider would, until it is stopped: of some a little later, of each `everyLate`th
 * so late that somebody else has found the message by then.
 */
export function tellOf(
  provider: Provider,
  { soonMs, everyLate }: { readonly soonMs: number; readonly everyLate?: number },
  tell: (taken: readonly JournalEntry[]) => Promise<unknown>,
): { stop(): Promise<void> } {
  const told = new Set<JournalEntry>();
  let stopped = false;
  const delayOf = (index: number) => (everyLate && index % everyLate === 0 ? AFTER_THE_CLAIM_MS : soonMs);
  const loop = (async () => {
    for (;;) {
      const last = stopped;
      const due = provider.journal.filter(
        (entry, index) => !told.has(entry) && (last || entry.at + delayOf(index) <= performance.now()),
      );
      for (const entry of due) told.add(entry);
      const taken = due.filter((entry) => entry.taken);
      for (let from = 0; from < taken.length; from += 200) await tell(taken.slice(from, from + 200));
      if (last) return;
      await sleep(100);
    }
  })();
  return {
    async stop() {
      stopped = true;
      await loop;
    },
  };
}

export const delivered = ({ request }: JournalEntry): SendGridEvent => {
  const { sendId, to } = mailOf(request)!;
  const timestamp = Math.floor(Date.now() / 1000);
  return { event: 'delivered', email: to, timestamp, sg_event_id: `delivered-${sendId}`, send_id: sendId };
};

export const tellDelivered = (setting: Setting) => (taken: readonly JournalEntry[]) =>
  postSendGridEvents(setting, taken.map(delivered));

export const tellTwilio = (setting: Setting) => async (taken: readonly JournalEntry[]) => {
  for (const { request } of taken) {
    const { sendId } = textOf(request)!;
    await postTwilio(setting, { MessageSid: `SM${sendId}`, MessageStatus: 'delivered' }, sendId);
  }
};

/** So long without any news means that nobody tells of what is left. */
const QUIET_MS = 15_000;

/**
 * Waits until every send has come to its end, and what is asked for beside them is there: whatever is still to be planned is
 * no send yet. For those that stay in the dark, the quarter of an hour in which their
 * provider may still tell is passed over by moving their next look, once nothing else is left and nothing comes any more.
 */
export async function settled(
  { world }: Pick<Setting, 'world'>,
  seconds = 120,
  also: () => Promise<boolean> | boolean = () => true,
): Promise<{ movedOn: number }> {
  const { owner } = world.database;
  let movedOn = 0;
  let seen = '';
  let since = performance.now();
  const isDone = async () => {
    const [row] = await owner<[{ open: string[]; waiting: string[] }]>`
      select coalesce(array_agg(id order by id), '{}') as open,
             coalesce(array_agg(id) filter (where state = 'unknown' and error_code = 'WAITING_FOR_EVENTS'), '{}') as waiting
      from sends where settled_at is null`;
    const now = row.open.join();
    if (now !== seen) {
      seen = now;
      since = performance.now();
    }
    if (row.waiting.length > 0 && row.open.length === row.waiting.length && performance.now() > since + QUIET_MS) {
      const moved = await owner`
        update sends set next_attempt_at = now()
        where id = any(${row.waiting}::uuid[]) and next_attempt_at > now() + interval '1 minute'`;
      movedOn += moved.count;
    }
    return row.open.length === 0 && (await also());
  };
  if (!(await waitUntil(isDone, seconds * 1_000, 250))) world.report(`Sends are open after ${seconds} s`);
  return { movedOn };
}

/** How often each state and code of sends occurs. */
export async function states({ owner }: Pick<TestDatabase, 'owner'>): Promise<Record<string, number>> {
  const rows = await owner<{ name: string; count: number }[]>`
    select state || coalesce(' ' || coalesce(suppressed_by, error_code), '') as name, count(*)::integer as count
    from sends group by 1 order by 1`;
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}
