import { z } from 'zod';
import type { Draft } from './grounding.rules.ts';
import { composeLetter, type LetterInput } from './letter.rules.ts';
import { DATA_RULE, type Prompt, quoted } from './prompt.input.ts';

export const draftOutput = z.strictObject({
  subject: z.string().min(1).max(200),
  sentences: z
    .array(
      z.strictObject({
        text: z.string().max(1_000),
        evidence: z.array(z.string().max(100)).max(10),
        paragraph: z.int().min(0).max(20),
      }),
    )
    .min(1)
    .max(40),
});

const SYSTEM = `You write one business letter from facts that are given to you.
Each sentence that states anything carries the ids of the facts it rests on; a greeting, a question and a closing carry none.
State nothing that no fact says: no numbers, names, events, results or customers of your own.
No prices, discounts, guarantees or promises; no links, addresses or attachments; no markup.
${DATA_RULE}`;

const ASK = {
  introduction: 'a first letter to somebody who does not know the sender',
  follow_up: 'a letter that follows an unanswered one',
  meeting_request: 'a letter that asks for a conversation',
  re_engagement: 'a letter to somebody who has been silent for long',
  reply: 'an answer to what the reader has asked',
  break_up: 'a last, friendly letter',
} as const;

/** The letter as sentences with their evidence; `checkDraft` judges it. */
export const letterPrompt: Prompt<LetterInput, Draft> = {
  name: 'letter',
  version: 1,
  purpose: 'draft',
  system: SYSTEM,
  maxOutputTokens: 2_000,
  output: draftOutput,
  render: (input) => describeLetter(input),
  offline: composeLetter,
};

/** The same as flowing text, for a reader who watches it being written. */
export const letterTextPrompt: Prompt<LetterInput, string> = {
  name: 'letter-text',
  version: 1,
  purpose: 'write',
  system: `${SYSTEM}\nAnswer with the letter as plain text alone: the subject in the first line, then a blank line.`,
  maxOutputTokens: 1_500,
  output: null,
  render: (input) => describeLetter(input),
  offline(input) {
    const { subject, sentences } = composeLetter(input);
    const paragraphs = Map.groupBy(sentences, ({ paragraph }) => paragraph);
    return [subject, ...[...paragraphs.values()].map((texts) => texts.map(({ text }) => text).join(' '))].join('\n\n');
  },
};

function describeLetter(input: LetterInput): string {
  const { recipient, sender } = input;
  return [
    `Write ${ASK[input.purpose]}.`,
    `Language: ${input.language}. Tone: ${input.tone}. Length: ${input.length}. Lead with: ${input.strategy}.`,
    quoted('READER', `${recipient.firstName ?? 'unknown'} of ${recipient.company ?? 'an unknown company'}`, 200),
    `Sender: ${sender.name}, ${sender.company}.`,
    'Facts:',
    ...input.facts.map((fact) => `[${fact.id}] ${quoted(fact.kind, fact.text, 500)}`),
    ...(input.questions.length > 0 ? [quoted('QUESTIONS OF THE READER', input.questions.join(' | '), 800)] : []),
    ...(input.ask === undefined ? [] : [`End with this question: ${input.ask}`]),
    ...(input.goodSubjects.length > 0
      ? [quoted('SUBJECTS THAT WERE OPENED OFTEN', input.goodSubjects.join(' | '), 500)]
      : []),
  ].join('\n');
}
