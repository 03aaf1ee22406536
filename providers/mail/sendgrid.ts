import client from '@sendgrid/client';
import mailer from '@sendgrid/mail';
import type { DeliveryOutcome, MailTransport, OutgoingMail } from '../../domain/platform/mail.port.ts';
import { neverLeft, statusOutcome, unknownOutcome } from './outcome.ts';

export interface SendGridOptions {
  readonly apiKey: string;
  /** Default: SendGrid's own; for stand-ins. */
  readonly baseUrl?: string | undefined;
}

const TIMEOUT_MS = 20_000;

/** The packages export their classes beside the shared objects; their types say nothing of it. */
type Mailer = typeof mailer;
type MailData = Exclude<Parameters<Mailer['send']>[0], readonly unknown[]>;
const { MailService } = mailer as unknown as { MailService: new () => Mailer };
const { Client } = client as unknown as { Client: new () => Parameters<Mailer['setClient']>[0] };

/** SendGrid's v3 API. What became of a hand-over in the dark is told by its events, which carry our ids. */
export function createSendGridTransport({ apiKey, baseUrl }: SendGridOptions): MailTransport {
  // The package's own objects are shared by everybody in the process.
  const own = new Client();
  own.setApiKey(apiKey);
  // Setting the key sets the address back.
  if (baseUrl !== undefined) own.setDefaultRequest('baseUrl', `${baseUrl.replace(/\/+$/, '')}/`);
  const service = new MailService();
  service.setClient(own);
  service.setTimeout(TIMEOUT_MS);
  return {
    name: 'sendgrid',
    reportsEvents: true,
    async deliver(mail): Promise<DeliveryOutcome> {
      try {
        const [response] = await service.send(toSendGrid(mail));
        const id = (response.headers as Record<string, unknown> | undefined)?.['x-message-id'];
        return { kind: 'accepted', providerId: typeof id === 'string' ? id : mail.sendId };
      } catch (error) {
        const { code, response } = error as { code?: unknown; response?: { headers?: Record<string, string> } };
        if (response && typeof code === 'number')
          return statusOutcome('SENDGRID', code, response.headers?.['retry-after']);
        if (neverLeft(error)) return { kind: 'later', code: 'SENDGRID_UNREACHABLE' };
        throw unknownOutcome('SendGrid', error);
      }
    },
  };
}

const RESERVED =
  /^(?:x-sg-id|x-sg-eid|received|dkim-signature|content-type|content-transfer-encoding|to|from|subject|reply-to|cc|bcc)$/i;

/** `"Ada" <ada@acme.example>` in parts. */
function sender(from: string): { email: string; name?: string } {
  const [, name, email] = /^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/.exec(from) ?? [];
  if (email === undefined) return { email: from };
  return name ? { email, name } : { email };
}

/** Ids go into the personalization: SendGrid keeps them readable, so nothing of a person stands there. */
function toSendGrid(mail: OutgoingMail): MailData {
  const { to, others, attachments = [], calendar } = mail;
  const person = ({ email, name }: OutgoingMail['to']) => (name === null ? { email } : { email, name });
  const list = (people: readonly OutgoingMail['to'][] | undefined) =>
    people && people.length > 0 ? people.map(person) : undefined;
  const [cc, bcc] = [list(others?.cc), list(others?.bcc)];
  const parts = [
    ...attachments.map(({ fileName, mediaType, content }) => ({ filename: fileName, type: mediaType, content })),
    ...(calendar
      ? [
          {
            filename: 'invite.ics',
            type: `text/calendar; method=${calendar.method}`,
            content: Buffer.from(calendar.text).toString('base64'),
          },
        ]
      : []),
  ];
  return {
    personalizations: [
      {
        to: [person(to), ...(others?.to ?? []).map(person)],
        ...(cc ? { cc } : {}),
        ...(bcc ? { bcc } : {}),
        customArgs: { tenant_id: mail.organizationId, send_id: mail.sendId },
      },
    ],
    from: sender(mail.from),
    ...(mail.replyTo === undefined ? {} : { replyTo: mail.replyTo }),
    subject: mail.subject || ' ',
    content: [
      { type: 'text/plain', value: mail.text || ' ' },
      { type: 'text/html', value: mail.html || ' ' },
    ],
    headers: Object.fromEntries(Object.entries(mail.headers).filter(([name]) => !RESERVED.test(name))),
    ...(parts.length > 0 ? { attachments: parts } : {}),
    // Links and pixel are our own and signed already.
    trackingSettings: {
      clickTracking: { enable: false, enableText: false },
      openTracking: { enable: false },
      subscriptionTracking: { enable: false },
    },
  };
}
