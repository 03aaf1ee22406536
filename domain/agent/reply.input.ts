import { z } from 'zod';
import { DATA_RULE, type Prompt, quoted } from './prompt.input.ts';
import { SIGNALS } from './qualification.rules.ts';
import { ownWords, REPLY_INTENTS, REPLY_TOPICS, type ReplyReading, readByRules } from './reply.rules.ts';

/** A name is letters: nothing of an address, a link or an instruction fits in. */
const personName = z.string().regex(/^\p{L}[\p{L}' .-]{1,60}$/u);

export const replyReading = z.strictObject({
  intent: z.enum(REPLY_INTENTS),
  sentiment: z.enum(['positive', 'neutral', 'negative']),
  topics: z.array(z.enum(REPLY_TOPICS)).max(3),
  signals: z.array(z.strictObject({ signal: z.enum(SIGNALS), isMet: z.boolean() })).max(SIGNALS.length),
  referral: personName.nullable(),
  returnsOn: z.iso.date().nullable(),
});

/** A quarantined reader: it sees what a stranger wrote and can only choose from lists. */
export const replyPrompt: Prompt<{ text: string }, ReplyReading> = {
  name: 'reply-reader',
  version: 1,
  purpose: 'classify',
  system: `You read one answer to a business letter and say what it is, by choosing from the lists of the schema.
"signals" are what the writer says of their own budget, authority, need, timeline and so on; leave out what is not said.
"referral" is the name of somebody whom the writer names as the right person, else null.
${DATA_RULE}`,
  maxOutputTokens: 300,
  output: replyReading,
  render: ({ text }) => quoted('ANSWER', ownWords(text), 4_000),
  offline: ({ text }) => readByRules(text),
};
