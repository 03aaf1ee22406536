import { inParallel, moments } from '../lib/caller.ts';
import { sendGridEnv, startSendGrid } from '../lib/sendgrid.ts';
import type { Trial } from '../lib/trial.ts';
import type { World } from '../lib/world.ts';
import {
  arrange,
  people,
  postSendGridEvents,
  postTwilio,
  type SendGridEvent,
  type Setting,
  settled,
  withoutCaps,
} from './setting.ts';
import { startTwilio, twilioEnv } from './twilio.ts';

const TIMES = 5;
/** Between them all is worked off: what comes later finds what was concluded from what came before. */
const WAVES = 5;
/** Of each story, so that in some of them each event comes before each other one. */
const FEWEST = 4;
const BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140';
const [DELIVERED, OPEN] = [{ event: 'delivered' }, { event: 'open', useragent: BROWSER }];
const click = (url: string) => ({ event: 'click', useragent: BROWSER, url });
const HARD = { event: 'bounce', type: 'bounce', status: '5.1.1' };
const LATE = { event: 'deferred', response: '452 too many' };

/** What becomes of a mail, in the order in which it happens. */
const STORIES: readonly (readonly object[])[] = [
  [{ event: 'processed' }, DELIVERED],
  [DELIVERED, OPEN, OPEN],
  [DELIVERED, OPEN, click('https://a.example'), click('https://b.example')],
  [LATE, LATE, DELIVERED, { ...OPEN, sg_machine_open: true }, OPEN],
  [HARD],
  [LATE, HARD],
  [DELIVERED, { event: 'spamreport' }],
  [DELIVERED, OPEN, { event: 'unsubscribe' }],
  [{ event: 'dropped', reason: 'Bounced Address' }],
  [DELIVERED, { ...click('https://a.example'), useragent: 'curl/8.5' }, click('https://a.example')],
  [DELIVERED, click('https://a.example'), click('https://a.example'), click('https://a.example')],
  [DELIVERED, click('https://a.example'), OPEN, OPEN],
  [DELIVERED, OPEN, HARD],
];
const SMS_STORIES: readonly (readonly string[])[] = [
  ['queued', 'sent', 'delivered'],
  ['accepted', 'sending', 'sent', 'undelivered'],
  ['queued', 'failed'],
];

