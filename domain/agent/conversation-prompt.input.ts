import { z } from 'zod';
import { plain } from './plain-text.rules.ts';
import { DATA_RULE, type Prompt, quoted } from './prompt.input.ts';

export interface ConversationToRead {
  readonly statements: readonly { readonly role: 'rep' | 'customer' | null; readonly text: string }[];
}

const Finding = z.strictObject({
  text: z.string().min(1).max(400),
  /** Number of the statement that shows it. */
  statement: z.int().min(0).max(20_000),
});

export const conversationReading = z.strictObject({
  summary: z.string().min(1).max(1_500),
  objections: z.array(Finding).max(20),
  keyMoments: z.array(Finding).max(20),
  nextBestAction: Finding,
  coaching: z.array(Finding).max(10),
});
export type ConversationReading = z.output<typeof conversationReading>;

/** As much of a conversation as one request holds: its beginning and its end, where the decisions fall. */
const MOST_STATEMENTS = 300;

/** What a model adds to the rules; every finding names its statement, and one that names none that exists is left out. */
export const conversationPrompt: Prompt<ConversationToRead, ConversationReading> = {
  name: 'conversation',
  version: 1,
  purpose: 'insight',
  system: `You read a conversation between a representative (rep) and a customer and say what it shows.
Each finding names the number of the statement that shows it. Say nothing that no statement says.
${DATA_RULE}`,
  maxOutputTokens: 3_000,
  output: conversationReading,
  render: ({ statements }) => {
    const numbered = statements.map(({ role, text }, n) => `${n} ${role ?? 'unknown'}: ${plain(text, 600)}`);
    const half = MOST_STATEMENTS / 2;
    const shown =
      numbered.length <= MOST_STATEMENTS ? numbered : [...numbered.slice(0, half), ...numbered.slice(-half)];
    return shown.map((line) => quoted('statement', line, 700)).join('\n');
  },
  // The rules say all that can be said without a model; whoever asks leaves this answer out.
  offline: () => ({
    summary: 'No model was asked.',
    objections: [],
    keyMoments: [],
    nextBestAction: { text: 'Follow up.', statement: 0 },
    coaching: [],
  }),
};
