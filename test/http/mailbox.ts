import { noFaults } from '../../services/core/fault-points.ts';
import { attendResetRequests, resetIsWanted } from '../../services/platform/auth/index.ts';
import { invitationIsWanted } from '../../services/platform/invitations/index.ts';
import { createOutboxTransport, createSendDispatcher } from '../../services/platform/sends/index.ts';
import { type TestDatabase, testMailing } from './harness.ts';

/** What the mail office of a worker does in one round: reset requests become mails, mails go to the outbox. */
export async function deliverMail(database: TestDatabase, now: () => Date): Promise<void> {
  const deps = { appDb: database.app, platformDb: database.platform, clock: { now } };
  await attendResetRequests({ ...deps, mailing: testMailing });
  await createSendDispatcher({
    ...deps,
    secrets: testMailing.secrets,
    transport: createOutboxTransport({ db: database.app, secrets: testMailing.secrets }),
    guards: [resetIsWanted, invitationIsWanted],
    faultPoint: noFaults,
    onError: (error) => {
      throw error;
    },
  }).dispatch();
}

/** The secret of the link in a mail. */
export const tokenOf = ({ text }: { text: string }): string => /token=([\w-]+)/.exec(text)![1]!;
