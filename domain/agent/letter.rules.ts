import { type Fact, openersOf } from './fact.rules.ts';
import type { Draft, DraftSentence } from './grounding.rules.ts';

export const LETTER_PURPOSES = [
  'introduction',
  'follow_up',
  'meeting_request',
  're_engagement',
  'reply',
  'break_up',
] as const;
export type LetterPurpose = (typeof LETTER_PURPOSES)[number];
export const LETTER_TONES = ['professional', 'friendly', 'direct'] as const;
export type LetterTone = (typeof LETTER_TONES)[number];
export const LETTER_LENGTHS = ['short', 'medium', 'long'] as const;
export type LetterLength = (typeof LETTER_LENGTHS)[number];
export const LETTER_LANGUAGES = ['en', 'de', 'fr', 'es'] as const;
export type LetterLanguage = (typeof LETTER_LANGUAGES)[number];
/** What a letter leads with: the strategies that are compared with each other. */
export const LETTER_STRATEGIES = ['observation', 'question', 'value'] as const;
export type LetterStrategy = (typeof LETTER_STRATEGIES)[number];

export const STRATEGY_REASONS: Readonly<Record<LetterStrategy, string>> = {
  observation: 'Leads with what was seen of the reader, so that they recognize themselves',
  question: 'Leads with a question, which is easier to answer than a statement',
  value: 'Leads with what is offered, for readers who decide quickly',
};

export interface LetterInput {
  readonly recipient: { readonly firstName: string | null; readonly company: string | null };
  readonly sender: { readonly name: string; readonly company: string };
  readonly purpose: LetterPurpose;
  readonly tone: LetterTone;
  readonly length: LetterLength;
  readonly language: LetterLanguage;
  readonly strategy: LetterStrategy;
  readonly facts: readonly Fact[];
  /** What is answered to, already read and reduced by a quarantined step. */
  readonly questions: readonly string[];
  /** Subjects that worked best so far; a model may learn their manner. */
  readonly goodSubjects: readonly string[];
  /** A question of ours that an answer may end with. */
  readonly ask?: string;
}

interface Phrases {
  readonly hello: Readonly<Record<LetterTone, (name: string) => string>>;
  readonly unknown: string;
  readonly bye: Readonly<Record<LetterTone, string>>;
  readonly sentence: Readonly<Partial<Record<Fact['kind'], (values: Fact['values']) => string>>>;
  readonly subject: Readonly<Record<LetterPurpose, (company: string) => string>>;
  readonly opening: (company: string) => string;
  readonly ask: Readonly<Record<LetterPurpose, string>>;
  readonly leave: string;
}

