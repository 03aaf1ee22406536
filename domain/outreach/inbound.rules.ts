import type { InboundKind } from './inbound-kind.rules.ts';
import { returnDay } from './return-day.rules.ts';

export interface InboundMessage {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
}

export interface Classified {
  readonly kind: InboundKind;
  /** The rule that decided, for whoever asks why. */
  readonly rule: string;
  /** Out of office: the first day back, `YYYY-MM-DD`; null where it says none. */
  readonly returnsOn: string | null;
  readonly bounce: Bounce | null;
  /** The address that a person or an automatic answer names instead. */
  readonly referredTo: string | null;
}

export interface Bounce {
  readonly type: 'hard' | 'soft';
  readonly status: string;
  readonly recipient: string | null;
}

const NOTHING = { returnsOn: null, bounce: null, referredTo: null } as const;

/**
 * What came in, by headers first and words second: a machine says that it is one, a person may write anything. Without the
 * text that a reply quotes. A wish to be left alone wins over everything else that a person writes.
 */
export function classifyInbound(message: InboundMessage, receivedAt: Date): Classified {
  const { headers, from, subject } = message;
  const bounceRule = bounceBy(message);
  if (bounceRule) return { ...NOTHING, kind: 'bounce', rule: bounceRule, bounce: bounceOf(message) };
  const body = withoutQuote(message.text);
  const automatic = automaticBy(headers, subject);
  if (automatic) return automaticAnswer(automatic, from, subject, body, receivedAt);
  const stop = stopBy(subject, body);
  if (stop) return { ...NOTHING, kind: 'unsubscribe', rule: stop };
  const referredTo = REFERS.test(body) ? otherAddress(body, from) : null;
  if (referredTo) return { ...NOTHING, kind: 'referral', rule: 'refers_to_address', referredTo };
  return { ...NOTHING, kind: 'reply', rule: 'person' };
}

// Bounces.

const DAEMON = /\b(?:mailer-daemon|postmaster|mail delivery (?:subsystem|system|service))\b/i;
const FAILED_SUBJECT =
  /undeliver(?:ed|able)|returned mail|delivery (?:status notification|report|failure|has failed)|mail delivery failed|failure notice|unzustellbar|non remis/i;

function bounceBy({ headers, from, subject }: InboundMessage): string | null {
  if (/multipart\/report/i.test(headers['content-type'] ?? '') && /delivery-status/i.test(headers['content-type']!)) {
    return 'delivery_status_report';
  }
  if (headers['x-failed-recipients']) return 'failed_recipients_header';
  return DAEMON.test(from) && FAILED_SUBJECT.test(subject) ? 'mailer_daemon' : null;
}

/** RFC 3463: full mailboxes and policies pass, whatever class their code says. */
const PASSING = /^5\.(?:2\.2|7\.\d+)$/;

