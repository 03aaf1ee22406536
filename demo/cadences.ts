import { judgeDomain } from '../domain/outreach/sending-domain.rules.ts';
import type { Ctx } from '../services/core/context.ts';
import { createCadence, enroll, listCadences } from '../services/outreach/cadences/index.ts';
import { createSender } from '../services/outreach/index.ts';
import type { Mailing } from '../services/platform/sends/index.ts';
import type { DemoDefinition } from './definition.ts';
import type { DemoProspect } from './prospects.ts';

/** Of 1,000 prospects so many are in each cadence. */
const ENROLLED_PER_THOUSAND = 6;
const DOMAIN = 'mail.northwind.example';

const OFFICE = { enabled: true, start: '09:00', end: '17:00', days: [1, 2, 3, 4, 5] } as const;

/** A sender and two cadences with people in them, or, when they are there, nothing. Their messages go to the outbox. */
export async function createCadences(
  ctx: Ctx,
  definition: DemoDefinition,
  prospects: readonly DemoProspect[],
  mailing: Mailing,
): Promise<void> {
  if ((await listCadences(ctx, { page: 1, limit: 1 })).total > 0) return;
  await createSender(ctx, {
    name: definition.name,
    email: `hello@${DOMAIN}`,
    postalAddress: `${definition.name}, 1 Harbour Street`,
    // The domain is of nobody: what its name servers would have to say is said here.
    checked: {
      domain: DOMAIN,
      selectors: ['s1'],
      ...judgeDomain({
        root: ['v=spf1 mx -all'],
        dmarc: ['v=DMARC1; p=quarantine'],
        dkim: { s1: ['v=DKIM1; k=rsa; p=MIGf'] },
      }),
    },
    // Of the answer alone: this organization has no key for links yet, so nothing is opened with it.
    tools: { allowUnverified: false, mailing },
  });
  const count = Math.max(3, Math.round((prospects.length * ENROLLED_PER_THOUSAND) / 1_000));
  // Those who come last were worked with least.
  const idle = prospects.slice(-4 * count).map(({ id }) => id);
  const outreach = await createCadence(ctx, {
    name: 'SDR Outreach - Tech Companies',
    description: '5-day sequence for tech prospects',
    isActive: true,
    settings: { businessHours: OFFICE, pauseAccountOnReply: true },
    steps: [
      {
        type: 'email',
        subject: 'Quick question about {{company | your team}}',
        content: '<p>Hi {{firstName | there}},</p><p>how do you find out which calls bring your orders?</p>',
      },
      { type: 'call', delayDays: 2, content: 'Follow-up call with {{fullName}} of {{company}}' },
      {
        type: 'email',
        delayDays: 3,
        content: '<p>Hi {{firstName | there}},</p><p>shall I show you in ten minutes?</p>',
        // biome-ignore lint/suspicious/noThenProperty: the name that conditions have on the wire
        conditions: { if: { event: 'replied', step: 1 }, then: 'exit' },
      },
    ],
  });
  await enroll(ctx, { id: outreach.id, prospectIds: idle.slice(0, 2 * count) });
  const webinar = await createCadence(ctx, {
    name: 'Webinar follow-up',
    description: 'Two subjects are compared; at any hour',
    isActive: true,
    steps: [
      {
        type: 'email',
        content: '<p>Hi {{firstName | there}},</p><p>here is the recording of our webinar on attribution.</p>',
        variants: [
          { name: 'short', weight: 1, subject: 'The recording' },
          { name: 'personal', weight: 1, subject: '{{firstName | Hello}}, the webinar you asked for' },
        ],
      },
      { type: 'task', delayHours: 2, content: 'Look at what {{fullName}} has seen on the website' },
      { type: 'email', delayDays: 3, content: '<p>Any questions about the webinar, {{firstName | there}}?</p>' },
    ],
  });
  await enroll(ctx, { id: webinar.id, prospectIds: idle.slice(2 * count) });
}