/** F10: the same events, once in order, and five times in any order. */
export const shuffledEvents: Trial = {
  id: 'F10-mail',
  title: `Events of SendGrid and Twilio, each ${TIMES} times, in any order`,
  guarantee: 'What is known of every message afterwards is the same as if each had come once and in order.',
  async run(world, { n }) {
    const count = Math.max(STORIES.length * FEWEST, Math.round(n / 10));
    const [sendgrid, twilio] = [await startSendGrid(), await startTwilio()];
    for (const one of [sendgrid, twilio]) world.cleanUp(() => one.close());
    const env = { ...sendGridEnv(sendgrid.url), ...twilioEnv(twilio.url) };
    const product = await world.startProduct({ workers: 2, env });
    await product.up();
    const [inOrder, inAnyOrder] = [await arrange(world, product), await arrange(world, product)];
    for (const setting of [inOrder, inAnyOrder]) await sendAll(world, setting, count);
    await settled(inOrder, 180);
    // As if all had been sent an hour ago: nobody is a machine by haste, and nothing lies ahead.
    await world.database.owner`update emails set sent_at = sent_at - interval '1 hour'`;
    const from = Math.floor(Date.now() / 1000) - 1_800;
    const stories = new Map<Setting, Story>();
    for (const setting of [inOrder, inAnyOrder]) stories.set(setting, await storyOf(world, setting, from));

    const straight = stories.get(inOrder)!;
    for (let at = 0; at < straight.mails.length; at += 100) {
      await postSendGridEvents(inOrder, straight.mails.slice(at, at + 100));
      await world.drained({ seconds: 60, also: () => inboxIsEmpty(world) });
    }
    for (const { fields, sendId } of straight.texts) await postTwilio(inOrder, fields, sendId);

    const chaos = stories.get(inAnyOrder)!;
    const mails = shuffled(Array.from({ length: TIMES }, () => chaos.mails).flat());
    const waves = Array.from({ length: WAVES }, (_, wave) => batchesOf(mails.filter((_, at) => at % WAVES === wave)));
    let answers = 0;
    for (const batches of waves) {
      await inParallel(batches.length, { atOnce: 10 }, async (index) => {
        await postSendGridEvents(inAnyOrder, batches[index]!);
        answers += 1;
      });
      await world.drained({ seconds: 60, also: () => inboxIsEmpty(world) });
    }
    const batches = waves.reduce((sum, { length }) => sum + length, 0);
    const texts = shuffled(Array.from({ length: TIMES }, () => chaos.texts).flat());
    await inParallel(texts.length, { atOnce: 10 }, async (index) => {
      const { fields, sendId } = texts[index]!;
      if ((await postTwilio(inAnyOrder, fields, sendId)).status === 200) answers += 1;
    });
    const { lost, stuck } = await world.drained({ seconds: 120, also: () => inboxIsEmpty(world) });

    const [expected, found] = [await factsOf(world, inOrder), await factsOf(world, inAnyOrder)];
    const different = [...expected].filter(([name, facts]) => found.get(name) !== facts);
    for (const [name, facts] of different.slice(0, 3)) world.report(`${name}: ${facts} but ${found.get(name)}`);
    return {
      trials: expected.size,
      counts: {
        lost,
        wrongTenant: await world.wrongTenant(),
        stuck,
        different: different.length + Math.abs(expected.size - found.size),
        parked: await parked(world),
        // Without a touch nothing is shown about their order.
        noTouch: [...expected.values()].some((facts) => facts.includes('"inbound"')) ? 0 : 1,
        refused: batches + texts.length - answers,
      },
      notes: { events: mails.length + texts.length, batches, waves: WAVES },
    };
  },
};

async function sendAll(world: World, setting: Setting, count: number): Promise<void> {
  await withoutCaps(setting);
  const { call, organization } = setting;
  const readers = await people(world.database, organization.organizationId, count, 'story');
  const recipients = readers.map(({ email }) => ({ email }));
  await call('POST', '/api/v1/emails/bulk', {
    subject: 'News',
    html: '<p><a href="https://a.example">A</a> <a href="https://b.example">B</a></p>',
    recipients,
  });
  const persons = await people(world.database, organization.organizationId, Math.ceil(count / 4), 'story-sms');
  const cadence = await call('POST', '/api/v1/cadences', {
    name: 'One text',
    isActive: true,
    settings: { businessHours: { enabled: false } },
    steps: [{ type: 'sms', content: 'Hi {{firstName}}' }],
  });
  const prospectIds = persons.map(({ id }) => id);
  await call('POST', `/api/v1/cadences/${cadence.json.data.id}/enroll`, { prospectIds });
  const all = async () => {
    const [row] = await world.database.owner<[{ count: number }]>`
      select count(*)::integer as count from sends
      where organization_id = ${organization.organizationId} and state = 'accepted'`;
    return row.count === count + persons.length;
  };
  const { stuck } = await world.drained({ seconds: 120, also: all });
  if (!(await all())) throw new Error(`Not everything was accepted (${stuck} stuck).`);
}

interface Story {
  readonly mails: readonly SendGridEvent[];
  readonly texts: readonly { readonly fields: Readonly<Record<string, string>>; readonly sendId: string }[];
}

