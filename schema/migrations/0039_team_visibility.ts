import type { AnyDb } from '../table.ts';
import { happenedTo, limitedToTeams, seenOf } from '../team-visibility.ts';

/**
 * Tickets, e-mails and conversations, as the customer record. What is read is limited, not what is written: a ticket that
 * its maker's rules give to another team is still made.
 */
export async function up(db: AnyDb): Promise<void> {
  await limitedToTeams(db, 'tickets', seenOf('assignee_id', 'created_by'), 'select');
  await limitedToTeams(db, 'emails', happenedTo('emails', 'user_id', ['prospect_id', 'deal_id']), 'select');
  await limitedToTeams(db, 'conversations', happenedTo('conversations', 'user_id'), 'select');
}
