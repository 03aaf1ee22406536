import { loadConfig } from '../../config.ts';
import type { MailTransport } from '../../domain/platform/mail.port.ts';
import { createMessageTransports } from '../../providers/mail/index.ts';
import type { Clock } from '../../services/core/clock.ts';
import type { FaultPoint } from '../../services/core/fault-points.ts';
import { enrollmentAllows } from '../../services/outreach/cadences/index.ts';
import { rulesAllow } from '../../services/outreach/governance/index.ts';
import {
  contactIsAllowed,
  createInboxWorker,
  type OutreachTools,
  senderHasRoom,
  settleEmail,
  settleSms,
} from '../../services/outreach/index.ts';
import { createMailing, createSendDispatcher } from '../../services/platform/sends/index.ts';
import { testDomains } from '../../test/outreach.ts';
import type { World } from '../lib/world.ts';

/** What a worker is made of, in this process: for trials that decide where it pauses, or what time it is. */
export function outreachOf(world: World, env: Readonly<Record<string, string>>, clock: Clock) {
  const config = loadConfig({ NODE_ENV: 'test', DATABASE_URL: world.database.url, ...env });
  const mailing = createMailing({ ...config.mail, publicUrl: config.http.publicUrl, encryption: config.encryption });
  const tools: OutreachTools = { ...config.outreach, mailing, domains: testDomains };
  const { app, platform } = world.database;
  const onError = (error: unknown) => world.report(`In this process: ${(error as Error).message}`);
  return {
    tools,
    transport: createMessageTransports(config.providers).email,
    dispatcher: (transport: MailTransport, faultPoint: FaultPoint) =>
      createSendDispatcher({
        appDb: app,
        platformDb: platform,
        secrets: mailing.secrets,
        transport,
        guards: [contactIsAllowed, enrollmentAllows, rulesAllow, senderHasRoom],
        observers: [settleEmail, settleSms],
        clock,
        faultPoint,
        onError,
      }),
    inbox: (faultPoint: FaultPoint) =>
      createInboxWorker({ db: app, platformDb: platform, clock, faultPoint, tools, afterCommit: () => {}, onError }),
  };
}
