import type { Logger } from 'pino';
import type { MailTransport } from '../domain/platform/mail.port.ts';
import type { Databases } from '../schema/db.ts';
import type { Clock } from '../services/core/clock.ts';
import type { FaultPoint } from '../services/core/fault-points.ts';
import { rewrapSecrets } from '../services/core/rewrap-secrets.ts';
import { attendResetRequests } from '../services/platform/auth/index.ts';
import {
  createOutboxTransport,
  createSendDispatcher,
  type Mailing,
  type SendGuard,
  type SendObserver,
} from '../services/platform/sends/index.ts';
import { createLoop } from './loop.ts';

interface MailDeps {
  readonly databases: Pick<Databases, 'app' | 'platform'>;
  readonly mailing: Mailing;
  /** Ways out of the machine; where there is none, messages stay in the outbox. */
  readonly providers: { readonly email: MailTransport | null; readonly sms: MailTransport | null };
  /** Every wing's reasons to hold a message back, asked in the transactions that claim and dispatch it. */
  readonly guards: readonly SendGuard[];
  /** What follows from the end of a message, in the transaction that settles it. */
  readonly observers: readonly SendObserver[];
  readonly clock: Clock;
  readonly faultPoint: FaultPoint;
  readonly logger: Logger;
}

const POLL_MS = 500;

/**
 * Turns reset requests into mails and hands due sends over. A loop of its own beside the relay: a provider that takes its
 * time must not hold up events and commands. It rests where no transport is set up; nothing is planned there either.
 */
export function createMailOffice({
  databases,
  mailing,
  providers,
  guards,
  observers,
  clock,
  faultPoint,
  logger,
}: MailDeps) {
  const { app: appDb, platform: platformDb } = databases;
  const { secrets } = mailing;
  const outbox = createOutboxTransport({ db: appDb, secrets });
  const sends = createSendDispatcher({
    appDb,
    platformDb,
    secrets,
    transport: providers.email ?? outbox,
    byChannel: { sms: providers.sms ?? outbox },
    guards,
    observers,
    clock,
    faultPoint,
    onError: (error, send) => logger.warn({ err: error, ...send }, 'a message was not handed over'),
  });
  const onOutage = (error: unknown) => logger.warn({ err: error }, 'mail is waiting for Postgres');
  // A round of its own for each way out: a provider that lets its callers wait must not hold up what leaves by another.
  const loops = [
    createLoop({ onOutage }, POLL_MS, async () => {
      if (mailing.transport === null) return 0;
      const requests = await attendResetRequests({ appDb, platformDb, clock, mailing });
      return requests + (await sends.dispatch(['email', 'push']));
    }),
    createLoop({ onOutage }, POLL_MS, async () => {
      if (mailing.transport === null && providers.sms === null) return 0;
      return sends.dispatch(['sms']);
    }),
  ];
  return {
    wake() {
      for (const loop of loops) loop.wake();
    },
    start() {
      for (const loop of loops) loop.start();
    },
    async stop(): Promise<void> {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

/** After a change of ENCRYPTION_KEY: every data key is wrapped by the new one, so that the old one can be retired. */
export async function rewrap(
  databases: MailDeps['databases'],
  mailing: Mailing,
  logger: Logger,
  now: Date,
): Promise<void> {
  try {
    const deps = { appDb: databases.app, platformDb: databases.platform, secrets: mailing.secrets };
    const wrapped = await rewrapSecrets(deps, now);
    if (wrapped > 0) logger.info({ wrapped }, 'data keys are wrapped with the current key');
  } catch (err) {
    logger.error({ err }, 'data keys could not be wrapped with the current key');
  }
}
