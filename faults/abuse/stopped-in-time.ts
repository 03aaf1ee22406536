import { setTimeout as sleep } from 'node:timers/promises';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { linkSigner } from '../../services/outreach/links.ts';
import { testSecrets } from '../../test/secrets.ts';
import { inParallel, moments } from '../lib/caller.ts';
import { mailOf, sendGridEnv, startSendGrid } from '../lib/sendgrid.ts';
import type { Trial } from '../lib/trial.ts';

const PAUSE_MS = 400;
const LATEST_STOP_MS = 2_000;

/** A16: somebody unsubscribes while their message is on its way; one worker sleeps between its commit and the socket. */
export const stoppedInTime: Trial = {
  id: 'A16',
  title: 'unsubscribed between claim, dispatch and the provider',
  guarantee: 'No call to the provider for a person begins after their stop was acknowledged.',
  async run(world, { n }) {
    const count = Math.min(n, 1_000);
    const sendGrid = await startSendGrid();
    world.cleanUp(() => sendGrid.close());
    const organization = await world.createOrganization();
    const { organizationId } = organization;
    const { owner } = world.database;
    const product = await world.startProduct({
      env: (name) => ({
        ...sendGridEnv(sendGrid.url),
        ...(name === 'workers-1'
          ? { REVLOOP_FAULTS: `sends.claimed=pause:${PAUSE_MS / 2},sends.dispatching=pause:${PAUSE_MS}` }
          : {}),
      }),
    });
    await product.up();
    const call = world.caller(product, organization);
    const delays = moments(count);
    const acknowledged = new Map<string, number>();
    let [notPlanned, notStopped] = [0, 0];
    await inParallel(count, { atOnce: 12 }, async (index) => {
      const to = `person-${index}@company.example`;
      const { status, json } = await call('POST', '/api/v1/emails/send', {
        to: [{ email: to }],
        category: 'marketing',
        subject: 'Hello',
        html: '<p>Hello</p>',
      });
      if (status >= 300) {
        notPlanned += 1;
        return;
      }
      const scope = { organizationId, principal: SYSTEM_PRINCIPAL, now: new Date() };
      const token = await inTransaction(world.database.app, scope, async (ctx) =>
        (await linkSigner(ctx, testSecrets())).sign('unsubscribe', json.data.id),
      );
      await sleep(delays[index]! * LATEST_STOP_MS);
      const stop = await fetch(`${product.url}/api/v1/emails/unsubscribe/${token}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      });
      await stop.text();
      if (stop.ok) acknowledged.set(to, performance.now());
      else notStopped += 1;
    });
    const { stuck } = await world.drained({
      also: async () => {
        const [row] = await owner<[{ open: number }]>`select count(*)::int as open from sends where settled_at is null`;
        return row.open === 0;
      },
    });
    const calls = sendGrid.journal.flatMap(({ at, request }) => {
      const mail = mailOf(request);
      return mail ? [{ at, to: mail.to }] : [];
    });
    const late = calls.filter(({ at, to }) => at > (acknowledged.get(to) ?? Number.POSITIVE_INFINITY));
    const [states] = await owner<[{ suppressed: number; accepted: number; open: number }]>`
      select count(*) filter (where state = 'suppressed')::int as suppressed,
             count(*) filter (where state = 'accepted')::int as accepted,
             count(*) filter (where settled_at is null)::int as open from sends`;
    return {
      trials: acknowledged.size,
      counts: {
        lost: states.open,
        duplicated: sendGrid.takenTwice().size,
        stuck,
        callsAfterTheStop: late.length,
        notPlanned,
        notStopped,
        // The race was run: some stops came first, and some messages.
        neverTooLate: states.suppressed === 0 || states.accepted === 0 ? 1 : 0,
      },
      notes: { stopped: states.suppressed, sent: states.accepted },
    };
  },
};
