import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../../dev/host.ts';
import { moments } from '../lib/caller.ts';
import { openSends } from '../lib/counts.ts';
import { mailOf, sendGridEnv, startSendGrid } from '../lib/sendgrid.ts';
import type { Trial } from '../lib/trial.ts';
import { arrange, people, settled, states, tellDelivered, tellOf, withoutCaps } from './setting.ts';
import { specCount } from './spec.ts';

const KILLS = 20;
const AT_WORK_MS = 2_500;
/** Whoever dies between two messages shows little: so long is waited for one that is on its way. */
const UNDER_WAY_MS = 2_000;
/** SendGrid takes its time, so that many a kill finds messages on their way. */
const LATENCY_MS = 250;

/** F1: a mailing and cadences while workers are killed every few seconds. */
export const killedWorkers: Trial = {
  id: 'F1',
  title: `Workers killed ${KILLS} times under a mailing and cadences`,
  guarantee: 'Everybody gets each message once: none is sent twice, none is lost, none stays unknown.',
  async run(world, { n }) {
    const sendgrid = await startSendGrid();
    world.cleanUp(() => sendgrid.close());
    const wire = await world.wire(sendgrid.port);
    await wire.poison({ kind: 'latency', milliseconds: LATENCY_MS }, 'down');
    const product = await world.startProduct({ workers: 2, env: sendGridEnv(`http://127.0.0.1:${wire.port}`) });
    await product.up();
    const setting = await arrange(world, product);
    const { call, organization } = setting;
    await withoutCaps(setting);
    const telling = tellOf(sendgrid, { soonMs: 1_000, everyLate: 2 }, tellDelivered(setting));

    const enrolled = Math.max(5, Math.round(n / 4));
    const inCadence = await people(world.database, organization.organizationId, enrolled, 'cadence');
    const cadence = await call('POST', '/api/v1/cadences', {
      name: 'Two steps',
      isActive: true,
      settings: { businessHours: { enabled: false } },
      steps: [
        { type: 'email', subject: 'First', content: 'Hi {{firstName}}' },
        { type: 'email', subject: 'Second', content: 'Still there?' },
      ],
    });
    const prospectIds = inCadence.map(({ id }) => id);
    const outcome = await call('POST', `/api/v1/cadences/${cadence.json.data.id}/enroll`, { prospectIds });
    if (outcome.json.data.enrolledCount !== enrolled) throw new Error(`Enrolling: ${outcome.text}`);
    const recipients = Array.from({ length: n }, (_, index) => ({ email: `bulk${index}@company.example` }));
    const job = await call('POST', '/api/v1/emails/bulk', { subject: 'News', html: '<p>News</p>', recipients });
    if (job.status !== 201) throw new Error(`The mailing: ${job.text}`);

    const wanted = new Set([
      ...recipients.map(({ email }) => `${email} News`),
      ...inCadence.flatMap(({ email }) => [`${email} First`, `${email} Second`]),
    ]);
    const whom = () =>
      sendgrid.journal.flatMap(({ request, taken }) =>
        taken ? [`${mailOf(request)!.to} ${String(request.body.subject)}`] : [],
      );
    const isUnderWay = async () => {
      const [left] = await world.database.owner<[{ any: boolean }]>`
        select exists (select from sends where state = 'dispatching') as any`;
      return left.any;
    };
    let killsWithNothingLeft = 0;
    let killsUnderWay = 0;
    for (const [kill, moment] of moments(KILLS).entries()) {
      // One that is still starting holds no message: whoever dies has been at work, and the other one goes on.
      const victim = product.workers[kill % product.workers.length]!;
      await victim.up();
      await sleep(moment * AT_WORK_MS);
      await waitUntil(isUnderWay, UNDER_WAY_MS, 20);
      victim.kill();
      if (new Set(whom()).size >= wanted.size) killsWithNothingLeft += 1;
      if (await isUnderWay()) killsUnderWay += 1;
    }
    await product.up();
    const isCompleted = async () =>
      (await call('GET', `/api/v1/emails/bulk/${job.json.data.id}`)).json.data.status === 'completed';
    const everybody = async () => new Set(whom()).size >= wanted.size && (await isCompleted());
    const { movedOn } = await settled(setting, 300 + wanted.size / 5, everybody);
    const { lost, stuck } = await world.drained({ seconds: 90 });
    await telling.stop();

    const times = new Map<string, number>();
    for (const one of whom()) times.set(one, (times.get(one) ?? 0) + 1);
    const sends = await openSends(world.database.owner);
    const checked = specCount('sendgrid', sendgrid.journal);
    return {
      trials: wanted.size,
      counts: {
        lost: [...wanted].filter((one) => !times.has(one)).length + lost + sends.open,
        duplicated: [...times.values()].filter((count) => count > 1).length + sendgrid.takenTwice().size,
        wrongTenant: await world.wrongTenant(),
        unknown: sends.unknown,
        stuck,
        invented: [...times.keys()].filter((one) => !wanted.has(one)).length,
        unfinishedJobs: (await isCompleted()) ? 0 : 1,
        // Without a message on its way a death shows nothing.
        noKillUnderWay: killsUnderWay === 0 ? 1 : 0,
        ...checked.counts,
      },
      notes: {
        kills: product.workers.reduce((sum, { kills }) => sum + kills, 0),
        killsWithNothingLeft,
        killsUnderWay,
        'in the dark and planned again': movedOn,
        ...checked.notes,
        ...(await states(world.database)),
      },
    };
  },
};
