import { createHash, createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import { sql } from 'kysely';
import { AppError } from '../../../domain/core/errors.ts';
import type { Db } from '../../../schema/db.ts';
import { type Ctx, committedRefusal, SYSTEM_PRINCIPAL, verb } from '../../core/context.ts';
import type { Secrets } from '../../core/secrets.ts';
import { inTransaction } from '../../core/transaction.ts';
import { holdContacts, settleDispatches } from '../governance/index.ts';
import { linkReader, linkSigner, organizationOfLink } from '../links.ts';
import type { OutreachTools } from '../tools.ts';
import { type InboundFile, keepFiles } from './inbound-attachments.ts';
import { addressesOfAnswer, understandMail } from './read-mail.ts';

const refused = (code: string, message: string) =>
  new AppError('unauthorized', code, message, {
    hint: 'Use the address that GET /senders/{id} shows, and sign as the provider does.',
  });

export interface Source {
  readonly organizationId: string;
  /** Null: the organization as a whole, where it has no sender. */
  readonly senderId: string | null;
  readonly eventPublicKey: string | null;
}

/** Whose address a provider calls. @throws AppError unauthorized `INVALID_TOKEN`. */
export async function openSource(db: Db, tools: OutreachTools, token: string | undefined, now: Date): Promise<Source> {
  try {
    const organizationId = organizationOfLink(token ?? '');
    const scope = { organizationId, principal: SYSTEM_PRINCIPAL, now };
    return await inTransaction(
      db,
      scope,
      async (ctx) => {
        const { id: senderId } = (await linkReader(ctx, tools.mailing.secrets)).open(token!, 'events');
        if (senderId === organizationId) return { organizationId, senderId: null, eventPublicKey: null };
        const row = await ctx.tx
          .selectFrom('senders')
          .select('event_public_key')
          .where('organization_id', '=', organizationId)
          .where('id', '=', senderId)
          .where('deleted_at', 'is', null)
          .executeTakeFirst();
        if (!row) throw refused('INVALID_TOKEN', 'The sender of this address is gone.');
        return { organizationId, senderId, eventPublicKey: row.event_public_key };
      },
      { readOnly: true },
    );
  } catch (error) {
    if (error instanceof AppError && error.kind === 'not_found') {
      throw refused('INVALID_TOKEN', 'The address has no token, or one that nobody has signed.');
    }
    throw error;
  }
}

const WINDOW_MS = 600_000;

/**
 * SendGrid's signature: ECDSA over the time and the text as it came.
 * @throws AppError unauthorized `INVALID_SIGNATURE`, `STALE_SIGNATURE`, `SIGNATURE_REQUIRED`
 */
export function requireSendGridSignature(
  source: Source,
  tools: Pick<OutreachTools, 'requireSignedEvents'>,
  request: { text: string; signature: string | undefined; timestamp: string | undefined; now: Date },
): void {
  if (source.eventPublicKey === null) {
    if (!tools.requireSignedEvents) return;
    throw refused('SIGNATURE_REQUIRED', 'The sender has no eventPublicKey; set it with PUT /senders/{id}.');
  }
  const { text, signature = '', timestamp = '' } = request;
  const isSigned = (() => {
    try {
      const key = createPublicKey({ key: Buffer.from(source.eventPublicKey, 'base64'), format: 'der', type: 'spki' });
      return verify('sha256', Buffer.from(timestamp + text), key, Buffer.from(signature, 'base64'));
    } catch {
      return false;
    }
  })();
  if (!isSigned) throw refused('INVALID_SIGNATURE', 'The signature does not belong to this body.');
  if (!(Math.abs(request.now.getTime() - Number(timestamp) * 1000) <= WINDOW_MS)) {
    throw refused('STALE_SIGNATURE', 'The signature is older than ten minutes, or from the future.');
  }
}

/** Twilio's signature: HMAC-SHA1 over the configured address and the sorted fields. @throws AppError unauthorized. */
export function requireTwilioSignature(
  tools: Pick<OutreachTools, 'requireSignedEvents' | 'twilioAuthToken'>,
  request: { url: string; fields: Readonly<Record<string, string>>; signature: string | undefined },
): void {
  const { twilioAuthToken } = tools;
  if (twilioAuthToken === null) {
    if (!tools.requireSignedEvents) return;
    throw refused('SIGNATURE_REQUIRED', 'TWILIO_AUTH_TOKEN is not set, so nothing can be checked.');
  }
  const { url, fields, signature = '' } = request;
  const text = Object.keys(fields)
    .sort()
    .reduce((sum, name) => sum + name + fields[name], url);
  const expected = createHmac('sha1', twilioAuthToken).update(text, 'utf8').digest();
  const given = Buffer.from(signature, 'base64');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw refused('INVALID_SIGNATURE', 'The signature does not belong to this address and body.');
  }
}