const PHRASES: Readonly<Record<LetterLanguage, Phrases>> = {
  en: {
    hello: { professional: (n) => `Hello ${n},`, friendly: (n) => `Hi ${n},`, direct: (n) => `Hello ${n},` },
    unknown: 'there',
    bye: { professional: 'Kind regards', friendly: 'Best', direct: 'Regards' },
    sentence: {
      role: (v) => `You work as ${v.title} at ${v.company}.`,
      company: (v) => `I am writing to you about your work at ${v.company}.`,
      industry: (v) => `${v.company} works in ${v.industry}.`,
      visit: (v) => `Somebody of your team has looked at our page "${v.page}".`,
      intent: (v) => `We have noticed an interest in ${v.topic} at ${v.company}.`,
      call: (v) => `Our call of ${v.day} ended with: ${v.outcome}.`,
      meeting: (v) => `We met on ${v.day} for "${v.title}".`,
      conversation: (v) => `In our conversation of ${v.day} we talked about ${v.topics}.`,
      web: (v) => `On the website of ${v.company} we read: "${v.statement}"`,
      profile: (v) => `Of ${v.company} we have read: ${v.summary}`,
      offer: (v) => `${v.statement}`,
      given: (v) => `${v.statement}`,
    },
    subject: {
      introduction: (c) => `A question about ${c}`,
      follow_up: (c) => `Following up: ${c}`,
      meeting_request: (c) => `A short conversation about ${c}?`,
      re_engagement: (c) => `Still of interest to ${c}?`,
      reply: (c) => `Re: your question about ${c}`,
      break_up: (c) => `Shall we leave it here, ${c}?`,
    },
    opening: (c) => `How is this handled at ${c} today?`,
    ask: {
      introduction: 'Would a short conversation be useful to you?',
      follow_up: 'Is this something you are looking at?',
      meeting_request: 'Would you have a quarter of an hour this week or next?',
      re_engagement: 'Has anything changed on your side?',
      reply: 'Does this answer what you asked?',
      break_up: 'Shall I stop writing to you?',
    },
    leave: 'If this is not for you, just let me know.',
  },
  de: {
    hello: { professional: (n) => `Guten Tag ${n},`, friendly: (n) => `Hallo ${n},`, direct: (n) => `Guten Tag ${n},` },
    unknown: 'zusammen',
    bye: { professional: 'Mit freundlichen Grüßen', friendly: 'Viele Grüße', direct: 'Viele Grüße' },
    sentence: {
      role: (v) => `Sie sind ${v.title} bei ${v.company}.`,
      company: (v) => `Ich schreibe Ihnen wegen Ihrer Arbeit bei ${v.company}.`,
      industry: (v) => `${v.company} ist tätig in: ${v.industry}.`,
      visit: (v) => `Jemand aus Ihrem Team hat unsere Seite "${v.page}" gelesen.`,
      intent: (v) => `Bei ${v.company} gibt es Interesse an ${v.topic}.`,
      call: (v) => `Unser Gespräch vom ${v.day} endete mit: ${v.outcome}.`,
      meeting: (v) => `Am ${v.day} haben wir uns zu "${v.title}" getroffen.`,
      web: (v) => `Auf der Website von ${v.company} steht: "${v.statement}"`,
      profile: (v) => `Über ${v.company} haben wir gelesen: ${v.summary}`,
      offer: (v) => `${v.statement}`,
      given: (v) => `${v.statement}`,
    },
    subject: {
      introduction: (c) => `Eine Frage zu ${c}`,
      follow_up: (c) => `Noch einmal zu ${c}`,
      meeting_request: (c) => `Ein kurzes Gespräch über ${c}?`,
      re_engagement: (c) => `Noch interessant für ${c}?`,
      reply: (c) => `Re: Ihre Frage zu ${c}`,
      break_up: (c) => `Belassen wir es dabei, ${c}?`,
    },
    opening: (c) => `Wie wird das heute bei ${c} gelöst?`,
    ask: {
      introduction: 'Wäre ein kurzes Gespräch für Sie nützlich?',
      follow_up: 'Ist das für Sie gerade ein Thema?',
      meeting_request: 'Hätten Sie diese oder nächste Woche eine Viertelstunde?',
      re_engagement: 'Hat sich bei Ihnen etwas geändert?',
      reply: 'Beantwortet das Ihre Frage?',
      break_up: 'Soll ich Ihnen nicht mehr schreiben?',
    },
    leave: 'Geben Sie mir gern Bescheid, wenn das nichts für Sie ist.',
  },
  fr: {
    hello: { professional: (n) => `Bonjour ${n},`, friendly: (n) => `Bonjour ${n},`, direct: (n) => `Bonjour ${n},` },
    unknown: 'à vous',
    bye: { professional: 'Cordialement', friendly: 'Bien à vous', direct: 'Cordialement' },
    sentence: {
      role: (v) => `Vous travaillez comme ${v.title} chez ${v.company}.`,
      company: (v) => `Je vous écris au sujet de votre travail chez ${v.company}.`,
      industry: (v) => `L'activité de ${v.company} : ${v.industry}.`,
      visit: (v) => `Une personne de votre équipe a lu notre page "${v.page}".`,
      intent: (v) => `Nous avons remarqué un intérêt pour ${v.topic} chez ${v.company}.`,
      call: (v) => `Notre appel du ${v.day} s'est conclu ainsi : ${v.outcome}.`,
      meeting: (v) => `Nous avons échangé le ${v.day} : "${v.title}".`,
      web: (v) => `Sur le site de ${v.company}, on lit : "${v.statement}"`,
      profile: (v) => `Au sujet de ${v.company}, nous avons lu : ${v.summary}`,
      offer: (v) => `${v.statement}`,
      given: (v) => `${v.statement}`,
    },
    subject: {
      introduction: (c) => `Une question sur ${c}`,
      follow_up: (c) => `Suite à mon message : ${c}`,
      meeting_request: (c) => `Un court échange au sujet de ${c} ?`,
      re_engagement: (c) => `Toujours un sujet pour ${c} ?`,
      reply: (c) => `Re : votre question sur ${c}`,
      break_up: (c) => `En restons-nous là, ${c} ?`,
    },
    opening: (c) => `Comment cela se passe-t-il aujourd'hui chez ${c} ?`,
    ask: {
      introduction: 'Un court échange vous serait-il utile ?',
      follow_up: 'Est-ce un sujet pour vous en ce moment ?',
      meeting_request: "Auriez-vous un quart d'heure cette semaine ou la prochaine ?",
      re_engagement: 'Quelque chose a-t-il changé de votre côté ?',
      reply: 'Cela répond-il à votre question ?',
      break_up: 'Dois-je cesser de vous écrire ?',
    },
    leave: "Dites-moi simplement si ce n'est pas pour vous.",
  },
  es: {
    hello: { professional: (n) => `Hola ${n},`, friendly: (n) => `Hola ${n},`, direct: (n) => `Hola ${n},` },
    unknown: 'a todos',
    bye: { professional: 'Un saludo', friendly: 'Saludos', direct: 'Un saludo' },
    sentence: {
      role: (v) => `Usted trabaja como ${v.title} en ${v.company}.`,
      company: (v) => `Le escribo por su trabajo en ${v.company}.`,
      industry: (v) => `La actividad de ${v.company}: ${v.industry}.`,
      visit: (v) => `Alguien de su equipo ha leído nuestra página "${v.page}".`,
      intent: (v) => `Hemos notado interés por ${v.topic} en ${v.company}.`,
      call: (v) => `Nuestra llamada del ${v.day} terminó con: ${v.outcome}.`,
      meeting: (v) => `Nos reunimos el ${v.day}: "${v.title}".`,
      web: (v) => `En la web de ${v.company} leemos: "${v.statement}"`,
      profile: (v) => `Sobre ${v.company} hemos leído: ${v.summary}`,
      offer: (v) => `${v.statement}`,
      given: (v) => `${v.statement}`,
    },
    subject: {
      introduction: (c) => `Una pregunta sobre ${c}`,
      follow_up: (c) => `Sobre mi mensaje: ${c}`,
      meeting_request: (c) => `¿Una breve conversación sobre ${c}?`,
      re_engagement: (c) => `¿Sigue siendo de interés para ${c}?`,
      reply: (c) => `Re: su pregunta sobre ${c}`,
      break_up: (c) => `¿Lo dejamos aquí, ${c}?`,
    },
    opening: (c) => `¿Cómo se resuelve esto hoy en ${c}?`,
    ask: {
      introduction: '¿Le sería útil una breve conversación?',
      follow_up: '¿Es un tema para usted en este momento?',
      meeting_request: '¿Tendría un cuarto de hora esta semana o la próxima?',
      re_engagement: '¿Ha cambiado algo por su parte?',
      reply: '¿Responde esto a su pregunta?',
      break_up: '¿Dejo de escribirle?',
    },
    leave: 'Dígame sin más si no es para usted.',
  },
};

