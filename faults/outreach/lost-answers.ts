import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { openSends } from '../lib/counts.ts';
import type { Provider } from '../lib/provider.ts';
import { sendGridEnv, startSendGrid } from '../lib/sendgrid.ts';
import type { Outcome, Trial } from '../lib/trial.ts';
import type { World } from '../lib/world.ts';
import {
  arrange,
  enrolledInOneStep,
  type Setting,
  settled,
  states,
  tellDelivered,
  tellOf,
  tellTwilio,
  withoutCaps,
} from './setting.ts';
import { specCount } from './spec.ts';
import { startTwilio, twilioEnv } from './twilio.ts';

/** How late a provider tells: long after the product has seen that the answer is lost. */
const TOLD_AFTER_MS = 6_000;

/** F8: the provider takes each message, and the wire breaks before its answer is through. */
export const lostAnswers: Trial = {
  id: 'F8',
  title: 'SendGrid takes messages, its answers are lost on the wire',
  guarantee: 'No message is sent a second time, and the events of the provider settle each.',
  async run(world, { n }) {
    const sendgrid = await startSendGrid();
    return overWire(world, sendgrid, {
      count: Math.max(10, Math.round(n / 4)),
      provider: 'sendgrid',
      env: (url) => sendGridEnv(url),
      tell: tellDelivered,
      async send(setting, count) {
        const recipients = Array.from({ length: count }, (_, index) => ({ email: `lost${index}@company.example` }));
        await setting.call('POST', '/api/v1/emails/bulk', { subject: 'News', html: '<p>News</p>', recipients });
      },
    });
  },
};

/** The same with texts, whose states Twilio reports one by one. */
export const lostTwilioAnswers: Trial = {
  id: 'F8-twilio',
  title: 'Twilio takes texts, its answers are lost on the wire',
  guarantee: 'No text is sent a second time, and the callbacks of the provider settle each.',
  async run(world, { n }) {
    const twilio = await startTwilio();
    return overWire(world, twilio, {
      count: Math.max(10, Math.round(n / 10)),
      provider: 'twilio',
      env: (url) => ({ ...twilioEnv(url), OUTREACH_ALLOW_UNVERIFIED: 'true' }),
      tell: tellTwilio,
      async send(setting, count) {
        await withoutCaps(setting);
        await enrolledInOneStep(setting, { type: 'sms', content: 'Hi {{firstName}}' }, { count, name: 'text' });
      },
    });
  },
};

interface Way {
  readonly count: number;
  readonly provider: 'sendgrid' | 'twilio';
  readonly env: (url: string) => Record<string, string>;
  readonly tell: (setting: Setting) => Parameters<typeof tellOf>[2];
  readonly send: (setting: Setting, count: number) => Promise<void>;
}

async function overWire(world: World, provider: Provider, way: Way): Promise<Outcome> {
  world.cleanUp(() => provider.close());
  const wire = await world.wire(provider.port);
  const product = await world.startProduct({ workers: 2, env: way.env(`http://127.0.0.1:${wire.port}`) });
  await product.up();
  const setting = await arrange(world, product);
  await wire.poison({ kind: 'reset' }, 'down');
  const telling = tellOf(provider, TOLD_AFTER_MS, way.tell(setting));
  await way.send(setting, way.count);
  let inTheDark = 0;
  const watch = setInterval(async () => {
    const { unknown } = await openSends(world.database.owner).catch(() => ({ unknown: 0 }));
    inTheDark = Math.max(inTheDark, unknown);
  }, 100);
  const everyTaken = async () => provider.journal.length >= way.count;
  await world.drained({ seconds: 120, also: everyTaken });
  await settled(setting, 120);
  clearInterval(watch);
  await telling.stop();
  const { lost, stuck } = await world.drained({ seconds: 60 });
  const sends = await openSends(world.database.owner);
  const ends = await states(world.database);
  const checked = specCount(way.provider, provider.journal);
  return {
    trials: way.count,
    counts: {
      lost: way.count - provider.taken().size + sends.open + lost,
      duplicated: provider.takenTwice().size + (provider.journal.length - provider.taken().size),
      wrongTenant: await world.wrongTenant(),
      unknown: sends.unknown,
      stuck,
      notAccepted: way.count - (ends.accepted ?? 0),
      neverInTheDark: inTheDark === 0 ? 1 : 0,
      ...checked.counts,
    },
    notes: { wire: await world.wiredBy(), 'in the dark at once': inTheDark, ...checked.notes, ...ends },
  };
}

/** A mail server that takes the text and hangs up, instead of saying so. */
export const lostMailServerAnswers: Trial = {
  id: 'F8-smtp',
  title: 'A mail server takes messages and hangs up instead of saying so',
  guarantee: 'No message is sent a second time; since nobody can be asked, each ends visibly as unknown.',
  async run(world, { n }) {
    const count = Math.max(10, Math.round(n / 10));
    const { journal, url } = await startMailServer(world);
    const env = { SMTP_URL: url, OUTREACH_ALLOW_UNVERIFIED: 'true' };
    const product = await world.startProduct({ workers: 2, env });
    await product.up();
    const setting = await arrange(world, product);
    const recipients = Array.from({ length: count }, (_, index) => ({ email: `mail${index}@company.example` }));
    await setting.call('POST', '/api/v1/emails/bulk', { subject: 'News', html: '<p>News</p>', recipients });
    await world.drained({ seconds: 120, also: async () => journal.length >= count });
    await settled(setting, 180);
    const { lost, stuck } = await world.drained({ seconds: 60 });
    const ends = await states(world.database);
    const [shown] = await world.database.owner<[{ count: number }]>`
      select count(*)::integer as count from emails where status = 'unknown' and error_code = 'OUTCOME_UNKNOWN'`;
    return {
      trials: count,
      counts: {
        lost: count - new Set(journal).size + lost,
        duplicated: journal.length - new Set(journal).size,
        wrongTenant: await world.wrongTenant(),
        stuck,
        notShownAsUnknown: count - shown.count,
        notEndedAsUnknown: count - (ends['unknown OUTCOME_UNKNOWN'] ?? 0),
      },
      notes: ends,
    };
  },
};

/** Its journal holds the recipient of each text that arrived whole. */
async function startMailServer(world: World): Promise<{ journal: string[]; url: string }> {
  const journal: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session) {
      stream.resume();
      stream.on('end', () => {
        journal.push(session.envelope.rcptTo.map(({ address }) => address).join());
        for (const one of server.connections) if (one.session.id === session.id) one.close();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  world.cleanUp(() => new Promise((closed) => server.close(() => closed(undefined))));
  return { journal, url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` };
}
