import { condition, proxyActivities, setCurrentDetails, setHandler } from '@temporalio/workflow';
import type { EmailActivities } from '../../activities/outreach/emails.activities.ts';
import { type EmailSendInput, type EmailSendResult, emailChanged } from './email-send.contract.ts';

/** An e-mail for later outlives any outage: it is attended to for as long as it takes. */
const { emailsAttend } = proxyActivities<EmailActivities>({
  startToCloseTimeout: '20s',
  retry: { initialInterval: '1s', maximumInterval: '60s' },
});

/** Waits for the time of an e-mail and enters it into the ledger; its row says where it stands. */
export async function emailSend(input: EmailSendInput): Promise<EmailSendResult> {
  let changed = false;
  setHandler(emailChanged, () => {
    changed = true;
  });
  for (;;) {
    changed = false;
    const next = await emailsAttend(input);
    if (next.status !== 'waiting') {
      setCurrentDetails(`**${next.status}**`);
      return { status: next.status };
    }
    setCurrentDetails(`**waiting** — next look in ${next.waitSeconds} s`);
    await condition(() => changed, `${next.waitSeconds}s`);
  }
}
