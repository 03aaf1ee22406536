import type { MailTransport } from '../../domain/platform/mail.port.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { contactIsAllowed, settleEmail } from '../../services/outreach/index.ts';
import { createOutboxTransport, createSendDispatcher } from '../../services/platform/sends/index.ts';
import type { TestDatabase } from '../../test/database.ts';
import { testMailing } from '../../test/http/harness.ts';

/** One round of a worker's mail office in this process. */
export async function deliverAll(database: TestDatabase, transport?: MailTransport): Promise<void> {
  const { secrets } = testMailing;
  const office = createSendDispatcher({
    appDb: database.app,
    platformDb: database.platform,
    secrets,
    transport: transport ?? createOutboxTransport({ db: database.app, secrets }),
    guards: [contactIsAllowed],
    observers: [settleEmail],
    clock: { now: () => new Date() },
    faultPoint: noFaults,
    onError: (error) => {
      throw error;
    },
  });
  while ((await office.dispatch()) > 0);
}
