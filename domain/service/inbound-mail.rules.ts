/** A mail as it came in, with names of headers in lower case. */
export interface InboundMail {
  readonly from: MailPerson | null;
  /** Every address that it was sent to, copies and the envelope included. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly headers: ReadonlyMap<string, string>;
}

export interface MailPerson {
  readonly email: string;
  readonly name: string | null;
}

const ADDRESS = /[^\s@"<>(),;:\\[\]]{1,64}@[^\s@"<>(),;:\\[\]]{1,190}\.[^\s@"<>(),;:\\[\].]{2,63}/;

/** `Ada Lovelace <ada@example.com>`, `"Lovelace, Ada" <ada@example.com>`, `ada@example.com`. */
export function readPerson(text: string): MailPerson | null {
  const email = ADDRESS.exec(text)?.[0]?.toLowerCase();
  if (email === undefined) return null;
  const name = text
    .slice(0, Math.max(text.lastIndexOf('<'), 0))
    .replace(/["\s]+/g, ' ')
    .trim();
  return { email, name: name === '' || name.toLowerCase() === email ? null : name.slice(0, 200) };
}

export const addressesOf = (text: string): string[] =>
  [...text.matchAll(new RegExp(ADDRESS, 'g'))].map(([address]) => address.toLowerCase());

/** The head of a mail as text; folded lines are one. The first of a name counts. */
export function readHeaders(text: string): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    if (!headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return headers;
}

/** Ids of mails in a header, without the brackets. */
export const messageIds = (header: string | undefined): string[] =>
  [...(header ?? '').matchAll(/<([^<>\s]{1,500})>/g)].map(([, id]) => id!);

export type MailRefusal = 'no_sender' | 'auto_reply' | 'bounce' | 'mailing_list' | 'own_mail' | 'too_many';

const MACHINES = /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|notifications?)([+.-].*)?@/;
const AUTOMATIC_SUBJECT =
  /^\s*(automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office|abwesen(d|heit\w*)|automatische antwort|réponse automatique|respuesta automática)\b/i;
const BOUNCE_SUBJECT =
  /^\s*(undeliver(able|ed)|delivery (status notification|failure|has failed)|mail delivery (failed|subsystem)|returned mail|failure notice)\b/i;

/**
 * Why a mail must not become a ticket: machines that answer machines never stop. `own` are addresses and hosts of this product.
 */
export function refusalOf(mail: InboundMail, own: ReadonlySet<string>): Exclude<MailRefusal, 'too_many'> | null {
  const { from, headers, subject } = mail;
  if (from === null) return 'no_sender';
  if (headers.get('return-path') === '<>' || BOUNCE_SUBJECT.test(subject)) return 'bounce';
  if (/multipart\/report/i.test(headers.get('content-type') ?? '')) return 'bounce';
  if (own.has(from.email) || headers.has('x-revloop-ticket')) return 'own_mail';
  const automatic = headers.get('auto-submitted');
  if (automatic !== undefined && !/^no\b/i.test(automatic)) return 'auto_reply';
  if (headers.has('x-autoreply') || headers.has('x-autorespond') || headers.has('x-auto-response-suppress')) {
    // Outlook sets the last one on plain mails too: `None` means nothing.
    if (!/^none$/i.test(headers.get('x-auto-response-suppress') ?? 'set')) return 'auto_reply';
  }
  if (AUTOMATIC_SUBJECT.test(subject)) return 'auto_reply';
  const precedence = (headers.get('precedence') ?? '').toLowerCase();
  if (precedence === 'auto_reply') return 'auto_reply';
  if (headers.has('list-id') || precedence === 'bulk' || precedence === 'list' || precedence === 'junk') {
    return 'mailing_list';
  }
  return MACHINES.test(from.email) ? 'auto_reply' : null;
}

/** `support+<token>@…` → the token. */
export function replyTokenOf(addresses: readonly string[]): string | null {
  for (const address of addresses) {
    const token = /^[^@]*\+([0-9a-f]{32})@/.exec(address)?.[1];
    if (token !== undefined) return token;
  }
  return null;
}

/** `support@acme.com` → `support+<token>@acme.com`. */
export const replyAddress = (address: string, token: string): string =>
  address.replace(/(\+[^@]*)?@/, () => `+${token}@`);

/** `Re: It stops [#214]` → 214. */
export function ticketNumberOf(subject: string): number | null {
  const number = /\[#(\d{1,9})\]/.exec(subject)?.[1];
  return number === undefined ? null : Number(number);
}

/** A subject as a person would say it. */
export const plainSubject = (subject: string): string =>
  subject.replace(/^(\s*(re|aw|fwd?|wg|sv|antw)\s*(\[\d+\])?:\s*)+/i, '').trim();

const QUOTE_BEGINS = [
  /^\s*-{2,}\s*(original message|ursprüngliche nachricht|forwarded message)\s*-{2,}\s*$/i,
  /^\s*(on|am|le|el)\b.{5,300}\b(wrote|schrieb|a écrit|escribió)\b.{0,100}:\s*$/i,
  /^\s*_{10,}\s*$/,
  /^\s*from:\s.+$/i,
];

/** What is new in an answer: without the mail that it quotes. The whole text, if nothing else would be left. */
export function withoutQuote(text: string): string {
  const lines = text.replace(/\r\n/g, '\n').split('\n');
  const begin = lines.findIndex((line, index) => {
    if (QUOTE_BEGINS.some((pattern) => pattern.test(line))) return true;
    // A head that a mailer broke into two lines.
    const both = `${line} ${lines[index + 1] ?? ''}`;
    return /^\s*(on|am)\b/i.test(line) && QUOTE_BEGINS[1]!.test(both);
  });
  const own = (begin < 0 ? lines : lines.slice(0, begin))
    .join('\n')
    .replace(/(\n>[^\n]*)+\s*$/g, '')
    .trim();
  return own === '' ? text.trim() : own;
}
