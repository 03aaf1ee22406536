import { describe, expect, it } from 'vitest';
import type { Fact } from './fact.rules.ts';
import { checkDraft, type Draft, draftBody } from './grounding.rules.ts';
import {
  composeLetter,
  LETTER_LANGUAGES,
  LETTER_LENGTHS,
  LETTER_PURPOSES,
  LETTER_STRATEGIES,
  LETTER_TONES,
} from './letter.rules.ts';

const fact = (id: string, kind: Fact['kind'], text: string, values: Fact['values']): Fact => ({
  id,
  kind,
  text,
  values,
  source: { type: 'prospect', id: null },
  observedAt: null,
  confidence: 1,
});
const FACTS = [
  fact('f1', 'role', 'Ada Lovelace is CTO at Globex.', { title: 'CTO', company: 'Globex' }),
  fact('f2', 'call', 'A call on 2026-06-01 ended with: interested.', { day: '2026-06-01', outcome: 'interested' }),
  fact('f3', 'offer', 'Revloop shows which touch earned what.', {
    statement: 'Revloop shows which touch earned what.',
  }),
  fact('f4', 'industry', 'Globex works in Manufacturing.', { company: 'Globex', industry: 'Manufacturing' }),
];
const rules = {
  facts: FACTS,
  allowedHosts: ['revloop.example'],
  knownNames: ['Ada', 'Globex', 'Grace', 'Revloop'],
  signatures: ['Grace', 'Revloop'],
  language: 'en',
};
const draft = (text: string, evidence: string[] = [], subject = 'A question about Globex'): Draft => ({
  subject,
  sentences: [{ text, evidence, paragraph: 0 }],
});
const problems = (text: string, evidence?: string[], subject?: string) =>
  checkDraft(draft(text, evidence, subject), rules).map(({ problem }) => problem);

describe('a draft', () => {
  it('passes when each statement rests on a fact and the rest is plain talk', () => {
    expect(problems('You work as CTO at Globex.', ['f1'])).toEqual([]);
    expect(problems('Hello Ada,')).toEqual([]);
    expect(problems('Would a short conversation be useful?')).toEqual([]);
    expect(problems('See https://revloop.example/demo, Revloop shows what each touch earned.', ['f3'])).toEqual([]);
  });

  it.each([
    ['a statement without evidence', 'You work as CTO at Globex.', [], 'NO_EVIDENCE'],
    ['evidence that nobody holds', 'You work as CTO at Globex.', ['f9'], 'UNKNOWN_EVIDENCE'],
    ['a number of its own', 'You work as CTO at Globex with 400 people.', ['f1'], 'NOT_SUPPORTED'],
    ['a name of its own', 'You work as CTO at Globex like Initech does.', ['f1'], 'NOT_SUPPORTED'],
    ['a claim within a question', 'Did you know that Initech saved 40 hours?', [], 'NOT_SUPPORTED'],
    ['evidence that has nothing to do with it', 'They love every bit of it.', ['f1'], 'NOT_SUPPORTED'],
    ['a price', 'You work as CTO at Globex and pay $100.', ['f1'], 'PRICE'],
    ['a discount', 'You get a discount at Globex?', [], 'PRICE'],
    ['a promise', 'We guarantee that you work at Globex.', ['f1'], 'PROMISE'],
    ['a promise in German', 'Wir garantieren Ihnen das bei Globex.', ['f1'], 'PROMISE'],
    ['a link to elsewhere', 'Would you look at https://evil.example/x?', [], 'LINK'],
    ['a link in disguise', 'Would you look at revloop.example.evil.com?', [], 'LINK'],
    ['a link with a user', 'Would you look at https://revloop.example@evil.example/?', [], 'LINK'],
    ['a script', 'Would you look at javascript:alert(1)?', [], 'LINK'],
    ['full-width letters', 'Would you look at ｈｔｔｐｓ://evil.example?', [], 'LINK'],
    ['an address', 'Would you write to eve@evil.example?', [], 'ADDRESS'],
    ['a telephone number', 'Would you call +1 415 555 0100?', [], 'ADDRESS'],
    ['markup', 'Would you <b>look</b>?', [], 'MARKUP'],
  ])('is refused for %s', (_, text, evidence, problem) => {
    expect(problems(text, evidence)).toContain(problem);
  });

  it('is judged by its subject as well', () => {
    expect(problems('Hello Ada,', [], '50% off for Globex')).toContain('PRICE');
    expect(problems('Hello Ada,', [], 'What Initech says')).toContain('NOT_SUPPORTED');
    expect(problems('', [])).toEqual(['EMPTY']);
  });

  it('becomes paragraphs', () => {
    const sentences = ['A.', 'B.', 'C.'].map((text, index) => ({ text, evidence: [], paragraph: index === 2 ? 4 : 1 }));
    expect(draftBody({ sentences })).toBe('A. B.\n\nC.');
  });
});

describe('a letter of the built-in model', () => {
  it('rests on its facts in every language, tone, length, purpose and strategy', () => {
    const refused: string[] = [];
    for (const language of LETTER_LANGUAGES)
      for (const tone of LETTER_TONES)
        for (const length of LETTER_LENGTHS)
          for (const purpose of LETTER_PURPOSES)
            for (const strategy of LETTER_STRATEGIES) {
              const recipient = { firstName: 'Ada', company: 'Globex' };
              const sender = { name: 'Grace', company: 'Revloop' };
              const common = { recipient, sender, facts: FACTS, questions: [], goodSubjects: [] };
              const letter = composeLetter({ ...common, language, tone, length, purpose, strategy });
              for (const { problem, text } of checkDraft(letter, { ...rules, language }))
                refused.push(`${language} ${problem} ${text}`);
              expect(letter.sentences.some(({ evidence }) => evidence.length > 0)).toBe(true);
            }
    expect([...new Set(refused)]).toEqual([]);
  });
});
