import type { MailTransport } from '../../domain/platform/mail.port.ts';
import { createSendGridTransport } from './sendgrid.ts';
import { createSmtpTransport } from './smtp.ts';
import { createTwilioTransport } from './twilio.ts';

export interface MessageProviders {
  readonly sendgrid: { readonly apiKey: string | undefined; readonly baseUrl: string | undefined };
  readonly smtp: { readonly url: string | undefined };
  readonly twilio: {
    readonly accountSid: string | undefined;
    readonly authToken: string | undefined;
    readonly phoneNumber: string | undefined;
    readonly baseUrl: string | undefined;
  };
}

/** The providers that are set up; null where there is none. */
export function createMessageTransports(providers: MessageProviders): {
  email: MailTransport | null;
  sms: MailTransport | null;
} {
  const { sendgrid, smtp, twilio } = providers;
  const { accountSid, authToken, phoneNumber, baseUrl } = twilio;
  return {
    email: sendgrid.apiKey
      ? createSendGridTransport({ apiKey: sendgrid.apiKey, baseUrl: sendgrid.baseUrl })
      : smtp.url
        ? createSmtpTransport({ url: smtp.url })
        : null,
    sms:
      accountSid && authToken && phoneNumber
        ? createTwilioTransport({ accountSid, authToken, from: phoneNumber, baseUrl })
        : null,
  };
}