function bounceOf({ headers, text }: InboundMessage): Bounce {
  const delayed = /^\s*action:\s*delayed/im.test(text);
  const stated = /^\s*status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(text)?.[1];
  const inText = /(?:\b[245]\d\d[ -]|[(#])([245]\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1];
  const reply = /\b([45])\d\d\b/.exec(text)?.[1];
  const status = stated ?? inText ?? (reply ? `${reply}.0.0` : '5.0.0');
  const recipient =
    /^\s*final-recipient:\s*rfc822;\s*<?([^\s<>]+@[^\s<>]+)>?/im.exec(text)?.[1] ??
    /[^\s<>,;]+@[^\s<>,;]+/.exec(headers['x-failed-recipients'] ?? '')?.[0] ??
    /^\s*<([^\s<>]+@[^\s<>]+)>:/m.exec(text)?.[1] ??
    /failed:\s+<?([^\s<>]+@[^\s<>]+)>?/i.exec(text)?.[1] ??
    null;
  const isHard = status.startsWith('5') && !PASSING.test(status) && !delayed;
  return { type: isHard ? 'hard' : 'soft', status, recipient: recipient?.toLowerCase() ?? null };
}

// Answers of machines.

const AUTO_SUBJECT =
  /^\s*(?:auto(?:matic)?[ -]?(?:reply|response|answer)|auto:|out of (?:the )?office|vacation\b|abwesen|automatische antwort|réponse automatique|respuesta automática|risposta automatica)/i;

function automaticBy(headers: Readonly<Record<string, string>>, subject: string): string | null {
  const submitted = headers['auto-submitted']?.trim().toLowerCase();
  if (submitted && submitted !== 'no') return 'auto_submitted';
  for (const name of ['x-autoreply', 'x-autorespond', 'x-autoreply-from', 'x-autoresponder'] as const) {
    if (headers[name] !== undefined) return name.replaceAll('-', '_');
  }
  if (/^\s*(?:bulk|auto_reply|junk|list)\s*$/i.test(headers.precedence ?? '')) return 'precedence';
  if (headers['list-id'] !== undefined) return 'list_id';
  return AUTO_SUBJECT.test(subject) ? 'subject' : null;
}

const ABSENT =
  /out of (?:the |my )?office|\bo{3}\b|\baway\b|vacation|holiday|(?:parental|maternity|paternity|sick|annual) leave|on leave|sabbatical|travel(?:l)?ing|\bback (?:on|in|next|tomorrow)|nicht im (?:büro|haus)|urlaub|abwesen|wieder (?:da|erreichbar|im büro)|absent|en congé|de vacances|fuera de la oficina|ausente|de vacaciones|fuori ufficio/i;
const LEFT =
  /no longer (?:work|with|employed|at\b)|(?:have |has )?left (?:the company|company|us)\b|nicht mehr (?:für|bei|im unternehmen)|ne travaille plus|ya no trabaj/i;

function automaticAnswer(rule: string, from: string, subject: string, body: string, receivedAt: Date): Classified {
  const referredTo = LEFT.test(body) ? otherAddress(body, from) : null;
  if (referredTo) return { ...NOTHING, kind: 'referral', rule: 'has_left', referredTo };
  if (ABSENT.test(body) || ABSENT.test(subject)) {
    return {
      ...NOTHING,
      kind: 'out_of_office',
      rule,
      returnsOn: returnDay(body, receivedAt) ?? returnDay(subject, receivedAt),
    };
  }
  return { ...NOTHING, kind: 'auto_reply', rule };
}

// Words of persons.

const STOP_WORDS =
  /^\W*(?:please\s+)?(?:unsubscribe|stop|stopp|remove(?: me)?|opt[ -]?out|abmelden|désinscription|baja)(?:\s+please)?\W*$/iu;
const STOPS: readonly (readonly [string, RegExp])[] = [
  [
    'remove_me',
    /\b(?:remove|take|delete|strike)\s+(?:me|us|my|our)\b[^.!?\n]{0,40}\b(?:list|lists|database|distribution|mailing|e-?mails?|data|address|name)\b/i,
  ],
  ['take_me_off', /\btake (?:me|us) off\b/i],
  [
    'stop_sending',
    /\b(?:stop|quit|cease)\s+(?:e-?mailing|mailing|contacting|writing|sending|spamming|messaging|bothering)\b/i,
  ],
  ['do_not_contact', /\b(?:do not|don['’]t|never)\s+(?:contact|e-?mail|mail|write(?: to)?|message|send)\b/i],
  ['opt_out', /\bopt(?:ing)?[ -]?(?:me )?out\b/i],
  [
    'unsubscribe_me',
    /\b(?:(?:please|want to|would like to|wish to|kindly)\s+unsubscribe|unsubscribe\s+(?:me|us|my)\b)/i,
  ],
  [
    'german',
    /\baus (?:ihrem|dem|eurem|deinem|ihrer|der)\s+(?:e-?mail-?)?(?:verteiler|liste|mailingliste)|\bkeine (?:weiteren )?(?:e-?)?(?:mails|nachrichten|werbung)\b/i,
  ],
  ['french', /\bdésinscri|\bne (?:plus )?m['’](?:écri|envoy|contact)/i],
  ['spanish', /\b(?:darme|denme|dar) de baja|\b(?:no|dejen de) (?:me )?(?:envíen|enviarme|contacten|escriban)/i],
];

function stopBy(subject: string, body: string): string | null {
  const first = body.split('\n').find((line) => line.trim() !== '') ?? '';
  if (STOP_WORDS.test(first) || (body.trim() === '' && STOP_WORDS.test(subject))) return 'stop_word';
  return STOPS.find(([, pattern]) => pattern.test(body))?.[0] ?? null;
}

const REFERS =
  /not the (?:right|best|correct) (?:person|contact)|\b(?:please|should|could you|can|kindly)\s+(?:contact|reach out|get in touch|write|speak|talk)\b|reach out to|get in touch with|has taken over|no longer (?:handle|responsible|in charge)|(?:don['’]t|do not) (?:handle|deal with)|wenden sie sich|zuständig ist|adressez-vous|contacter plutôt/i;

const ADDRESS = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/giu;

function otherAddress(body: string, from: string): string | null {
  const own = (from.match(ADDRESS)?.[0] ?? '').toLowerCase();
  const found = [...body.matchAll(ADDRESS)].map(([address]) => address.toLowerCase());
  return found.find((address) => address !== own) ?? null;
}

/** Where an answer ends and what it answers begins, in the spelling of the large mail programs. */
const QUOTE_STARTS = [
  /^\s*>/,
  /^\s*On .{5,200}\bwrote:\s*$/,
  /^\s*(?:Am|Le|El) .{5,200}(?:schrieb|a écrit|escribió).{0,100}:\s*$/,
  /^\s*-{2,}\s*(?:Original Message|Ursprüngliche Nachricht|Message d'origine|Forwarded message)\s*-{2,}/i,
  /^\s*_{10,}\s*$/,
  /^\s*(?:From|Von|De):\s.+@/,
];

/** The words that somebody has written themselves. */
export function withoutQuote(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').slice(0, 50_000).split('\n');
  const end = lines.findIndex((line) => QUOTE_STARTS.some((start) => start.test(line)));
  return (end < 0 ? lines : lines.slice(0, end)).join('\n').trim();
}
