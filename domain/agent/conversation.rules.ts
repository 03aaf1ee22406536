import { sentimentOf } from './sentiment.rules.ts';
import { type SpeakerRole, type Statement, type TalkTime, wordsIn } from './transcript.rules.ts';

/** Names the rules; a finding says by which it was made. */
export const CONVERSATION_RULES = 'rules-1';

export const INSIGHT_KINDS = [
  'objection',
  'competitor',
  'key_moment',
  'coaching',
  'next_best_action',
  'summary',
] as const;
export type InsightKind = (typeof INSIGHT_KINDS)[number];

export interface Insight {
  readonly kind: InsightKind;
  /** What it is, stable: `price`, `next_step`, `talks_too_much`. */
  readonly code: string;
  readonly text: string;
  /** The statement that shows it, from 0 on. */
  readonly statement: number | null;
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface Said extends Statement {
  readonly role: SpeakerRole | null;
}

const OBJECTIONS: readonly (readonly [code: string, label: string, pattern: RegExp])[] = [
  [
    'price',
    'Price',
    /\b(?:too (?:expensive|much|pricey)|expensive|over (?:our|my|the) budget|(?:no|not enough|don't have (?:the|a)?) ?budget|can(?:'t|not) afford|cheaper|costs? (?:too|a lot))\b/,
  ],
  [
    'timing',
    'Timing',
    /\b(?:not (?:right now|the right time|a priority|this (?:quarter|year))|next (?:quarter|year)|too (?:busy|early|soon)|call (?:me )?back later|bad time)\b/,
  ],
  [
    'authority',
    'Authority',
    /\b(?:not my (?:decision|call)|(?:have|need) to (?:ask|check with|talk to|run (?:it|this) by) (?:my|the|our)|my (?:boss|manager|cfo|ceo|board) (?:decides|needs|has to)|procurement has to)\b/,
  ],
  [
    'need',
    'Need',
    /\b(?:don't (?:need|see (?:the|a) (?:need|value|point))|not interested|happy with (?:what|our|the) (?:we|current)|already have (?:a|an|something|one)|works fine as it is)\b/,
  ],
  [
    'trust',
    'Trust',
    /\b(?:never heard of|how do (?:i|we) know|prove it|any references|not sure (?:you|it|this) (?:can|will|would)|(?:data|security) (?:concern|concerns|risk))\b/,
  ],
  [
    'complexity',
    'Complexity',
    /\b(?:too (?:complicated|complex|hard)|no (?:time|resources|people) to (?:implement|set up|roll)|hard to (?:integrate|migrate|switch)|doesn't integrate)\b/,
  ],
];

const COMPETITOR_CUES =
  /\b(?:(?:[Ww]e|[Tt]hey)(?:'re| are)? (?:currently )?(?:use|using|on|with)|[Cc]ompared (?:to|with)|switch(?:ing|ed)? (?:from|to)|looking at|talking to|evaluating|versus|vs\.?|instead of|offer from)\s+([A-Z][\w&-]*(?:\.\w+)*(?: [A-Z][\w&-]*(?:\.\w+)*){0,2})/g;
/** Words that begin with a capital for other reasons. */
const NO_NAMES = new Set([
  'I',
  'The',
  'A',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Excel',
  'Google',
  'English',
]);

const MOMENTS: readonly (readonly [code: string, label: string, pattern: RegExp, by?: SpeakerRole])[] = [
  [
    'buying_signal',
    'Buying signal',
    /\b(?:how (?:soon|quickly|fast) (?:can|could)|what (?:are|would be) the next steps|send (?:me|us) (?:the|a) (?:contract|proposal|quote|order form)|(?:i'd|we'd|i would|we would) like to (?:buy|order|start|go ahead|sign)|sounds (?:good|great)|let's (?:do it|go ahead|get started))\b/,
    'customer',
  ],
  ['pricing', 'Pricing', /\b(?:price|pricing|quote|discount|per (?:user|seat|month)|cost of)\b/],
  [
    'decision_maker',
    'Decision maker',
    /\b(?:decision[- ]maker|cfo|ceo|cto|vp of|head of|board|procurement|sign[- ]?off)\b/,
  ],
  [
    'timeline',
    'Timeline',
    /\b(?:by (?:the )?end of|this quarter|next (?:week|month|quarter)|deadline|go[- ]live|start date|within \d+ (?:days|weeks|months))\b/,
  ],
  [
    'next_step',
    'Next step agreed',
    /\b(?:(?:i'll|i will|we'll|we will) (?:send|schedule|set up|call|follow up|email|share|prepare)|let's (?:meet|schedule|talk|set up)|(?:talk|speak|see you) (?:on|next|tomorrow)|(?:book|booked|schedule[d]?) (?:a|the) (?:demo|meeting|call))\b/,
  ],
  [
    'cancellation_risk',
    'Risk of leaving',
    /\b(?:cancel (?:our|my|the)|terminate|not renew|leave you|switch away|stop using)\b/,
    'customer',
  ],
];
/** From here on a statement's feeling is worth a look of its own. */
const STRONG_FEELING = 0.6;

export interface Reading {
  readonly insights: readonly Insight[];
  readonly questionsByRep: number;
}

/** Everything that rules can find, in the order of the conversation. @param competitors names to look for */
export function readConversation(
  statements: readonly Said[],
  talk: TalkTime,
  competitors: readonly string[],
  judged: boolean,
): Reading {
  const objections = statements.flatMap((one, n) => (one.role === 'rep' ? [] : objectionsIn(one, n)));
  const moments = statements.flatMap((one, n) => momentsIn(one, n, judged));
  const named = competitorsIn(statements, competitors);
  const questionsByRep = statements
    .filter(({ role }) => role === 'rep')
    .reduce((count, { text }) => count + (text.match(/\?/g)?.length ?? 0), 0);
  const coaching = coachingFor(statements, talk, objections, moments, questionsByRep);
  const action = nextBestAction(objections, moments, named);
  return { insights: [...objections, ...named, ...moments, ...coaching, action], questionsByRep };
}

const lower = (text: string): string => text.toLowerCase().replace(/’/g, "'");

const objectionsIn = ({ text }: Said, statement: number): Insight[] =>
  OBJECTIONS.filter(([, , pattern]) => pattern.test(lower(text))).map(([code, label]) => ({
    kind: 'objection',
    code,
    text: `${label}: ${excerpt(text)}`,
    statement,
  }));

function momentsIn({ text, role }: Said, statement: number, judged: boolean): Insight[] {
  const said = lower(text);
  const found = MOMENTS.filter(
    ([, , pattern, by]) => pattern.test(said) && (by === undefined || role !== opposite(by)),
  );
  const moments = found.map(
    ([code, label]): Insight => ({ kind: 'key_moment', code, text: `${label}: ${excerpt(text)}`, statement }),
  );
  const { score } = sentimentOf(text);
  if (!judged || role === 'rep' || Math.abs(score) < STRONG_FEELING) return moments;
  const code = score > 0 ? 'delight' : 'frustration';
  return [...moments, { kind: 'key_moment', code, text: excerpt(text), statement, data: { score } }];
}

const opposite = (role: SpeakerRole): SpeakerRole => (role === 'rep' ? 'customer' : 'rep');

/** Names that are known, and those that stand where a competitor is spoken of. Each once, where it first comes. */
function competitorsIn(statements: readonly Said[], known: readonly string[]): Insight[] {
  const found = new Map<string, Insight>();
  const add = (name: string, statement: number, text: string, by: 'list' | 'wording') => {
    const key = name.toLowerCase();
    if (!found.has(key)) {
      found.set(key, { kind: 'competitor', code: key, text: excerpt(text), statement, data: { name, by } });
    }
  };
  for (const [n, { text }] of statements.entries()) {
    for (const name of known) if (holdsName(text, name)) add(name, n, text, 'list');
    for (const [, name] of text.matchAll(COMPETITOR_CUES)) {
      const first = name!.split(' ')[0]!;
      if (!NO_NAMES.has(first)) add(name!.replace(/[&-]+$/, ''), n, text, 'wording');
    }
  }
  return [...found.values()];
}

const holdsName = (text: string, name: string): boolean =>
  new RegExp(`(?<![\\p{L}\\p{N}])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'iu').test(text);

const ACKNOWLEDGED =
  /\b(?:understand|i hear|fair|makes sense|good (?:point|question)|appreciate|i see|let me (?:explain|show))\b|\?/;
const FILLERS = /\b(?:um+|uh+|er+m?|you know|i mean|basically|kind of|sort of)\b/g;

function coachingFor(
  statements: readonly Said[],
  talk: TalkTime,
  objections: readonly Insight[],
  moments: readonly Insight[],
  questions: number,
): Insight[] {
  const rep = statements.filter(({ role }) => role === 'rep');
  if (rep.length === 0) return [];
  const words = rep.reduce((sum, { text }) => sum + wordsIn(text), 0);
  const fillers = rep.reduce((sum, { text }) => sum + (lower(text).match(FILLERS)?.length ?? 0), 0);
  const unanswered = objections.filter(({ statement }) => {
    const answer = statements.slice(statement! + 1).find(({ role }) => role === 'rep');
    return answer === undefined || !ACKNOWLEDGED.test(lower(answer.text));
  });
  const advice = (code: string, text: string, statement: number | null, data: Record<string, unknown>): Insight => ({
    kind: 'coaching',
    code,
    text,
    statement,
    data,
  });
  const all: Insight[] = [];
  if ((talk.repRatio ?? 0) > 0.65) {
    all.push(
      advice('talks_too_much', 'Leave more room: the other side should speak at least a third of the time.', null, {
        repRatio: talk.repRatio,
      }),
    );
  }
  if ((talk.longestMonologueSeconds ?? 0) > 120) {
    all.push(
      advice('long_monologue', 'Break long explanations with a question.', null, {
        seconds: talk.longestMonologueSeconds,
      }),
    );
  }
  if (words >= 100 && questions < 3) {
    all.push(advice('few_questions', 'Ask more: fewer than three questions in the conversation.', null, { questions }));
  }
  for (const { statement, code } of unanswered) {
    all.push(advice('objection_passed_over', 'Take up the objection before going on.', statement, { objection: code }));
  }
  if (statements.length >= 4 && !moments.some(({ code }) => code === 'next_step')) {
    all.push(advice('no_next_step', 'Agree on a next step before the end.', null, {}));
  }
  if (words >= 100 && fillers / words > 0.03) {
    all.push(
      advice('filler_words', 'Fewer filler words.', null, { share: Math.round((fillers / words) * 1_000) / 1_000 }),
    );
  }
  return all;
}

const ACTIONS: readonly (readonly [code: string, text: string, because: string])[] = [
  ['save_account', 'Call back today with somebody who may decide, and offer a way to stay.', 'cancellation_risk'],
  ['send_proposal', 'Send the proposal or contract that was asked for.', 'buying_signal'],
  ['involve_decision_maker', 'Invite the person who decides to the next conversation.', 'authority'],
  ['make_the_case', 'Send what it pays back, with a customer of their size as reference.', 'price'],
  ['compare', 'Send a comparison with the competitor that was named.', 'competitor'],
  ['answer_doubts', 'Send references and the security documents.', 'trust'],
  ['plan_rollout', 'Send a plan of the roll-out that shows who does what.', 'complexity'],
  ['come_back_later', 'Set a task for the time that was named, and stay in touch until then.', 'timing'],
  ['keep_promise', 'Do what was promised as the next step.', 'next_step'],
];

/** The first of the stated rules that applies, with the statement that it rests on. */
function nextBestAction(
  objections: readonly Insight[],
  moments: readonly Insight[],
  competitors: readonly Insight[],
): Insight {
  const findings = [...objections, ...moments, ...competitors.map((one) => ({ ...one, code: 'competitor' }))];
  for (const [code, text, because] of ACTIONS) {
    const reason = findings.findLast((one) => one.code === because);
    if (reason) return { kind: 'next_best_action', code, text, statement: reason.statement, data: { because } };
  }
  const text = 'Thank them and propose a date for the next conversation.';
  return { kind: 'next_best_action', code: 'follow_up', text, statement: null, data: { because: null } };
}

const excerpt = (text: string): string => (text.length <= 240 ? text : `${text.slice(0, 239)}…`);
