import { createConversation, listConversations } from '../services/agent/conversations/index.ts';
import type { Ctx } from '../services/core/context.ts';
import type { DemoDefinition } from './definition.ts';
import type { DemoProspect } from './prospects.ts';
import { Random } from './random.ts';

const STREAM = 440_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Of 100 prospects so many were spoken with at length. */
const SPOKEN_WITH_PER_HUNDRED = 3;

/** What was said, by both sides in turn: enough for objections, competitors, promises and good and bad advice. */
const SCRIPTS: readonly (readonly string[])[] = [
  [
    'Good morning, thanks for taking the time. What would help your team most this quarter?',
    'We currently use Gong, and honestly it is too expensive for what we get.',
    'I understand. How many people would work with it?',
    'About forty. I would have to ask our CFO, but how soon could we start? That sounds great.',
    "I'll send the proposal by the end of the week, and let's talk on Tuesday.",
    'Perfect, thank you.',
  ],
  [
    'Hello, let me show you our platform. It has dashboards, attribution, cadences and much more that other teams love.',
    'We are happy with what we have, and this looks too complicated for us.',
    'It also has forecasting, webhooks, reports and an agent that writes letters, and all of that in one place.',
    'I am not sure you can replace it. We have no time to implement anything right now.',
    'Everything can be set up in a day, and then there are integrations with all of the tools that you know.',
    'Maybe next quarter.',
  ],
  [
    'Hi, I am calling about the problem that you reported. Is it still there?',
    'Yes. It is really frustrating, the reports failed twice and we lost a day. I might cancel our contract.',
    'I am sorry to hear that. Could you tell me which report it was?',
    'The weekly one. If it works again by Monday, fine.',
    "I'll follow up with our engineers today and call you tomorrow. Does that help?",
    'Yes, thanks, I appreciate it.',
  ],
  [
    'Good afternoon. You asked how we compare to others?',
    'We are evaluating Chorus as well. How do I know the numbers are right? Any references?',
    'Good question. We can introduce you to two customers of your size. What matters most to you?',
    'Reliable numbers, and a price per user that our board can sign off.',
    'Makes sense. Let me share the comparison, and we will schedule a demo next week.',
    'Excellent, send me the quote then.',
  ],
];

/** Conversations with some of the prospects: all in this transaction, or, when they are there, none. */
export async function createConversations(
  ctx: Ctx,
  definition: DemoDefinition,
  prospects: readonly DemoProspect[],
): Promise<void> {
  if ((await listConversations(ctx, { page: 1, limit: 1 })).total > 0) return;
  const count = Math.max(3, Math.round((prospects.length * SPOKEN_WITH_PER_HUNDRED) / 100));
  for (const [index, { id: prospectId, row }] of prospects.slice(0, count).entries()) {
    const random = new Random(definition.seed, STREAM + index);
    const script = SCRIPTS[index % SCRIPTS.length]!;
    const startedAt = new Date(ctx.now.getTime() - random.between(1, 60) * DAY - random.between(0, 8) * HOUR);
    let second = 0;
    const transcript = script.map((text, n) => {
      const startSeconds = second;
      second += Math.ceil(text.split(' ').length / random.between(2, 3)) + 1;
      return { speaker: n % 2 === 0 ? 'Agent' : 'Customer', text, startSeconds, endSeconds: second };
    });
    await createConversation(ctx, {
      kind: 'call',
      title: `Call with ${[row.firstName, row.lastName].filter(Boolean).join(' ') || 'a prospect'}`,
      prospectId,
      startedAt,
      durationSeconds: second,
      transcript,
      ...(row.ownerId ? { userId: row.ownerId } : {}),
    });
  }
}
