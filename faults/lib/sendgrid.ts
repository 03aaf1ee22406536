import { type Provider, type ProviderRequest, startProvider } from './provider.ts';

/** What SendGrid sees of a mail. */
export interface SendGridMail {
  readonly sendId: string;
  readonly organizationId: string;
  readonly to: string;
}

/** The ids that the product puts on a mail; null for anything else. */
export function mailOf({ path, body }: ProviderRequest): SendGridMail | null {
  const one = path.endsWith('/v3/mail/send') ? body?.personalizations?.[0] : undefined;
  if (!one?.custom_args?.send_id) return null;
  return { sendId: one.custom_args.send_id, organizationId: one.custom_args.tenant_id, to: one.to[0].email };
}

/** SendGrid's v3 API on this machine; its journal is by the product's send id. */
export const startSendGrid = (): Promise<Provider> =>
  startProvider({
    keyOf: (request) => mailOf(request)?.sendId ?? null,
    answer: (request) => ({
      status: 202,
      headers: { 'x-message-id': `sg-${mailOf(request)?.sendId}` },
      body: '',
    }),
  });

/** Configuration of the product's processes that makes it their mail provider. */
export const sendGridEnv = (url: string): Record<string, string> => ({
  SENDGRID_API_KEY: 'SG.a-key-of-a-stand-in',
  SENDGRID_BASE_URL: url,
  OUTREACH_ALLOW_UNVERIFIED: 'true',
});
