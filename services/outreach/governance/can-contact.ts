import { notFound } from '../../../domain/core/errors.ts';
import { type ContactDecision, decideContact } from '../../../domain/outreach/contact-decision.rules.ts';
import type { ContactChannel, ContactPurpose } from '../../../domain/outreach/contact-policy.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { readContactFacts } from './contact-facts.query.ts';
import { readContactPolicy } from './contact-policy.ts';

export interface ContactsInput {
  readonly prospectIds: readonly string[];
  readonly channel: ContactChannel;
  readonly purpose: ContactPurpose;
  /** In whose name. */
  readonly userId: string | null;
  /** A touch that is not to count against itself. */
  readonly except?: string;
}

/** The decision for many people at once, in two statements. Who is not there is not in the answer. */
export async function decideContacts(ctx: Ctx, input: ContactsInput): Promise<Map<string, ContactDecision>> {
  const policy = await readContactPolicy(ctx);
  const facts = await readContactFacts(ctx, { ...input, policy });
  const question = { ...input, now: ctx.now };
  return new Map([...facts].map(([id, known]) => [id, decideContact(known, question, policy)]));
}

/**
 * Who may not be contacted at all, whatever the hour and however often they were touched. Hours of many zones cost
 * time, and end by themselves.
 */
export async function refusedContacts(
  ctx: Ctx,
  input: Omit<ContactsInput, 'except'>,
): Promise<Map<string, ContactDecision>> {
  const own = await readContactPolicy(ctx);
  const hours = { email: null, sms: null, call: null, linkedin: null };
  const caps = { perPersonPerDay: null, perPersonPerWeek: null, perAccountPerDay: null };
  const policy = { ...own, ...caps, contactHours: hours };
  const question = { ...input, now: ctx.now };
  const facts = await readContactFacts(ctx, { ...input, policy });
  const decisions = [...facts].map(([id, known]) => [id, decideContact(known, question, policy)] as const);
  return new Map(decisions.filter(([, { decision }]) => decision === 'refused'));
}

export interface CanContactInput {
  id: string;
  channel: ContactChannel;
  purpose: ContactPurpose;
}

export interface ContactAnswer extends ContactDecision {
  prospectId: string;
  channel: ContactChannel;
  purpose: ContactPurpose;
}

/** May the caller contact this person now, and which rule decides? @throws AppError not_found. */
export const canContact = verb(
  { permission: 'prospects.view' },
  async (ctx, { id, channel, purpose }: CanContactInput): Promise<ContactAnswer> => {
    const found = await decideContacts(ctx, {
      prospectIds: [id],
      channel,
      purpose,
      userId: ctx.principal.userId ?? null,
    });
    const decision = found.get(id);
    // A deleted record is answered: `gone` is a rule like the others.
    if (!decision) throw notFound('The prospect');
    return { prospectId: id, channel, purpose, ...decision };
  },
);
