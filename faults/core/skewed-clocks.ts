import { setTimeout as sleep } from 'node:timers/promises';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { createSla, createTicket } from '../../services/service/index.ts';
import { inParallel } from '../lib/caller.ts';
import { callStarted, installConvin } from '../lib/convin.ts';
import { planMails } from '../lib/mails.ts';
import { sendGridEnv, startSendGrid } from '../lib/sendgrid.ts';
import type { Trial } from '../lib/trial.ts';

const PRELOAD = new URL('../lib/skewed-clock.ts', import.meta.url).href;
const skewedBy = (minutes: number) => ({ NODE_OPTIONS: `--import ${PRELOAD}`, FAULTS_CLOCK_MINUTES: String(minutes) });
const WARN_AFTER_SECONDS = 12;
/** Nothing is due before this; a worker whose clock is an hour ahead would think so. */
const LATER_MINUTES = 45;

/** F12: workers whose clocks are an hour ahead and ten minutes behind. */
export const skewedClocks: Trial = {
  id: 'F12',
  title: 'workers with clocks an hour ahead and ten minutes behind',
  guarantee:
    'What is due is done once and in its time by the server, nothing leaves before it, and old signatures stay old.',
  async run(world, { n }) {
    const count = Math.min(n, 200);
    const sendGrid = await startSendGrid();
    world.cleanUp(() => sendGrid.close());
    const product = await world.startProduct({
      env: (name) => ({
        ...sendGridEnv(sendGrid.url),
        ...(name === 'workers-1' ? skewedBy(60) : name === 'workers-2' ? skewedBy(-10) : {}),
      }),
    });
    await product.up();
    const { owner, app } = world.database;
    const organization = await world.createOrganization();
    const { organizationId } = organization;
    const call = world.caller(product, organization);
    const { sign, signAt } = await installConvin(call);
    const scope = () => ({ organizationId, principal: SYSTEM_PRINCIPAL, now: new Date() });
    const targets = { normal: { resolutionMinutes: 1 } };
    await inTransaction(app, scope(), (ctx) =>
      createSla(ctx, { name: 'Skew', isDefault: true, targets, warnAtPercent: (WARN_AFTER_SECONDS / 60) * 100 }),
    );
    const opened = Date.now();
    for (let ticket = 0; ticket < count; ticket++)
      await inTransaction(app, scope(), (ctx) => createTicket(ctx, { subject: `Ticket ${ticket}` }));
    const [now, later] = [
      await planMails(world.database, organizationId, count),
      await planMails(world.database, organizationId, count, {
        notBefore: new Date(Date.now() + LATER_MINUTES * 60_000),
      }),
    ];
    let [oldTaken, freshRefused] = [0, 0];
    await inParallel(20, { atOnce: 4 }, async (index) => {
      const text = callStarted(`call-${index}`);
      const post = async (signature: string) =>
        (await call('POST', '/v1/webhooks/convin', text, { 'x-convin-signature': signature })).status;
      if ((await post(signAt(text, -3_600))) !== 401 || (await post(signAt(text, 3_600))) !== 401) oldTaken += 1;
      if ((await post(sign(text))) !== 200) freshRefused += 1;
    });
    const told = async () => {
      const rows = await owner<{ times: number; after: number }[]>`
        select count(e.*)::int as times, extract(epoch from min(e.created_at) - min(t.opened_at))::float as after
        from tickets t left join domain_events e on e.entity_id = t.id and e.type = 'ticket.sla_warning' group by t.id`;
      return rows;
    };
    const end = performance.now() + 120_000;
    const done = async () => {
      const rows = await told();
      return rows.every(({ times }) => times > 0) && sendGrid.taken().size >= now.length;
    };
    while (!(await done()) && performance.now() < end) await sleep(500);
    const rows = await told();
    const taken = sendGrid.taken();
    return {
      trials: rows.length + now.length + later.length,
      counts: {
        lost: rows.filter(({ times }) => times === 0).length + now.filter((id) => !taken.has(id)).length,
        duplicated: rows.filter(({ times }) => times > 1).length + sendGrid.takenTwice().size,
        wrongTenant: await world.wrongTenant(),
        warnedEarly: rows.filter(({ times, after }) => times > 0 && after < WARN_AFTER_SECONDS - 1).length,
        sentEarly: later.filter((id) => taken.has(id)).length,
        oldSignaturesTaken: oldTaken,
        freshSignaturesRefused: freshRefused,
      },
      notes: {
        slowestWarningSeconds: Math.round(Math.max(...rows.map(({ after }) => after ?? 0))),
        seconds: Math.round((Date.now() - opened) / 1_000),
      },
    };
  },
};
