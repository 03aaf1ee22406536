import twilio from 'twilio';
import type { DeliveryOutcome, MailTransport } from '../../domain/platform/mail.port.ts';
import { neverLeft, statusOutcome, unknownOutcome } from './outcome.ts';

export interface TwilioOptions {
  readonly accountSid: string;
  readonly authToken: string;
  readonly from: string;
  /** Default: Twilio's own; for stand-ins. */
  readonly baseUrl?: string | undefined;
}

const TIMEOUT_MS = 20_000;

/** Text messages by Twilio. Its callbacks carry our id and tell what became of a hand-over in the dark. */
export function createTwilioTransport({ accountSid, authToken, from, baseUrl }: TwilioOptions): MailTransport {
  const client = twilio(accountSid, authToken, { httpClient: new Requests(baseUrl), autoRetry: false });
  return {
    name: 'twilio',
    reportsEvents: true,
    async deliver(mail): Promise<DeliveryOutcome> {
      try {
        const message = await client.messages.create({
          to: mail.to.email,
          from,
          body: mail.text,
          ...(mail.callbackUrl === undefined ? {} : { statusCallback: withSend(mail.callbackUrl, mail.sendId) }),
        });
        return { kind: 'accepted', providerId: message.sid };
      } catch (error) {
        const { status, code } = error as { status?: unknown; code?: unknown };
        if (typeof status === 'number') {
          if (status >= 400 && status < 500 && typeof code === 'number' && status !== 429 && status !== 401) {
            return { kind: 'refused', code: `TWILIO_${code}` };
          }
          return statusOutcome('TWILIO', status, undefined);
        }
        if (neverLeft(error)) return { kind: 'later', code: 'TWILIO_UNREACHABLE' };
        throw unknownOutcome('Twilio', error);
      }
    },
  };
}

const withSend = (url: string, sendId: string): string => `${url}${url.includes('?') ? '&' : '?'}send=${sendId}`;

type Options = Parameters<InstanceType<typeof twilio.RequestClient>['request']>[0];

class Requests extends twilio.RequestClient {
  readonly #baseUrl: string | undefined;

  constructor(baseUrl: string | undefined) {
    super({ timeout: TIMEOUT_MS });
    this.#baseUrl = baseUrl?.replace(/\/+$/, '');
  }

  override request<T>(options: Options) {
    if (this.#baseUrl !== undefined) options.uri = options.uri.replace(/^https?:\/\/[^/]+/, this.#baseUrl);
    return super.request<T>(options as never);
  }
}
