import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { testOutreach } from '../../../test/http/harness.ts';
import { createDeal, createProspect, logCall, moveDealStage } from '../../crm/index.ts';
import { attendEnrollment, createCadence, createStepMessenger, enroll } from '../cadences/index.ts';
import { createTemplate } from '../index.ts';
import {
  readCadenceAnalytics,
  reportActivity,
  reportCadences,
  reportChannels,
  reportEmails,
  reportExperiments,
  reportPerformance,
  reportResponseTimes,
  reportSendTimes,
  reportTemplates,
} from './index.ts';

const PEOPLE = 60;
const NOW = new Date('2026-06-30T12:00:00Z');
const JUNE = { startDate: '2026-06-01', endDate: '2026-06-30' };

interface Mail {
  variant: string;
  openedAt: Date | null;
  repliedAt: Date | null;
}

let database: TestDatabase;
let tenant: TestTenant;
let cadenceId: string;
let someone: string;
const mails: Mail[] = [];
const run: TestTenant['run'] = (work) => tenant.run(work, NOW);

beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
  const template = await run((ctx) => createTemplate(ctx, { name: 'Intro', subject: 'Hi', html: '<p>Hi</p>' }));
  const variants = [
    { name: 'a', weight: 1 },
    { name: 'b', weight: 1 },
  ];
  const steps = [{ type: 'email', templateId: template.id, variants } as const, { type: 'call' } as const];
  const cadence = await run((ctx) => createCadence(ctx, { name: 'C', isActive: true, steps }));
  cadenceId = cadence.id;
  const send = createStepMessenger(testOutreach);
  const prospectIds: string[] = [];
  for (let number = 0; number < PEOPLE; number++) {
    const timeZone = number % 2 ? 'America/New_York' : 'Europe/Berlin';
    const { id } = await run((ctx) => createProspect(ctx, { email: `p${number}@x.example`, timeZone }));
    prospectIds.push(id);
    someone = id;
  }
  const { enrolled } = await run((ctx) => enroll(ctx, { id: cadenceId, prospectIds }));
  for (const { id } of enrolled) await run((ctx) => attendEnrollment(ctx, send, id));
  // Texts of variant b are answered by nearly everybody, those of a by nearly nobody.
  const rows = await database.owner<{ email_id: string; variant: string; enrollment_id: string }[]>`
    select email_id, variant, enrollment_id from cadence_step_executions
    where cadence_id = ${cadenceId} and email_id is not null order by prospect_id`;
  for (const [index, { email_id: id, variant, enrollment_id: enrollment }] of rows.entries()) {
    const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
    const isReplied = variant === 'b' ? index % 10 > 0 : index % 10 === 0;
    // Two of three of each variant, so that opens favour none of them.
    const openedAt = count((mail) => mail.variant === variant) % 3 > 0 ? at(30) : null;
    const repliedAt = isReplied ? at(60 + index) : null;
    mails.push({ variant, openedAt, repliedAt });
    await database.owner`
      update emails set status = 'sent', sent_at = ${NOW}, opened_at = ${openedAt}, replied_at = ${repliedAt},
        bounced = ${index === 0}
      where id = ${id}`;
    await database.owner`update cadence_enrollments set replied_at = ${repliedAt} where id = ${enrollment}`;
  }
});
afterAll(() => database?.drop());

const count = (wanted: (mail: Mail) => boolean) => mails.filter(wanted).length;

describe('the analytics of a cadence', () => {
  it('count people, steps and texts, and name the text that wins', async () => {
    const found = await run((ctx) => readCadenceAnalytics(ctx, { id: cadenceId }));
    const replied = count(({ repliedAt }) => repliedAt !== null);
    expect(found).toMatchObject({ enrolled: PEOPLE, replied, enrollments: { active: PEOPLE } });
    expect(found.steps).toMatchObject([
      {
        stepNumber: 1,
        reached: PEOPLE,
        sent: PEOPLE,
        delivered: PEOPLE - 1,
        opened: count(({ openedAt }) => openedAt !== null),
        replied,
        bounced: 1,
      },
      { stepNumber: 2, type: 'call', reached: 0, sent: 0, openRate: null },
    ]);
    const byName = (name: string) => ({
      name,
      trials: count(({ variant }) => variant === name),
      successes: count(({ variant, repliedAt }) => variant === name && repliedAt !== null),
    });
    expect(found.experiments).toMatchObject([
      { metric: 'replied', verdict: 'significant', winner: 'b', variants: [byName('a'), byName('b')] },
      { metric: 'opened', winner: null },
    ]);
    expect(found.experiments[0]!.variants.every(({ trials }) => trials > 15)).toBe(true);
  });
});

