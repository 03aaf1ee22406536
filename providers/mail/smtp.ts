import { createTransport } from 'nodemailer';
import type { DeliveryOutcome, MailTransport, OutgoingMail } from '../../domain/platform/mail.port.ts';
import { neverLeft, unknownOutcome } from './outcome.ts';

export interface SmtpOptions {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly url: string;
}

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

interface SmtpError {
  readonly responseCode?: number;
  readonly code?: string;
  readonly command?: string;
  readonly syscall?: string;
}

const BEFORE_TEXT = /^(?:EHLO|HELO|LHLO|STARTTLS|AUTH|MAIL FROM|RCPT TO)/;

/** Any mail server. It cannot be asked afterwards, so an outcome in the dark stays visibly unknown. */
export function createSmtpTransport({ url }: SmtpOptions): MailTransport {
  const transport = createTransport({ url, ...TIMEOUTS } as Parameters<typeof createTransport>[0]);
  return {
    name: 'smtp',
    async deliver(mail): Promise<DeliveryOutcome> {
      try {
        const { messageId } = await transport.sendMail(toMessage(mail));
        return { kind: 'accepted', providerId: messageId ?? mail.sendId };
      } catch (error) {
        const { responseCode, code, command, syscall } = error as SmtpError;
        // A server that has answered has decided.
        if (typeof responseCode === 'number') {
          if (code === 'EAUTH') return { kind: 'later', code: 'SMTP_UNAUTHORIZED', retryAfterSeconds: 60 };
          if (responseCode < 500) return { kind: 'later', code: `SMTP_${responseCode}` };
          return { kind: 'refused', code: `SMTP_${responseCode}` };
        }
        // A line that breaks says the same before and after the text was taken, so it counts only where it never was there,
        // or where a command before the text went unanswered.
        if (syscall === 'connect' || neverLeft(error) || BEFORE_TEXT.test(command ?? '')) {
          return { kind: 'later', code: 'SMTP_UNREACHABLE' };
        }
        throw unknownOutcome('SMTP', error);
      }
    },
  };
}

function toMessage(mail: OutgoingMail) {
  const { to, others, headers, calendar, attachments = [] } = mail;
  const address = ({ email, name }: OutgoingMail['to']) => ({ address: email, name: name ?? '' });
  const { 'Message-ID': messageId, 'In-Reply-To': inReplyTo, References: references, ...rest } = headers;
  return {
    from: mail.from,
    to: [to, ...(others?.to ?? [])].map(address),
    cc: (others?.cc ?? []).map(address),
    bcc: (others?.bcc ?? []).map(address),
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: rest,
    ...(messageId === undefined ? {} : { messageId }),
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(references === undefined ? {} : { references }),
    ...(mail.replyTo === undefined ? {} : { replyTo: mail.replyTo }),
    ...(calendar === undefined ? {} : { icalEvent: { method: calendar.method, content: calendar.text } }),
    attachments: attachments.map(({ fileName, mediaType, content }) => ({
      filename: fileName,
      contentType: mediaType,
      content: Buffer.from(content, 'base64'),
    })),
    // What is attached came in the request; nothing of this machine is read or fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