export interface Received {
  readonly received: number;
  readonly duplicates: number;
}

interface Entry {
  readonly key: string;
  readonly payload: object;
  /** Addresses that nothing is sent to by itself until this is worked off. */
  readonly holds?: readonly string[];
}

/** Once per key: whatever is sent again is known already. What it means is worked out afterwards. */
export async function storeInbox(
  ctx: Ctx,
  source: 'sendgrid' | 'mail' | 'twilio',
  senderId: string | null,
  entries: readonly Entry[],
): Promise<Received> {
  const { rows } = await sql`
    insert into outreach_inbox (id, source, event_key, sender_id, payload, holds, received_at, next_attempt_at)
    select uuidv7(), ${source}, e.key, ${senderId}::uuid, e.payload, e.holds, ${ctx.now}, ${ctx.now}
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e(key text, payload jsonb, holds text[])
    on conflict (organization_id, source, event_key) do nothing
    returning id`.execute(ctx.tx);
  return { received: rows.length, duplicates: entries.length - rows.length };
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Events by which a provider tells that somebody wants no more. */
const STOPS: ReadonlySet<unknown> = new Set(['unsubscribe', 'group_unsubscribe', 'spamreport']);

/**
 * SendGrid's events of messages, as they came. Those of people who want no more are acknowledged once nothing is on its way to
 * them. @throws AppError unavailable `MESSAGE_UNDER_WAY`: they are stored all the same
 */
export const receiveSendGridEvents = verb(
  { permission: null },
  async (
    ctx,
    { source, events }: { source: Source; events: readonly Readonly<Record<string, unknown>>[] },
  ): Promise<Received> => {
    const entries = events.map((event) => {
      const { sg_event_id: id, event: type, email } = event;
      const key = typeof id === 'string' && id !== '' ? id.slice(0, 200) : digest(JSON.stringify(event));
      return STOPS.has(type) && typeof email === 'string'
        ? { key, payload: event, holds: [email.toLowerCase().slice(0, 320)] }
        : { key, payload: event };
    });
    return storeHolding(ctx, 'sendgrid', source.senderId, entries);
  },
);

/** What of a mail is kept until it is worked off. */
const MAIL_FIELDS = ['headers', 'from', 'to', 'subject', 'text', 'html', 'envelope'] as const;
const MAX_FIELD = 100_000;

export interface InboundMailInput {
  readonly source: Source;
  readonly fields: Readonly<Record<string, string>>;
  readonly files?: readonly Omit<InboundFile, 'sizeBytes'>[];
  readonly secrets: Secrets;
}

/**
 * A mail that SendGrid's Inbound Parse hands over. Whoever has answered is sent nothing by itself from here on; that is
 * acknowledged once nothing is on its way. @throws AppError unavailable `MESSAGE_UNDER_WAY`: it is stored all the same
 */
export const receiveInboundMail = verb(
  { permission: null },
  async (ctx, { source, fields, files = [], secrets }: InboundMailInput): Promise<Received> => {
    const given = Object.fromEntries(
      MAIL_FIELDS.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name].slice(0, MAX_FIELD)]])),
    );
    const messageId = /^message-id:\s*(<[^>\s]{1,500}>)/im.exec(fields.headers ?? '')?.[1] ?? '';
    const key = digest(
      `${messageId}\n${fields.from ?? ''}\n${fields.subject ?? ''}\n${fields.text ?? fields.html ?? ''}`,
    );
    const understood = await understandMail(ctx, await linkSigner(ctx, secrets), given);
    const holds = understood === null ? [] : await addressesOfAnswer(ctx, understood);
    const isKnown = await findEntry(ctx, 'mail', key);
    const payload = { ...given, ...(isKnown ? {} : { attachments: await keepFiles(ctx, files) }) };
    return storeHolding(ctx, 'mail', source.senderId, [{ key, payload, holds }]);
  },
);

async function findEntry(ctx: Ctx, source: string, key: string): Promise<boolean> {
  const { rows } = await sql`
    select from outreach_inbox
    where organization_id = ${ctx.organizationId} and source = ${source} and event_key = ${key}`.execute(ctx.tx);
  return rows.length > 0;
}

/** Stores what may stop messages, and waits for those that are being handed over. */
async function storeHolding(
  ctx: Ctx,
  source: 'sendgrid' | 'mail',
  senderId: string | null,
  entries: readonly Entry[],
): Promise<Received> {
  const held = entries.flatMap(({ holds = [] }) => holds);
  await holdContacts(ctx, held);
  const received = await storeInbox(ctx, source, senderId, entries);
  const unsettled = held.length === 0 ? null : await settleDispatches(ctx, held);
  return unsettled ? committedRefusal(unsettled) : received;
}