describe('reports of outreach', () => {
  it('count the period by cadence, template, hour of the person, channel and answer', async () => {
    const replied = count(({ repliedAt }) => repliedAt !== null);
    expect((await run((ctx) => reportCadences(ctx, JUNE))).rows).toMatchObject([
      { cadenceId, enrolled: PEOPLE, replied, meetings: 0 },
    ]);
    expect((await run((ctx) => reportTemplates(ctx, JUNE))).rows).toMatchObject([
      { name: 'Intro', sent: PEOPLE, replied },
    ]);
    // Noon in London is eight in New York and two in Berlin, on a Tuesday.
    expect((await run((ctx) => reportSendTimes(ctx, JUNE))).rows).toMatchObject([
      { weekday: 2, hour: 8, sent: PEOPLE / 2 },
      { weekday: 2, hour: 14, sent: PEOPLE / 2 },
    ]);
    const seconds = mails.flatMap(({ repliedAt }) => (repliedAt ? [(repliedAt.getTime() - NOW.getTime()) / 1000] : []));
    seconds.sort((a, b) => a - b);
    const middle = seconds.length / 2;
    const median = (seconds[Math.ceil(middle) - 1]! + seconds[Math.floor(middle)]!) / 2;
    const average = seconds.reduce((sum, one) => sum + one, 0) / seconds.length;
    expect((await run((ctx) => reportResponseTimes(ctx, JUNE))).rows).toMatchObject([
      { channel: 'email', replies: replied, medianSeconds: Math.round(median), averageSeconds: Math.round(average) },
    ]);
    await run((ctx) => logCall(ctx, { prospectId: someone, disposition: 'answered', direction: 'outbound' }));
    await run((ctx) => logCall(ctx, { prospectId: someone, disposition: 'busy', direction: 'outbound' }));
    expect((await run((ctx) => reportChannels(ctx, JUNE))).rows).toMatchObject([
      { channel: 'email', touches: PEOPLE, people: PEOPLE, answered: replied },
      { channel: 'sms', touches: 0, answerRate: null },
      { channel: 'call', touches: 2, answered: 1, answerRate: 0.5 },
      { channel: 'linkedin', touches: 0 },
    ]);
    expect((await run((ctx) => reportExperiments(ctx, JUNE))).rows).toHaveLength(2);
    const before = { startDate: '2026-04-01', endDate: '2026-05-31' };
    expect((await run((ctx) => reportExperiments(ctx, before))).rows).toEqual([]);
    await expect(run((ctx) => reportCadences(ctx, { ...JUNE, endDate: '2026-05-01' }))).rejects.toMatchObject({
      kind: 'validation',
    });
  });

  it('show activity, e-mail and pipeline of everybody and of nobody else', async () => {
    for (const [amount, stage] of [
      ['1000', 'closed_won'],
      ['500', 'closed_lost'],
      ['250.5', 'proposal'],
    ] as const) {
      const deal = await run((ctx) => createDeal(ctx, { name: 'D', amount, currency: 'USD' }));
      await run((ctx) => moveDealStage(ctx, { id: deal.id, stage }));
    }
    const page = await run((ctx) => reportPerformance(ctx, JUNE));
    expect(page).toMatchObject({
      activity: { callsMade: 2, emailsSent: PEOPLE, linkedinMessages: 0 },
      pipeline: { pipeline: [{ currency: 'USD', deals: 1 }], won: 1, lost: 1, winRate: 0.5 },
      email: { sent: PEOPLE, bounced: 1, suppressed: 0 },
    });
    expect(page.pipeline.averageDealSize).toEqual([{ currency: 'USD', amount: '1000.00' }]);
    expect(Number(page.pipeline.pipeline[0]!.value)).toBe(250.5);
    const nobody = { ...JUNE, userId: '019a9f00-0000-7000-8000-0000000000aa' };
    expect((await run((ctx) => reportActivity(ctx, nobody))).users).toEqual([]);
    expect((await run((ctx) => reportEmails(ctx, nobody))).sent).toBe(0);
  });
});
