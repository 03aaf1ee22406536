import type { TicketPriority, TicketStatus } from '../../../domain/service/ticket.rules.ts';
import { audit } from '../../core/audit.ts';
import { verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { mergedCustom, requireRecords } from '../../crm/records/index.ts';
import { ticketUpdated } from '../events.ts';
import { advanceClock, type SlaCause } from '../slas/ticket-clock.ts';
import { moveTicket, requireTransition } from './change-status.ts';
import { requireSla } from './create-ticket.ts';
import { setLinks, type TicketLinks } from './ticket-links.ts';
import { lockTicket } from './ticket-row.ts';
import { readTicket, type TicketDetail } from './ticket-view.ts';

export interface TicketChanges extends TicketLinks {
  subject?: string | undefined;
  description?: string | null | undefined;
  status?: TicketStatus | undefined;
  priority?: TicketPriority | undefined;
  requesterEmail?: string | null | undefined;
  requesterName?: string | null | undefined;
  prospectId?: string | null | undefined;
  accountId?: string | null | undefined;
  tags?: readonly string[] | undefined;
  language?: string | null | undefined;
  custom?: Readonly<Record<string, unknown>> | undefined;
  /** Named: no other policy takes its place; null: the policies decide again. */
  slaId?: string | null | undefined;
}

const FIELDS = [
  'subject',
  'description',
  'priority',
  'requesterEmail',
  'requesterName',
  'prospectId',
  'accountId',
  'tags',
  'language',
  'custom',
] as const;

/**
 * Partial. Its clocks follow, with the past kept.
 * @throws AppError not_found; precondition_failed; validation; conflict `TICKET_STATUS`.
 */
export const updateTicket = verb(
  { permission: 'tickets.edit' },
  async (
    ctx,
    { id, expectedVersion, changes }: { id: string; expectedVersion?: number | undefined; changes: TicketChanges },
  ): Promise<TicketDetail> => {
    const locked = await lockTicket(ctx, id, expectedVersion);
    const status = changes.status ?? locked.status;
    requireTransition(locked.status, status);
    const before = await readTicket(ctx, id);
    const { custom, status: _status, slaId, watcherIds, dealIds, prospectIds, ...given } = changes;
    const after = {
      ...before,
      ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
      custom: await mergedCustom(ctx, 'ticket', before.custom, custom),
    };
    const changed: string[] = FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
    await requireRecords(ctx, {
      ...(changed.includes('prospectId') ? { prospectId: after.prospectId } : {}),
      ...(changed.includes('accountId') ? { accountId: after.accountId } : {}),
    });
    if (slaId) await requireSla(ctx, slaId);
    await advanceClock(ctx, id);
    changed.push(...(await setLinks(ctx, id, { watcherIds, dealIds, prospectIds })));
    if (slaId !== undefined && slaId !== before.slaId) changed.push('slaId');
    if (changed.length > 0 || slaId !== undefined) {
      await ctx.tx
        .updateTable('tickets')
        .set({
          subject: after.subject,
          description: after.description,
          priority: after.priority,
          requester_email: after.requesterEmail,
          requester_name: after.requesterName,
          prospect_id: after.prospectId,
          account_id: after.accountId,
          tags: [...new Set(after.tags)],
          language: after.language,
          custom: JSON.stringify(after.custom),
          ...(slaId === undefined ? {} : { sla_id: slaId, sla_pinned: slaId !== null }),
        })
        .where('organization_id', '=', ctx.organizationId)
        .where('id', '=', id)
        .execute();
    }
    await moveTicket(ctx, id, locked.status, status);
    if (status !== locked.status) changed.push('status');
    if (changed.length === 0) return before;
    await audit(ctx, 'ticket.update', { entityType: 'ticket', entityId: id, after: { fields: changed, status } });
    await emit(ctx, ticketUpdated, { entityId: id, data: { id, fields: changed } });
    await advanceClock(ctx, id, causeOf(changed));
    return readTicket(ctx, id);
  },
);

const causeOf = (changed: readonly string[]): SlaCause =>
  changed.includes('status') ? 'status' : changed.includes('priority') ? 'priority' : 'policy';