/** The same for both, by the order of addresses. */
async function storyOf({ database }: World, { organization }: Setting, from: number): Promise<Story> {
  const rows = await database.owner<{ id: string; channel: string; address: string }[]>`
    select id, channel, to_address as address from sends
    where organization_id = ${organization.organizationId} order by channel, to_address`;
  const mails = rows.filter(({ channel }) => channel === 'email');
  const texts = rows.filter(({ channel }) => channel === 'sms');
  const steps = Math.max(...STORIES.map(({ length }) => length));
  return {
    mails: Array.from({ length: steps }, (_, step) =>
      mails.flatMap(({ id, address }, index) => {
        const event = STORIES[index % STORIES.length]![step];
        const timestamp = from + step * 60;
        return event ? [{ ...event, email: address, timestamp, sg_event_id: `${id}-${step}`, send_id: id }] : [];
      }),
    ).flat(),
    texts: texts.flatMap(({ id }, index) =>
      SMS_STORIES[index % SMS_STORIES.length]!.map((status) => ({
        fields: { MessageSid: `SM${id}`, MessageStatus: status },
        sendId: id,
      })),
    ),
  };
}

/** What is known of each message, by its address; times and ids that differ between two organizations are left out. */
async function factsOf(
  { database }: World,
  { organization: { organizationId } }: Setting,
): Promise<Map<string, string>> {
  const rows = await database.owner<{ name: string; facts: string }[]>`
    select e.address as name, jsonb_build_object(
             'status', e.status, 'opened', e.opened, 'clicked', e.clicked, 'opens', e.open_count, 'clicks', e.click_count,
             'machines', e.machine_count, 'bounced', e.bounced, 'error', e.error_code, 'delivered', e.delivered_at,
             'openedAt', e.opened_at, 'clickedAt', e.clicked_at,
             'events', (select jsonb_agg(jsonb_build_array(t.type, t.machine_reason, t.link,
                                 case when t.type <> 'sent' then t.occurred_at end)
                               order by t.type, t.occurred_at, t.machine_reason, t.link)
                        from email_tracking_events t where t.organization_id = e.organization_id and t.email_id = e.id
                          and t.type <> 'unsubscribe'),
             'bounces', (select jsonb_agg(b.type order by b.type) from email_bounces b
                         where b.organization_id = e.organization_id and b.email_id = e.id),
             'blacklist', (select b.reason from email_blacklist b
                           where b.organization_id = e.organization_id and b.email = e.address),
             'touches', (select jsonb_agg(jsonb_build_array(i.channel, i.direction, i.started_at) order by i.started_at)
                         from email_tracking_events t join interactions i on i.organization_id = t.organization_id
                           and i.external_id = 'b:email_tracking_events:' || t.id and i.voided_at is null
                         where t.organization_id = e.organization_id and t.email_id = e.id),
             'signals', (select jsonb_agg(s.occurred_at order by s.occurred_at)
                         from email_tracking_events t join intent_signals s on s.organization_id = t.organization_id
                           and s.source_key = 'email_click:' || t.id
                         where t.organization_id = e.organization_id and t.email_id = e.id),
             'unsubscribed', exists (select from email_unsubscribes u
                                     where u.organization_id = e.organization_id and u.email = e.address))::text as facts
    from emails e where e.organization_id = ${organizationId}
    union all
    select to_address, concat(state, ' ', delivery) from sends
    where organization_id = ${organizationId} and channel = 'sms'`;
  return new Map(rows.map(({ name, facts }) => [name, facts]));
}

async function inboxIsEmpty({ database }: World): Promise<boolean> {
  const [row] = await database.owner<[{ count: number }]>`
    select count(*)::integer as count from outreach_inbox where processed_at is null`;
  return row.count === 0;
}

async function parked({ database }: World): Promise<number> {
  const [row] = await database.owner<[{ count: number }]>`
    select count(*)::integer as count from outreach_inbox where outcome = 'parked'`;
  return row.count;
}

/** The same order in every run. */
function shuffled<T>(list: readonly T[]): T[] {
  const keys = moments(list.length, 23);
  return list
    .map((one, index) => ({ one, key: (keys[index]! + index * 0.6180339887) % 1 }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one);
}

function batchesOf<T>(list: readonly T[]): T[][] {
  const sizes = moments(list.length, 3);
  const batches: T[][] = [];
  for (let at = 0; at < list.length; at += batches.at(-1)!.length)
    batches.push(list.slice(at, at + 1 + Math.floor(sizes[batches.length]! * 50)));
  return batches;
}
