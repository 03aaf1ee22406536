/** Names the rules below; figures that they gave say which version it was. */
export const LEXICON = 'lexicon-en-1';

export type Sentiment = 'positive' | 'neutral' | 'negative';

/** Strength of words, from −3 to 3; a few hundred that business conversations are made of. */
const STRENGTHS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    3: 'amazing awesome brilliant delighted excellent fantastic incredible love loved outstanding perfect superb thrilled wonderful',
    2: 'appreciate best easy effective enjoy excited glad good great happy helpful impressed impressive improve improved improvement like pleased recommend reliable satisfied smooth succeed success successful thank thanks valuable win works',
    1: 'agree benefit better clear comfortable confident correct fair fast fine gain helps interested interesting nice okay positive progress quick ready right saves simple sure useful welcome yes',
    '-1': 'afraid complicated confused confusing delay delayed doubt hard hesitant issue issues late limited lose missing risk risky slow stuck tight uncertain unclear unfortunately unsure waiting worried worry wrong',
    '-2': 'annoyed annoying bad broken bug bugs cancel concern concerned concerns complain complaint difficult disappointed disappointing dissatisfied expensive fail failed failing fails failure frustrated frustrating lost mistake overpriced poor problem problems refund reject struggle struggling trouble unhappy unreliable useless waste',
    '-3': 'angry appalling awful disaster furious hate horrible nightmare outrageous ridiculous scam terrible unacceptable worst',
  }).flatMap(([strength, words]) => words.split(' ').map((word) => [word, Number(strength)] as const)),
);
const NEGATIONS = new Set(
  "not no never none nothing cannot can't don't doesn't didn't won't wouldn't isn't aren't wasn't weren't haven't hasn't hadn't couldn't shouldn't without hardly barely".split(
    ' ',
  ),
);
const STRONGER: ReadonlyMap<string, number> = new Map(
  Object.entries({
    very: 1.5,
    really: 1.5,
    extremely: 1.8,
    so: 1.3,
    too: 1.3,
    absolutely: 1.6,
    totally: 1.5,
    quite: 1.2,
  }),
);
const WEAKER: ReadonlyMap<string, number> = new Map(
  Object.entries({ slightly: 0.5, somewhat: 0.6, bit: 0.6, little: 0.6, fairly: 0.8, maybe: 0.7 }),
);
const THRESHOLD = 0.15;
/** Of words: how far a negation and a stronger word reach. */
const REACH = 3;

/**
 * How a statement sounds, from −1 to 1: the strengths of its words, turned by a negation in the three words before, made
 * stronger or weaker by the word before; what stands after a "but" counts double. English only.
 */
export function sentimentOf(text: string): { score: number; sentiment: Sentiment } {
  const words: readonly string[] =
    text
      .toLowerCase()
      .replace(/’/g, "'")
      .match(/[a-z][a-z'-]*/g) ?? [];
  const but = words.lastIndexOf('but');
  let sum = 0;
  let weight = 0;
  for (const [index, word] of words.entries()) {
    const strength = STRENGTHS.get(word);
    if (strength === undefined) continue;
    const before = words.slice(Math.max(0, index - REACH), index);
    const previous = words[index - 1] ?? '';
    const factor = (STRONGER.get(previous) ?? 1) * (WEAKER.get(previous) ?? 1);
    const turned = before.some((one) => NEGATIONS.has(one)) ? -0.7 : 1;
    const counts = but >= 0 && index > but ? 2 : 1;
    sum += strength * factor * turned * counts;
    weight += counts;
  }
  const score = weight === 0 ? 0 : Math.round((sum / (Math.abs(sum) + 2)) * 1_000) / 1_000;
  return { score, sentiment: score > THRESHOLD ? 'positive' : score < -THRESHOLD ? 'negative' : 'neutral' };
}

/** Whether the rules may judge a text of this language; unknown counts as English. */
export const isJudged = (language: string | null): boolean => language === null || /^en(?:-|_|$)/i.test(language);
