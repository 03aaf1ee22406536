import type { MachineReason } from './machine.rules.ts';

/** What a provider tells of a message, in our words. */
export interface ProviderEvent {
  readonly type: 'delivered' | 'deferred' | 'dropped' | 'open' | 'click' | 'bounce' | 'unsubscribe' | 'spam';
  readonly sendId: string | null;
  readonly providerId: string | null;
  readonly address: string | null;
  readonly occurredAt: Date;
  readonly statusCode: string | null;
  readonly reason: string | null;
  readonly bounce: 'hard' | 'soft' | null;
  /** Of a message that the provider did not send: why. */
  readonly stop: 'hard_bounce' | 'complaint' | 'invalid' | 'unsubscribed' | null;
  readonly userAgent: string | null;
  readonly ipAddress: string | null;
  readonly url: string | null;
  readonly machine: MachineReason | null;
}

const TYPES: Readonly<Record<string, ProviderEvent['type']>> = {
  delivered: 'delivered',
  deferred: 'deferred',
  dropped: 'dropped',
  open: 'open',
  click: 'click',
  bounce: 'bounce',
  spamreport: 'spam',
  unsubscribe: 'unsubscribe',
  group_unsubscribe: 'unsubscribe',
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * An event of SendGrid's webhook, whose custom arguments stand beside its own fields. Null for what tells nothing of a
 * message's fate (`processed`, account events) and for what has no time.
 */
export function readSendGridEvent(event: Readonly<Record<string, unknown>>): ProviderEvent | null {
  const text = (name: string, max = 500): string | null => {
    const value = event[name];
    return typeof value === 'string' && value !== '' ? value.replaceAll('\0', '').slice(0, max) : null;
  };
  const type = TYPES[text('event') ?? ''];
  const seconds = Number(event.timestamp);
  if (type === undefined || !Number.isFinite(seconds) || seconds <= 0 || seconds > 8e9) return null;
  const sendId = text('send_id');
  const reason = text('reason') ?? text('response');
  return {
    type,
    sendId: sendId !== null && UUID.test(sendId) ? sendId.toLowerCase() : null,
    // The id of the hand-over is the beginning of the one in events.
    providerId: text('sg_message_id')?.split('.')[0] ?? null,
    address: text('email', 320)?.toLowerCase() ?? null,
    occurredAt: new Date(seconds * 1000),
    statusCode: text('status', 20),
    reason,
    bounce: type === 'bounce' ? bounceType(text('type'), text('status', 20)) : null,
    stop: type === 'dropped' ? stopOf(reason ?? '') : null,
    userAgent: text('useragent'),
    ipAddress: text('ip', 64),
    url: text('url', 2_000),
    machine: event.sg_machine_open === true ? 'prefetch' : null,
  };
}

/** SendGrid calls a permanent failure `bounce` and a refusal that may pass `blocked`; full mailboxes may pass, too. */
function bounceType(type: string | null, status: string | null): 'hard' | 'soft' {
  if (type === 'blocked' || status?.startsWith('4') || status === '5.2.2' || /^5\.7\./.test(status ?? ''))
    return 'soft';
  return 'hard';
}

function stopOf(reason: string): ProviderEvent['stop'] {
  if (/bounced/i.test(reason)) return 'hard_bounce';
  if (/spam report/i.test(reason)) return 'complaint';
  if (/invalid/i.test(reason)) return 'invalid';
  return /unsubscribed/i.test(reason) ? 'unsubscribed' : null;
}

/** A temporary failure is tried again after these, in minutes; then it counts as final. */
export const SOFT_BOUNCE_RETRY_MINUTES: readonly number[] = [60, 240, 1_440];

/** Twilio's words for the way of a text message; a later word never takes an earlier rank back. */
export const SMS_RANK = { queued: 1, sent: 2, delivered: 3, undelivered: 3, failed: 3 } as const;
export type SmsDelivery = keyof typeof SMS_RANK;

const SMS_STATUS: Readonly<Record<string, SmsDelivery>> = {
  accepted: 'queued',
  scheduled: 'queued',
  queued: 'queued',
  sending: 'queued',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  partially_delivered: 'delivered',
  undelivered: 'undelivered',
  failed: 'failed',
  canceled: 'failed',
};
export const smsDelivery = (status: string): SmsDelivery | null => SMS_STATUS[status.toLowerCase()] ?? null;

/** Twilio's codes for a number that has opted out or that no message reaches. */
export const SMS_STOP_CODES: ReadonlySet<string> = new Set(['21610']);

export type SmsKeyword = 'stop' | 'start' | 'help';
const KEYWORDS: readonly (readonly [SmsKeyword, RegExp])[] = [
  ['stop', /^(?:stop|stopall|unsubscribe|cancel|end|quit|revoke|optout|opt out|stopp|arret|arrêt|alto)$/],
  ['start', /^(?:start|yes|unstop)$/],
  ['help', /^(?:help|info|hilfe|aide)$/],
];
/** By any reasonable means: a whole sentence that asks for it ends it, too. */
const STOP_SENTENCE =
  /\b(?:stop|quit)\s+(?:texting|messaging|contacting|sending|calling)\b|\b(?:do not|don['’]t|never)\s+(?:text|contact|message)\b|\bremove (?:me|my number)\b|\bopt(?:ing)? ?-?out\b|\bunsubscribe me\b/i;

/** What an incoming text asks for; null: it is an answer. */
export function smsKeyword(body: string): SmsKeyword | null {
  const word = body
    .trim()
    .toLowerCase()
    .replace(/[.!"'*]+/g, '')
    .trim();
  const keyword = KEYWORDS.find(([, pattern]) => pattern.test(word))?.[0];
  return keyword ?? (STOP_SENTENCE.test(body) ? 'stop' : null);
}
