import { randomUUID } from 'node:crypto';
import { type Provider, startProvider } from './provider.ts';

/** Twilio's messages on this machine. Its requests carry the send's id in the address of their callback alone. */
export const startTwilio = (): Promise<Provider> =>
  startProvider({
    keyOf: ({ text }) => new URLSearchParams(text).get('StatusCallback')?.split('send=')[1] ?? null,
    answer: () => ({ status: 201, body: { sid: `SM${randomUUID().replaceAll('-', '')}`, status: 'queued' } }),
  });

export const twilioEnv = (url: string): Record<string, string> => ({
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'a-token-of-a-stand-in',
  TWILIO_PHONE_NUMBER: '+15005550001',
  TWILIO_BASE_URL: url,
});
