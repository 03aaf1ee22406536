import type { Fact } from './fact.rules.ts';

export interface DraftSentence {
  readonly text: string;
  /** Ids of the facts that it rests on. */
  readonly evidence: readonly string[];
  /** Sentences of one paragraph share its number. */
  readonly paragraph: number;
}

export interface Draft {
  readonly subject: string;
  readonly sentences: readonly DraftSentence[];
}

export const DRAFT_PROBLEMS = [
  'NO_EVIDENCE',
  'UNKNOWN_EVIDENCE',
  'NOT_SUPPORTED',
  'PRICE',
  'PROMISE',
  'LINK',
  'ADDRESS',
  'MARKUP',
  'TOO_LONG',
  'EMPTY',
] as const;
export type DraftProblem = (typeof DRAFT_PROBLEMS)[number];

export interface DraftReason {
  readonly problem: DraftProblem;
  /** The sentence, or the subject. */
  readonly text: string;
}

export interface DraftRules {
  readonly facts: readonly Fact[];
  /** Hosts that the organization lists. */
  readonly allowedHosts: readonly string[];
  /** Words that are known anyway: names of the two sides. */
  readonly knownNames: readonly string[];
  /** Whose name may stand alone below the text: the sender's, never one that a stranger gave themselves. */
  readonly signatures: readonly string[];
  /** Where nouns begin with a capital (`de`), a capital in the middle of a sentence says nothing. */
  readonly language: string;
}

const MOST_CHARACTERS = 6_000;
const PRICE =
  /[$€£¥₹]\s?\d|\d\s?(?:[$€£¥₹]|%|percent|prozent|pour ?cent|por ?ciento|usd|eur|gbp|dollars?|euros?|pounds?)|\b(?:discount|rebate|rabatt|remise|descuento|free of charge|for free|gratis|kostenlos|gratuit|gratuito|half price|price|pricing|preis|prix|precio)\b/i;
const PROMISE =
  /\b(?:guarantee[ds]?|promise[ds]?|risk[- ]free|no obligation|money[- ]back|refund|we will (?:ensure|make sure)|100 ?%|garantier\w*|versprech\w*|zusicher\w*|garanti\w*|promet\w*|promesa\w*|sans engagement|ohne risiko|sin compromiso)\b/i;
