import { type Reaction, reaction } from '../core/relay.ts';
import { slaChanged } from './events.ts';
import { rollOut } from './slas/roll-out.ts';
import { TICKET_NOTICES } from './tickets/notices.ts';

/** What service does because something happened elsewhere; each exactly once per event. */
export const SERVICE_REACTIONS: readonly Reaction[] = [
  reaction('service.roll-out-sla', slaChanged, (ctx, event) => rollOut(ctx, event.data)),
  ...TICKET_NOTICES,
];
