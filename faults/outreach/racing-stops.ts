import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../../dev/host.ts';
import { systemClock } from '../../services/core/clock.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { attendEnrollment, createStepMessenger } from '../../services/outreach/cadences/index.ts';
import { inParallel, moments } from '../lib/caller.ts';
import { sendGridEnv, startSendGrid } from '../lib/sendgrid.ts';
import type { Trial } from '../lib/trial.ts';
import { outreachOf } from './in-process.ts';
import { arrange, people, states, withoutCaps } from './setting.ts';

const DISPATCHERS = 6;
const AT_ONCE = 16;
const RACE_MS = 400;
const CLAIMED_WITHIN_MS = 30_000;
/** Longer than a stop waits for a message, and longer than a claim holds: nothing may leave after either. */
const LONG_PAUSES_MS = [13_000, 31_000];

/** A16: a stop reaches the product while a message to the same person is somewhere on its way. */
export const racingStops: Trial = {
  id: 'A16-cadences',
  title: 'Unsubscribing or answering races a message, the dispatcher pauses anywhere',
  guarantee: 'Once a stop is acknowledged, no call to the provider begins for that person.',
  async run(world, { n }) {
    const count = Math.max(20, Math.round(n / 2));
    const sendgrid = await startSendGrid();
    world.cleanUp(() => sendgrid.close());
    // The dispatchers are here, so no worker runs.
    const product = await world.startProduct({ workers: 0, env: sendGridEnv(sendgrid.url) });
    await product.up();
    const setting = await arrange(world, product);
    const { call, organization, token } = setting;
    const { organizationId } = organization;
    await withoutCaps(setting);
    const here = outreachOf(world, { ...sendGridEnv(sendgrid.url), PUBLIC_URL: product.url }, systemClock);
    const pauses = moments(count * 4, 11);
    let point = 0;
    let longPauses = 0;
    /** Before the hand-over is committed, between that and the socket, and before the answer is written down. */
    const pause = async () => {
      const moment = pauses[point++ % pauses.length]!;
      const long = moment > 0.995 ? LONG_PAUSES_MS[longPauses++ % 2]! : null;
      await sleep(long ?? moment * 250);
    };
    let stopped = false;
    const loops = [
      ...Array.from({ length: DISPATCHERS }, () => here.dispatcher(here.transport!, pause).dispatch),
      here.inbox(noFaults).run,
    ].map(async (work) => {
      while (!stopped) if ((await work()) === 0) await sleep(20);
    });

    const cadence = await call('POST', '/api/v1/cadences', {
      name: 'One mail',
      isActive: true,
      settings: { businessHours: { enabled: false } },
      steps: [{ type: 'email', subject: 'First', content: 'Hi {{firstName}}' }],
    });
    const persons = await people(world.database, organizationId, count, 'race');
    const prospectIds = persons.map(({ id }) => id);
    const { json } = await call('POST', `/api/v1/cadences/${cadence.json.data.id}/enroll`, { prospectIds });
    const enrollments = new Map<string, string>(
      (
        await world.database.owner<{ id: string; prospect_id: string }[]>`
          select id, prospect_id from cadence_enrollments where organization_id = ${organizationId}`
      ).map(({ id, prospect_id }) => [prospect_id, id]),
    );
    if (json.data.enrolledCount !== count) throw new Error(JSON.stringify(json));
    const messenger = createStepMessenger(here.tools);
    const acknowledged = new Map<string, number>();
    let refused = 0;
    const delays = moments(count, 5);

    await inParallel(count, { atOnce: AT_ONCE }, async (index) => {
      const person = persons[index]!;
      await inTransaction(
        world.database.app,
        { organizationId, principal: SYSTEM_PRINCIPAL, now: systemClock.now() },
        (ctx) => attendEnrollment(ctx, messenger, enrollments.get(person.id)!),
      );
      const [email] = await world.database.owner<{ link: string; message_id: string }[]>`
        select headers ->> 'List-Unsubscribe' as link, message_id from emails where prospect_id = ${person.id}`;
      // Every third races the claim itself; the others begin when somebody has claimed their message, however long that took.
      const isClaimed = async () => {
        const [row] = await world.database.owner<{ state: string }[]>`
          select state from sends where prospect_id = ${person.id}`;
        return row?.state !== 'planned';
      };
      if (index % 3 > 0) await waitUntil(isClaimed, CLAIMED_WITHIN_MS, 20);
      await sleep(delays[index]! * RACE_MS);
      const path = /<https?:\/\/[^/]+(\/[^>]+)>/.exec(email!.link)![1]!;
      const answer =
        index % 2 === 0
          ? await call('POST', path, 'List-Unsubscribe=One-Click', {
              'content-type': 'application/x-www-form-urlencoded',
            })
          : await call('POST', `/api/v1/emails/webhook/inbound?token=${token}`, {
              headers: `Message-ID: <${index}@company.example>\nIn-Reply-To: ${email!.message_id}`,
              from: person.email,
              to: 'ada@acme.example',
              subject: 'Re: First',
              text: 'Let us talk.',
            });
      refused += answer.statuses.filter((status) => status === 503).length;
      if (answer.status === 200) acknowledged.set(person.email, performance.now());
      else world.report(`A stop was answered ${answer.status}: ${answer.text.slice(0, 200)}`);
    });
    // Whatever is paused still comes to its end, and would be seen.
    await sleep(LONG_PAUSES_MS[1]! + 2_000);
    stopped = true;
    await Promise.all(loops);

    const calls = sendgrid.journal.map(({ at, request }) => ({ at, to: request.body.personalizations[0].to[0].email }));
    const after = calls.filter(({ at, to }) => at > (acknowledged.get(to) ?? Number.POSITIVE_INFINITY));
    return {
      trials: count,
      counts: {
        duplicated: sendgrid.takenTwice().size,
        wrongTenant: await world.wrongTenant(),
        begunAfterTheStop: after.length,
        notAcknowledged: count - acknowledged.size,
        // Both outcomes have to occur, or nothing was raced.
        noneSent: calls.length === 0 ? 1 : 0,
        noneStopped: calls.length === count ? 1 : 0,
      },
      notes: {
        'left before the stop': calls.length,
        longPauses,
        'answers 503': refused,
        ...(await states(world.database)),
      },
    };
  },
};
