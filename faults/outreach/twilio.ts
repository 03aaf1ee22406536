import { type Provider, type ProviderRequest, startProvider } from '../lib/provider.ts';

const ACCOUNT = `AC${'0'.repeat(32)}`;
export const AUTH_TOKEN = 'the-token-of-a-stand-in';

/** What Twilio sees of a text; its callback carries the product's id. */
export function textOf({ path, text }: ProviderRequest): { sendId: string; to: string } | null {
  if (!path.endsWith('/Messages.json')) return null;
  const fields = new URLSearchParams(text);
  const sendId = new URL(fields.get('StatusCallback') ?? 'http://nowhere').searchParams.get('send');
  return sendId === null ? null : { sendId, to: fields.get('To') ?? '' };
}

/** Twilio's messages on this machine; its journal is by the product's send id. */
export const startTwilio = (): Promise<Provider> =>
  startProvider({
    keyOf: (request) => textOf(request)?.sendId ?? null,
    answer: (request) => ({ status: 201, body: { sid: `SM${textOf(request)?.sendId}`, status: 'queued' } }),
  });

/** Configuration of the product's processes that makes it their way for texts. */
export const twilioEnv = (url: string): Record<string, string> => ({
  TWILIO_ACCOUNT_SID: ACCOUNT,
  TWILIO_AUTH_TOKEN: AUTH_TOKEN,
  TWILIO_PHONE_NUMBER: '+14155550100',
  TWILIO_BASE_URL: url,
});
