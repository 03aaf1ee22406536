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
import { startTwilio, twilioEnv } from './twilio.ts';

/** Every place at which a message or an event of its provider changes hands. */
const POINTS = ['sends.claimed', 'sends.dispatching', 'sends.delivered', 'sends.finished', 'sends.asked'] as const;
const INBOX = ['inbox.before-commit', 'inbox.applied'] as const;

interface Way {
  readonly points: readonly string[];
  readonly env: Record<string, string>;
  readonly type: 'email' | 'sms';
  readonly tell: (setting: Setting) => Parameters<typeof tellOf>[2];
}

/** The worker dies at each point in turn, started again with the next one, and at last with none. */
async function throughPoints(world: World, provider: Provider, count: number, way: Way): Promise<Outcome> {
  world.cleanUp(() => provider.close());
  const env = (name: string, start: number): Record<string, string> => {
    const point = name === 'workers-1' ? way.points[start - 1] : undefined;
    return point === undefined ? way.env : { ...way.env, REVLOOP_FAULTS: `${point}=kill` };
  };
  const product = await world.startProduct({ workers: 1, env });
  await product.apis[0]!.up();
  const setting = await arrange(world, product);
  await withoutCaps(setting);
  const telling = tellOf(provider, { soonMs: 3_000, everyLate: 2 }, way.tell(setting));
  const { type } = way;
  const content = type === 'email' ? { subject: 'First', content: 'Hi {{firstName}}' } : { content: 'Hi' };
  await enrolledInOneStep(setting, { type, ...content }, { count, name: `kill-${type}` });
  const [worker] = product.workers;
  await settled(setting, 300, () => provider.taken().size >= count);
  await telling.stop();
  const { lost, stuck } = await world.drained({ seconds: 60 });
  const sends = await openSends(world.database.owner);
  return {
    trials: count,
    counts: {
      lost: count - provider.taken().size + sends.open + lost,
      duplicated: provider.takenTwice().size,
      wrongTenant: await world.wrongTenant(),
      unknown: sends.unknown,
      stuck,
      // Each start but the last has to have died at its point.
      pointsNotReached: Math.max(0, way.points.length + 1 - worker!.starts),
    },
    notes: { points: way.points.length, starts: worker!.starts, ...(await states(world.database)) },
  };
}

export const killPointsOfMails: Trial = {
  id: 'kill-sendgrid',
  title: 'The worker dies at every point between a mail and what SendGrid tells of it',
  guarantee: 'Every mail is taken once, whichever point the process died at.',
  async run(world, { n }) {
    const sendgrid = await startSendGrid();
    const count = Math.max(40, Math.round(n / 20));
    // Of four that die on their way, some are asked about.
    const points = [...POINTS, ...INBOX];
    return throughPoints(world, sendgrid, count, {
      points,
      env: sendGridEnv(sendgrid.url),
      type: 'email',
      tell: tellDelivered,
    });
  },
};

export const killPointsOfTexts: Trial = {
  id: 'kill-twilio',
  title: 'The worker dies at every point between a text and what Twilio tells of it',
  guarantee: 'Every text is taken once, whichever point the process died at.',
  async run(world, { n }) {
    const twilio = await startTwilio();
    const count = Math.max(40, Math.round(n / 20));
    return throughPoints(world, twilio, count, {
      points: POINTS,
      env: { ...twilioEnv(twilio.url), OUTREACH_ALLOW_UNVERIFIED: 'true' },
      type: 'sms',
      tell: tellTwilio,
    });
  },
};