const LINK = /\b(?:https?:\/\/|ftp:\/\/|www\.)[^\s<>"')\]]+|\b(?:javascript|data|mailto|tel):\S+/gi;
const BARE_HOST = /(?<![@\w.-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?:\/\S*)?(?![\w@])/gi;
const ADDRESS = /[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}|\+?\d[\d\s().-]{8,}\d/i;
const MARKUP = /<[a-z!/][^>]*>|\]\(|!\[/i;
/** Greetings and closings; whatever follows one has to be a name, or a word for everybody. */
const COURTESY =
  /^(?:hi|hello|dear|good (?:morning|afternoon)|hallo|guten tag|liebe[rs]?|bonjour|cher|chère|hola|estimad[oa]|best regards|best|kind regards|regards|sincerely|cheers|thank you|thanks|many thanks|viele grüße|mit freundlichen grüßen|vielen dank|danke|cordialement|merci|bien à vous|un saludo|saludos|gracias)\b(.*)$/iu;
const EVERYBODY = new Set(['there', 'all', 'team', 'zusammen', 'à', 'vous', 'a', 'todos']);
const INVITATION =
  /^(?:if (?:this|that|it) is (?:of interest|relevant|not for you)|if you (?:prefer|would rather|like)|happy to|i would be (?:glad|happy)|just (?:reply|let me know)|let me know|no reply needed|wenn (?:es|das) (?:für sie )?(?:interessant|passt)|geben sie mir|ich freue mich|si cela vous|dites-moi|au plaisir|si le interesa|quedo|dígame)\b[^\d]{0,60}$/iu;

/** Every reason against a draft. None: it may go to whoever decides, or out where that is allowed. */
export function checkDraft(draft: Draft, rules: DraftRules): DraftReason[] {
  const facts = new Map(rules.facts.map((fact) => [fact.id, fact]));
  const all = [draft.subject, ...draft.sentences.map(({ text }) => text)];
  if (draft.subject.trim() === '' || draft.sentences.every(({ text }) => text.trim() === '')) {
    return [{ problem: 'EMPTY', text: draft.subject }];
  }
  const reasons: DraftReason[] = [];
  if (all.join(' ').length > MOST_CHARACTERS) reasons.push({ problem: 'TOO_LONG', text: draft.subject });
  for (const text of all) {
    for (const problem of forbiddenIn(text, rules.allowedHosts)) reasons.push({ problem, text });
  }
  for (const sentence of draft.sentences) {
    const problem = evidenceProblem(sentence, facts, rules);
    if (problem) reasons.push({ problem, text: sentence.text });
  }
  const whole = [...facts.values()];
  if (!isSupported(draft.subject, whole, rules)) reasons.push({ problem: 'NOT_SUPPORTED', text: draft.subject });
  return reasons;
}

export function forbiddenIn(text: string, allowedHosts: readonly string[]): DraftProblem[] {
  // A day is no telephone number.
  const plain = text.normalize('NFKC').replace(/\b\d{4}-\d{2}-\d{2}\b/g, ' ');
  const found: DraftProblem[] = [];
  if (PRICE.test(plain)) found.push('PRICE');
  if (PROMISE.test(plain)) found.push('PROMISE');
  if (!linksAllowed(plain, allowedHosts)) found.push('LINK');
  if (ADDRESS.test(plain)) found.push('ADDRESS');
  if (MARKUP.test(plain)) found.push('MARKUP');
  return found;
}

function linksAllowed(text: string, allowedHosts: readonly string[]): boolean {
  const links = [...(text.match(LINK) ?? []), ...(text.match(BARE_HOST) ?? [])];
  return links.every((link) => {
    const url = URL.parse(/^[a-z]+:/i.test(link) ? link : `https://${link}`);
    if (url === null || url.protocol !== 'https:' || url.username !== '' || url.port !== '') return false;
    return allowedHosts.some((host) => url.hostname === host.toLowerCase());
  });
}

function evidenceProblem(
  { text, evidence }: DraftSentence,
  facts: ReadonlyMap<string, Fact>,
  rules: DraftRules,
): DraftProblem | null {
  const sentence = text.trim();
  if (sentence === '') return null;
  const cited = evidence.map((id) => facts.get(id));
  if (cited.some((fact) => fact === undefined)) return 'UNKNOWN_EVIDENCE';
  const known = cited as Fact[];
  const isSignature = rules.signatures.some(
    (name) => name.toLowerCase() === sentence.replace(/[.,]$/, '').toLowerCase(),
  );
  const isPlainTalk =
    isSignature || isCourtesy(sentence, rules.knownNames) || INVITATION.test(sentence) || sentence.endsWith('?');
  if (known.length === 0 && !isPlainTalk) return 'NO_EVIDENCE';
  if (!isSupported(sentence, known, rules)) return 'NOT_SUPPORTED';
  return known.length === 0 || isPlainTalk || sharesWord(sentence, known) ? null : 'NOT_SUPPORTED';
}

function isCourtesy(sentence: string, names: readonly string[]): boolean {
  const rest = COURTESY.exec(sentence)?.[1];
  if (rest === undefined) return false;
  const known = new Set(names.flatMap((name) => name.toLowerCase().split(/\s+/)));
  const words = rest.toLowerCase().match(/[\p{L}\p{N}'’.-]+/gu) ?? [];
  return (
    words.length <= 4 &&
    words.every(
      (word) => known.has(word) || EVERYBODY.has(word.replace(/[.,!]$/, '')) || known.has(word.replace(/[.,!]$/, '')),
    )
  );
}

/** No number and no name that the evidence does not hold. */
function isSupported(sentence: string, facts: readonly Fact[], rules: DraftRules): boolean {
  const held = heldBy(facts, rules.knownNames);
  const numbers = sentence.match(/\d+(?:[.,]\d+)*/g) ?? [];
  if (numbers.some((number) => !held.includes(number))) return false;
  return namesIn(sentence, rules.language).every((name) => held.includes(name.toLowerCase()));
}

const heldBy = (facts: readonly Fact[], names: readonly string[]): string =>
  [...facts.flatMap((fact) => [fact.text, ...Object.values(fact.values)]), ...names].join(' ').toLowerCase();

/** Words with a capital or a digit inside them (SAP, iPhone, T3), and words in the middle of a sentence that begin with one. */
function namesIn(sentence: string, language: string): string[] {
  const hasCapitals = language !== 'de';
  const words = sentence.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [];
  return words.filter((word, index) => {
    if (COMMON.has(word.toLowerCase())) return false;
    const inner = /\p{L}.*\p{Lu}|\p{L}\p{N}|\p{N}\p{L}/u.test(word);
    return inner || (index > 0 && /^\p{Lu}\p{Ll}/u.test(word) && hasCapitals);
  });
}

const COMMON = new Set(
  'i ceo cto cfo coo cmo vp hr it ok hi hello dear best regards sincerely sie ihr ihre ihnen i’m i’d i’ll monday tuesday wednesday thursday friday'.split(
    ' ',
  ),
);

function sharesWord(sentence: string, facts: readonly Fact[]): boolean {
  const held = new Set(heldBy(facts, []).match(/[\p{L}\p{N}]{3,}/gu) ?? []);
  return (sentence.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []).some((word) => held.has(word));
}

/** The text that leaves: paragraphs of sentences. */
export function draftBody({ sentences }: Pick<Draft, 'sentences'>): string {
  const paragraphs = new Map<number, string[]>();
  for (const { paragraph, text } of sentences) {
    if (text.trim() === '') continue;
    paragraphs.set(paragraph, [...(paragraphs.get(paragraph) ?? []), text.trim()]);
  }
  return [...paragraphs]
    .toSorted(([a], [b]) => a - b)
    .map(([, texts]) => texts.join(' '))
    .join('\n\n');
}
