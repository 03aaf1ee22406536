import type { AnyDb } from '../table.ts';
import { isVisible, limitedToTeams } from '../team-visibility.ts';

/**
 * A message that came in is seen by whoever sees its person, or the e-mail that it answers. One that names neither is a
 * stranger's: it waits for people whom no team limits.
 */
export async function up(db: AnyDb): Promise<void> {
  await limitedToTeams(
    db,
    'inbound_messages',
    `${isVisible('prospects', 'inbound_messages.prospect_id')} or ${isVisible('emails', 'inbound_messages.email_id')}`,
    'select',
  );
}
