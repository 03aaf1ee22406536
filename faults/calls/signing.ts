import { createHmac } from 'node:crypto';

export type Headers = Readonly<Record<string, string>>;
/** Headers that prove `text`; `seconds`: unix time that is signed with it, where the form has one. */
export type Sign = (secret: string, text: string, seconds: number) => Headers;

const keyOf = (secret: string): Buffer =>
  secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);
const hex = (secret: string, content: string): string =>
  createHmac('sha256', keyOf(secret)).update(content).digest('hex');
const timed =
  (header: string): Sign =>
  (secret, text, seconds) => ({ [header]: `t=${seconds},v1=${hex(secret, `${seconds}.${text}`)}` });

/** As providers document it, written from their documents and not from the product's code. */
export const SIGNATURES = {
  convin: timed('x-convin-signature'),
  stripe: timed('stripe-signature'),
  plain: (secret, text, seconds) => ({
    'x-timestamp': String(seconds),
    'x-signature': hex(secret, `${seconds}.${text}`),
  }),
  standard: (secret, text, seconds) => ({
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${createHmac('sha256', keyOf(secret)).update(`msg_1.${seconds}.${text}`).digest('base64')}`,
  }),
  segment: (secret, text) => ({ 'x-signature': createHmac('sha1', secret).update(text).digest('hex') }),
  bearer: (secret) => ({ authorization: `Bearer ${secret}` }),
} as const satisfies Readonly<Record<string, Sign>>;

export const nowSeconds = (): number => Math.floor(Date.now() / 1000);
