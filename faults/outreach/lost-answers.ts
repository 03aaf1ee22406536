import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { waitUntil } from '../../dev/host.ts';
import { openSends } from '../lib/counts.ts';
import type { Provider } from '../lib/provider.ts';
import { sendGridEnv, startSendGrid } from '../lib/sendgrid.ts';
import type { Outcome, Trial } from '../lib/trial.ts';
import type { Wire } from '../lib/wire.ts';
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
  const telling = tellOf(provider, { soonMs: TOLD_AFTER_MS }, way.tell(setting));
  const messages = 2 * way.count;
  const losing = loseInTurns(wire, provider);
  const dark = new Set<string>();
  const watch = setInterval(async () => {
    const rows = await world.database.owner<{ id: string }[]>`select id from sends where state = 'unknown'`.catch(
      () => [],
    );
    for (const { id } of rows) dark.add(id);
  }, 100);
  await way.send(setting, messages);
  const everyTaken = async () => provider.journal.length >= messages;
  await world.drained({ seconds: 180 + messages, also: everyTaken });
  await losing.stop();
  await settled(setting, 120);
  clearInterval(watch);
  await telling.stop();
  const { lost, stuck } = await world.drained({ seconds: 60 });
  const sends = await openSends(world.database.owner);
  const ends = await states(world.database);
  const checked = specCount(way.provider, provider.journal);
  return {
    trials: dark.size,
    counts: {
      lost: messages - provider.taken().size + sends.open + lost,
      duplicated: provider.takenTwice().size + (provider.journal.length - provider.taken().size),
      wrongTenant: await world.wrongTenant(),
      unknown: sends.unknown,
      stuck,
      notAccepted: messages - (ends.accepted ?? 0),
      tooFewLost: Math.max(0, way.count - dark.size),
      ...checked.counts,
    },
    notes: { wire: await world.wiredBy(), messages, ...checked.notes, ...ends },
  };
}

/** Few enough that no process sees so many in a row that it leaves the provider alone for a while. */
const [LOST_IN_A_ROW, THROUGH_IN_A_ROW] = [4, 2];
const TURN_MS = 2_000;

/** Answers are lost in turns, until it is stopped. */
function loseInTurns(wire: Wire, { journal }: Provider): { stop(): Promise<void> } {
  let stopped = false;
  const turn = async (count: number) => {
    const wanted = journal.length + count;
    await waitUntil(() => stopped || journal.length >= wanted, TURN_MS, 5);
  };
  const loop = (async () => {
    while (!stopped) {
      await wire.poison({ kind: 'reset' }, 'down');
      await turn(LOST_IN_A_ROW);
      await wire.heal();
      await turn(THROUGH_IN_A_ROW);
    }
  })();
  return {
    async stop() {
      stopped = true;
      await loop;
    },
  };
}

/** A mail server that takes the text and hangs up, instead of saying so. */
export const lostMailServerAnswers: Trial = {
  id: 'F8-smtp',
  title: 'A mail server takes messages and hangs up instead of saying so',
  guarantee: 'No message is sent a second time; since nobody can be asked, each ends visibly as unknown.',
  async run(world, { n }) {
    const count = Math.max(10, Math.round(n / 10));
    const { journal, hungUp, url } = await startMailServer(world);
    const env = { SMTP_URL: url, OUTREACH_ALLOW_UNVERIFIED: 'true' };
    const product = await world.startProduct({ workers: 2, env });
    await product.up();
    const setting = await arrange(world, product);
    const recipients = Array.from({ length: count }, (_, index) => ({ email: `mail${index}@company.example` }));
    await setting.call('POST', '/api/v1/emails/bulk', { subject: 'News', html: '<p>News</p>', recipients });
    await settled(setting, 240 + count, () => journal.length >= count);
    const { lost, stuck } = await world.drained({ seconds: 60 });
    const ends = await states(world.database);
    const [shown] = await world.database.owner<[{ count: number }]>`
      select count(*)::integer as count from emails where status = 'unknown' and error_code = 'OUTCOME_UNKNOWN'`;
    return {
      trials: hungUp.size,
      counts: {
        lost: count - new Set(journal).size + lost,
        duplicated: journal.length - new Set(journal).size,
        wrongTenant: await world.wrongTenant(),
        stuck,
        notShownAsUnknown: hungUp.size - shown.count,
        notEndedAsUnknown: hungUp.size - (ends['unknown OUTCOME_UNKNOWN'] ?? 0),
        notAccepted: count - hungUp.size - (ends.accepted ?? 0),
      },
      notes: { messages: count, ...ends },
    };
  },
};

/** Its journal holds the recipient of each text that arrived whole; to most of them it hangs up. */
async function startMailServer(world: World): Promise<{ journal: string[]; hungUp: Set<string>; url: string }> {
  const journal: string[] = [];
  const hungUp = new Set<string>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, answer) {
      stream.resume();
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join();
        const turn = journal.push(to) % (LOST_IN_A_ROW + THROUGH_IN_A_ROW);
        if (turn >= LOST_IN_A_ROW) return answer();
        hungUp.add(to);
        for (const one of server.connections) if (one.session.id === session.id) one.close();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  world.cleanUp(() => new Promise((closed) => server.close(() => closed(undefined))));
  return { journal, hungUp, url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` };
}
