import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookScheme } from '../../../domain/integrations/provider.rules.ts';
import { SIGNATURE_TOLERANCE_SECONDS } from '../../../domain/integrations/telephony.rules.ts';

/** A delivery as it came over the wire. */
export interface SignedRequest {
  header(name: string): string | undefined;
  /** The body to the byte. */
  readonly text: string;
  readonly now: Date;
}

/** `static`: a fixed token, which says who sends and nothing about what. */
export type Proof = 'signature' | 'static';

/**
 * How the delivery proves where it comes from; null when it does not. The first scheme whose header is there is the one
 * that counts: a wrong signature is not healed by a right token.
 */
export function proofOf(request: SignedRequest, secrets: readonly string[], kind: WebhookScheme): Proof | null {
  const scheme = SCHEMES[kind].find(({ header }) => request.header(header) !== undefined);
  if (scheme) return secrets.some((secret) => scheme.holds(request, secret)) ? 'signature' : null;
  if (SIGNED_ALONE.has(kind)) return null;
  const token = /^Bearer +(\S+)$/i.exec(request.header('authorization') ?? '')?.[1];
  return token !== undefined && secrets.some((secret) => sameBytes(Buffer.from(token), Buffer.from(secret)))
    ? 'static'
    : null;
}

interface Scheme {
  /** Its presence says that the delivery is signed this way. */
  readonly header: string;
  holds(request: SignedRequest, secret: string): boolean;
}

/** Providers that always sign: a token in their place is somebody else's. */
const SIGNED_ALONE: ReadonlySet<WebhookScheme> = new Set(['stripe', 'segment']);

/** `t=<unix>,v1=<hex>`, several v1 while a secret is being replaced. */
function timestamped(name: string): Scheme {
  return {
    header: name,
    holds({ header, text, now }, secret) {
      const parts = (header(name) ?? '').split(',').map((part) => part.trim().split('='));
      const timestamps = parts.filter(([name]) => name === 't').map(([, value]) => value);
      const signatures = parts.filter(([name]) => name === 'v1').flatMap(([, value]) => value ?? []);
      if (timestamps.length !== 1 || !isRecent(timestamps[0], now)) return false;
      return keysOf(secret).some((key) => signatures.some((hex) => isHexOf(hex, key, `${timestamps[0]}.${text}`)));
    },
  };
}

const CALLS: readonly Scheme[] = [
  timestamped('x-convin-signature'),
  {
    // Standard Webhooks: `v1,<base64>` over id, timestamp and body; several, parted by spaces.
    header: 'webhook-signature',
    holds({ header, text, now }, secret) {
      const [id, timestamp] = [header('webhook-id'), header('webhook-timestamp')];
      if (id === undefined || !isRecent(timestamp, now)) return false;
      const [key] = keysOf(secret);
      // Compared as text: base64 can be misspelled without changing its bytes.
      const right = Buffer.from(`v1,${hmac(key!, `${id}.${timestamp}.${text}`).toString('base64')}`);
      const given = (header('webhook-signature') ?? '').split(' ');
      return given.some((part) => sameBytes(Buffer.from(part), right));
    },
  },
  {
    header: 'x-signature',
    holds({ header, text, now }, secret) {
      const timestamp = header('x-timestamp');
      if (!isRecent(timestamp, now)) return false;
      const hex = (header('x-signature') ?? '').replace(/^sha256=/, '');
      return keysOf(secret).some((key) => isHexOf(hex, key, `${timestamp}.${text}`));
    },
  },
];

/** Hex HMAC-SHA1 of the body, as Segment's webhooks have it: old, but without a key nobody makes one. */
const SEGMENT: Scheme = {
  header: 'x-signature',
  holds({ header, text }, secret) {
    const right = createHmac('sha1', secret).update(text).digest('hex');
    return sameBytes(Buffer.from((header('x-signature') ?? '').toLowerCase()), Buffer.from(right));
  },
};

const SCHEMES: Readonly<Record<WebhookScheme, readonly Scheme[]>> = {
  calls: CALLS,
  stripe: [timestamped('stripe-signature')],
  segment: [SEGMENT],
  bearer: [],
};

/**
 * `whsec_` marks base64, anything else is its own bytes. Tools that sign in the manner of Stripe take the text as it is,
 * prefix and all; both readings need the same secret.
 */
function keysOf(secret: string): Buffer[] {
  const asText = Buffer.from(secret);
  return secret.startsWith('whsec_') ? [Buffer.from(secret.slice('whsec_'.length), 'base64'), asText] : [asText];
}

const hmac = (key: Buffer, content: string): Buffer => createHmac('sha256', key).update(content).digest();

const isHexOf = (hex: string, key: Buffer, content: string): boolean =>
  /^[0-9a-f]{64}$/i.test(hex) && sameBytes(Buffer.from(hex, 'hex'), hmac(key, content));

const sameBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

/** Old ones are replays, future ones would be replays later. @param seconds unix time as text */
function isRecent(seconds: string | undefined, now: Date): boolean {
  if (seconds === undefined || !/^\d{1,12}$/.test(seconds)) return false;
  return Math.abs(now.getTime() / 1000 - Number(seconds)) <= SIGNATURE_TOLERANCE_SECONDS;
}
