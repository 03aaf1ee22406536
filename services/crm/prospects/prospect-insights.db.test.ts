import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { ingestInteraction } from '../../data/index.ts';
import {
  addDealContact,
  createDeal,
  createProspect,
  createTask,
  logCall,
  logManualActivity,
  readProspectInsights,
  scheduleMeeting,
  updateMeeting,
} from '../index.ts';

const NOW = new Date('2026-06-30T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

let database: TestDatabase;
let tenant: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
});
afterAll(() => database?.drop());

const insightsOf = async (id: string) => {
  const { insights } = await tenant.run((ctx) => readProspectInsights(ctx, { id }), NOW);
  return insights;
};

describe('the insights into a prospect', () => {
  it('say of a new one that nobody has been in touch and what is not known', async () => {
    const { id } = await tenant.run((ctx) => createProspect(ctx, { email: 'new@acme.com' }));
    expect(await insightsOf(id)).toMatchObject([
      { type: 'never_contacted', level: 'warning', evidence: [{ type: 'prospect', id }] },
      { type: 'incomplete_contact', text: 'No phone number is known.', evidence: [{ type: 'prospect', id }] },
    ]);
  });

  it('tell what was done, missed and heard, each with its rows, warnings first', async () => {
    const rows = await tenant.run(async (ctx) => {
      const { id } = await createProspect(ctx, { email: 'ann@acme.com', phone: '+1 415 555 2671' });
      const touch = await ingestInteraction(ctx, {
        externalInteractionId: 't1',
        channel: 'chat',
        startedAt: daysAgo(3),
        customerIdentifiers: [{ type: 'email', value: 'ann@acme.com' }],
      });
      await ctx.tx.updateTable('prospects').set({ customer_id: touch.customerId }).where('id', '=', id).execute();
      const answer = async (days: number) =>
        (
          await logManualActivity(ctx, {
            type: 'email_received',
            subject: 'Re',
            prospectId: id,
            occurredAt: daysAgo(days),
          })
        ).id;
      const answers = [await answer(40), await answer(20), await answer(10)];
      const call = (days: number, disposition: 'answered' | 'no_answer') =>
        logCall(ctx, { prospectId: id, disposition, occurredAt: daysAgo(days) });
      await call(9, 'no_answer');
      await call(8, 'answered');
      const missed = [];
      for (const days of [5, 4, 2]) missed.unshift((await call(days, 'no_answer')).id);
      const deal = await createDeal(ctx, { name: 'Seats', amount: '9000', closeDate: '2026-06-20' });
      await addDealContact(ctx, { id: deal.id, prospectId: id });
      const task = await createTask(ctx, { prospectId: id, dueAt: daysAgo(1) });
      const meeting = await scheduleMeeting(ctx, { prospectId: id, startsAt: daysAgo(6), endsAt: daysAgo(5.9) });
      await updateMeeting(ctx, { id: meeting.id, changes: { status: 'no_show' } });
      return { id, touchId: touch.id, answers, missed, dealId: deal.id, taskId: task.id, meetingId: meeting.id };
    }, NOW);
    const insights = await insightsOf(rows.id);
    const evidence = Object.fromEntries(insights.map(({ type, evidence: of }) => [type, of.map(({ id }) => id)]));
    expect(evidence).toMatchObject({
      overdue_tasks: [rows.taskId],
      deal_overdue: [rows.dealId],
      hard_to_reach: rows.missed,
      missed_meetings: [rows.meetingId],
      responsive: [...rows.answers].reverse(),
      preferred_channel: [...rows.answers].reverse(),
      open_deals: [rows.dealId],
      journey_activity: [rows.touchId],
    });
    expect(insights.find(({ type }) => type === 'deal_overdue')!.facts).toEqual({ deals: 1, days: 10 });
    expect(insights.find(({ type }) => type === 'preferred_channel')!.text).toBe('Answers by email most.');
    expect(insights.map(({ type }) => type)).not.toContain('no_next_step');
    const levels = insights.map(({ level }) => ['warning', 'positive', 'neutral'].indexOf(level));
    expect(levels).toEqual([...levels].sort());
  });
});
