import { SIGNALS, type Signal } from './qualification.rules.ts';

export const REPLY_INTENTS = [
  'interested',
  'meeting_request',
  'question',
  'objection',
  'not_now',
  'not_interested',
  'unsubscribe',
  'referral',
  'out_of_office',
  'other',
] as const;
export type ReplyIntent = (typeof REPLY_INTENTS)[number];

export interface ReplyReading {
  readonly intent: ReplyIntent;
  readonly sentiment: 'positive' | 'neutral' | 'negative';
  /** Subjects of questions, a few words each. */
  readonly topics: readonly ReplyTopic[];
  readonly signals: readonly { readonly signal: Signal; readonly isMet: boolean }[];
  /** Whom the writer names instead: a name, never an address. */
  readonly referral: string | null;
  /** ISO day on which an absence ends. */
  readonly returnsOn: string | null;
}

/** What can be asked about. A closed list: words of a stranger never reach the writer of the answer. */
export const REPLY_TOPICS = ['product', 'cost', 'integration', 'security', 'timing', 'references', 'other'] as const;
export type ReplyTopic = (typeof REPLY_TOPICS)[number];

const UNSUBSCRIBE =
  /\b(?:unsubscribe|opt[- ]?out|remove (?:me|us|my (?:address|email|e-mail))|take me off|stop (?:emailing|e-mailing|mailing|writing|contacting|sending)|do not (?:contact|email|write|mail)|don['’]?t (?:contact|email|write|mail) (?:me|us)|leave me alone|no more (?:e-?mails|messages)|abmelden|austragen|abbestellen|keine (?:weiteren )?(?:e-?mails|nachrichten|mails)|nicht mehr (?:schreiben|kontaktieren|anschreiben)|désabonne\w*|désinscri\w*|ne (?:me )?contactez plus|plus de (?:mails|messages)|darme de baja|dar de baja|no me (?:escriba|contacte)\w*|no más correos)\b|^\s*stop\s*[.!]?\s*$/imu;

/** Somebody wants no more messages. No model is asked, and nothing that a model says can take it back. */
export const wantsNoMore = (text: string): boolean => UNSUBSCRIBE.test(ownWords(text));

/** Without what was quoted below: the agent's own footer says "unsubscribe" too. */
export function ownWords(text: string): string {
  const lines: string[] = [];
  for (const line of text.replaceAll('\r', '').split('\n')) {
    if (/^\s*>/.test(line)) continue;
    if (
      /^\s*(?:on .{5,120} wrote:|am .{5,120} schrieb.*:|le .{5,120} a écrit ?:|el .{5,120} escribió:|-{2,} ?original message|from: )/i.test(
        line,
      )
    )
      break;
    lines.push(line);
  }
  return lines.join('\n').trim();
}

const KNOWN: readonly (readonly [ReplyIntent, RegExp])[] = [
  [
    'out_of_office',
    /\b(?:out of (?:the )?office|on (?:vacation|leave|holiday)|auto(?:matic)?[- ]?reply|nicht im (?:büro|haus)|abwesen\w*|absent\w*|fuera de la oficina)\b/i,
  ],
  [
    'not_interested',
    /\b(?:not interested|no interest|no thank|kein interesse|pas intéress\w*|no (?:me|nos) interesa)\b/i,
  ],
  [
    'referral',
    /\b(?:(?:please )?(?:contact|talk to|speak (?:to|with)|reach out to)|right person is|wenden sie sich an|contactez|hable con)\s+\p{Lu}/u,
  ],
  [
    'not_now',
    /\b(?:not (?:right )?now|next (?:quarter|year)|later this year|bad time|too early|nächstes (?:jahr|quartal)|pas maintenant|ahora no|más adelante)\b/i,
  ],
  [
    'meeting_request',
    /\b(?:(?:let['’]?s|can we|could we|happy to) (?:meet|talk|speak|schedule)|book a|call me|schedule a|termin|rendez-vous|reunión|a demo)\b/i,
  ],
  [
    'interested',
    /\b(?:interested|sounds (?:good|great)|tell me more|yes,? please|would like to|interessiert|klingt gut|intéress\w*|me interesa)\b/i,
  ],
  [
    'objection',
    /\b(?:too expensive|already (?:have|use)|happy with our|zu teuer|haben schon|trop cher|demasiado caro|ya tenemos)\b/i,
  ],
  ['question', /\?/],
];

const SIGNAL_WORDS: Readonly<Record<Signal, readonly [met: RegExp, unmet: RegExp]>> = {
  budget: [
    /\b(?:budget (?:is |has been )?(?:approved|available|set aside|allocated)|(?:we )?have (?:a |the )?budget|budget ist (?:da|frei))\b/i,
    /\b(?:no budget|budget is (?:gone|frozen)|kein budget|pas de budget|sin presupuesto)\b/i,
  ],
  authority: [
    /\b(?:i (?:decide|sign|own|am responsible)|my decision|ich entscheide|je décide|yo decido)\b/i,
    /\b(?:not my decision|i (?:do not|don['’]?t) decide|my boss decides)\b/i,
  ],
  need: [
    /\b(?:we need|we(?:['’]re| are) (?:struggling|looking for)|our problem|wir brauchen|nous avons besoin|necesitamos)\b/i,
    /\b(?:(?:do not|don['’]?t) need|no need|brauchen (?:wir )?nicht)\b/i,
  ],
  timeline: [
    /\b(?:(?:by|in|before|until) (?:the end of |next )?(?:january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]|this (?:month|quarter|year)|next month|quarter)|as soon as possible|so bald wie möglich)\b/i,
    /\b(?:no (?:rush|hurry|timeline)|someday)\b/i,
  ],
  metrics: [/\b(?:kpi|measure|target of|reduce .{1,40} by|kennzahl)\b/i, /\bno target\b/i],
  decision_criteria: [/\b(?:must (?:have|support)|requirement|criteria|kriterien)\b/i, /\bno requirements\b/i],
  decision_process: [/\b(?:procurement|legal review|board|committee|approval process|einkauf)\b/i, /\bno process\b/i],
  champion: [
    /\b(?:i will (?:push|bring it up|present)|my team (?:wants|loves)|ich setze mich)\b/i,
    /\bnobody here wants\b/i,
  ],
};

const TOPIC_WORDS: Readonly<Record<Exclude<ReplyTopic, 'other'>, RegExp>> = {
  cost: /\b(?:price|pricing|cost|costs|how much|preis|kosten|prix|precio)\b/i,
  integration: /\b(?:integrat\w*|api|connect\w*|salesforce|hubspot|schnittstelle)\b/i,
  security: /\b(?:security|gdpr|dsgvo|soc ?2|iso ?27001|datenschutz|rgpd)\b/i,
  timing: /\b(?:how long|how soon|when|wann|wie lange|quand|cuándo)\b/i,
  references: /\b(?:reference|case stud\w*|customers like|referenz\w*)\b/i,
  product: /\b(?:feature|how does|does it|can it|was kann|wie funktioniert|comment|cómo)\b/i,
};

/** How the built-in model reads: the first thing that fits. */
export function readByRules(text: string): ReplyReading {
  const words = ownWords(text);
  const intent = wantsNoMore(text) ? 'unsubscribe' : (KNOWN.find(([, pattern]) => pattern.test(words))?.[0] ?? 'other');
  const signals = SIGNALS.flatMap((signal) => {
    const [met, unmet] = SIGNAL_WORDS[signal];
    if (unmet.test(words)) return [{ signal, isMet: false }];
    return met.test(words) ? [{ signal, isMet: true }] : [];
  });
  const topics = words.includes('?')
    ? (Object.keys(TOPIC_WORDS) as (keyof typeof TOPIC_WORDS)[]).filter((topic) => TOPIC_WORDS[topic].test(words))
    : [];
  const named =
    /(?:contact|talk to|speak (?:to|with)|reach out to|an|contactez|hable con)\s+(\p{Lu}[\p{L}'-]+(?:\s+\p{Lu}[\p{L}'-]+)?)/u.exec(
      words,
    );
  return {
    intent,
    sentiment: ['interested', 'meeting_request'].includes(intent)
      ? 'positive'
      : ['unsubscribe', 'not_interested'].includes(intent)
        ? 'negative'
        : 'neutral',
    topics: words.includes('?') && topics.length === 0 ? ['other'] : topics.slice(0, 3),
    signals,
    referral: intent === 'referral' ? (named?.[1] ?? null) : null,
    returnsOn: intent === 'out_of_office' ? (/\b\d{4}-\d{2}-\d{2}\b/.exec(words)?.[0] ?? null) : null,
  };
}

/** What a reading does to the work on somebody. */
export type ReplyEffect = 'opt_out' | 'end_not_interested' | 'end_not_now' | 'refer' | 'pause' | 'qualify' | 'answer';

/** Whoever tells of a need, a budget and so on is to be assessed, however the rest reads. */
export function effectOf({ intent, signals }: ReplyReading): ReplyEffect {
  const effect = REPLY_EFFECTS[intent];
  return effect === 'answer' && signals.some(({ isMet }) => isMet) ? 'qualify' : effect;
}

const REPLY_EFFECTS: Readonly<Record<ReplyIntent, ReplyEffect>> = {
  unsubscribe: 'opt_out',
  not_interested: 'end_not_interested',
  not_now: 'end_not_now',
  referral: 'refer',
  out_of_office: 'pause',
  interested: 'qualify',
  meeting_request: 'qualify',
  question: 'qualify',
  objection: 'answer',
  other: 'answer',
};