const FACT_COUNT: Readonly<Record<LetterLength, number>> = { short: 1, medium: 2, long: 4 };

/** A letter made of facts alone: each sentence that says something carries the fact it says. */
export function composeLetter(input: LetterInput): Draft {
  const { recipient, sender, purpose, tone, language, strategy, facts } = input;
  const phrases = PHRASES[language];
  const company = recipient.company ?? sender.company;
  const said = unlike(openersOf(facts).flatMap((fact) => spoken(phrases, fact, 1)));
  const offers = facts.filter(({ kind }) => kind === 'offer').flatMap((fact) => spoken(phrases, fact, 1));
  const most = FACT_COUNT[input.length];
  const seen = said.slice(0, most);
  const offered = offers.slice(0, Math.max(1, most - 1)).map((one) => ({ ...one, paragraph: 2 }));
  const question: DraftSentence = { text: phrases.opening(company), evidence: [], paragraph: 1 };
  const leads: Readonly<Record<LetterStrategy, readonly DraftSentence[]>> = {
    observation: [...seen, ...offered],
    question: [...seen.slice(0, 1), ...(recipient.company ? [question] : []), ...offered],
    value: [...offered.map((one) => ({ ...one, paragraph: 1 })), ...seen.map((one) => ({ ...one, paragraph: 2 }))],
  };
  return {
    subject: phrases.subject[purpose](company),
    sentences: [
      { text: phrases.hello[tone](recipient.firstName ?? phrases.unknown), evidence: [], paragraph: 0 },
      ...leads[strategy],
      { text: closingOf(input, phrases), evidence: [], paragraph: 3 },
      ...(input.length === 'short' ? [] : [{ text: phrases.leave, evidence: [], paragraph: 3 }]),
      { text: `${phrases.bye[tone]},`, evidence: [], paragraph: 4 },
      { text: sender.name, evidence: [], paragraph: 4 },
    ],
  };
}

/** Several facts may say the same: a letter says it once. */
const unlike = (sentences: readonly DraftSentence[]): DraftSentence[] =>
  [...new Map(sentences.toReversed().map((one) => [one.text, one])).values()].toReversed();

/** Questions of a framework are written in English. */
const closingOf = ({ purpose, language, ask }: LetterInput, phrases: Phrases): string =>
  purpose === 'reply' && language === 'en' && ask !== undefined ? ask : phrases.ask[purpose];

function spoken(phrases: Phrases, fact: Fact, paragraph: number): DraftSentence[] {
  const say = phrases.sentence[fact.kind];
  return say ? [{ text: say(fact.values), evidence: [fact.id], paragraph }] : [];
}
