import { condition, proxyActivities, setCurrentDetails, setHandler } from '@temporalio/workflow';
import type { InvitationActivities } from '../../activities/platform/invitations.activities.ts';
import { type InvitationInput, type InvitationResult, invitationChanged } from './invitation.contract.ts';

/** An invitation outlives any outage: it is attended to for as long as it takes. */
const { invitationsAttend } = proxyActivities<InvitationActivities>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '1s', maximumInterval: '60s' },
});

/** Reminds of an invitation and lets it expire; its row says where it stands. */
export async function invitation(input: InvitationInput): Promise<InvitationResult> {
  let changed = false;
  setHandler(invitationChanged, () => {
    changed = true;
  });
  for (;;) {
    changed = false;
    const next = await invitationsAttend(input);
    if (next.status !== 'pending') {
      setCurrentDetails(`**${next.status}**`);
      return { status: next.status };
    }
    setCurrentDetails(`**pending** — next look in ${next.waitSeconds} s`);
    await condition(() => changed, `${next.waitSeconds}s`);
  }
}
