import {
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { TicketActivities } from '../../activities/service/tickets.activities.ts';
import { type TicketSlaInput, type TicketSlaResult, ticketChanged } from './ticket-sla.contract.ts';

/** A promise outlives any outage: it is attended to for as long as it takes. */
const { ticketsAttend } = proxyActivities<TicketActivities>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '1s', maximumInterval: '60s' },
});

/**
 * Watches the clocks of a ticket: a timer that is moved whenever its rows say so. They alone know what is due; a ticket
 * that waits for its customer has no timer.
 */
export async function ticketSla(input: TicketSlaInput): Promise<TicketSlaResult> {
  let changed = false;
  setHandler(ticketChanged, () => {
    changed = true;
  });
  for (;;) {
    changed = false;
    const next = await ticketsAttend(input);
    if (next.status !== 'waiting') {
      setCurrentDetails(`**${next.status}**`);
      return { status: next.status };
    }
    const { waitMs } = next;
    setCurrentDetails(waitMs === null ? '**waiting** — for a change' : `**waiting** — next look in ${waitMs} ms`);
    if (workflowInfo().continueAsNewSuggested && allHandlersFinished()) await continueAsNew<typeof ticketSla>(input);
    if (waitMs === null) await condition(() => changed);
    else await condition(() => changed, waitMs);
  }
}
