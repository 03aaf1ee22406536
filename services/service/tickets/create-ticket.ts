import { type RawBuilder, sql } from 'kysely';
import { invalid } from '../../../domain/core/errors.ts';
import type { TicketChannel, TicketPriority } from '../../../domain/service/ticket.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, letGo, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { uuidv7 } from '../../core/ids.ts';
import { mergedCustom, requireRecords } from '../../crm/records/index.ts';
import { ticketAssigned, ticketCreated } from '../events.ts';
import { type Routing, routeTicket, takeTurn } from '../routing/route-ticket.ts';
import { startClock } from '../slas/ticket-clock.ts';
import { setLinks, type TicketLinks } from './ticket-links.ts';
import { watchTicket } from './ticket-row.ts';
import { readTicket, type TicketDetail } from './ticket-view.ts';

export interface CreateTicketInput extends TicketLinks {
  subject: string;
  description?: string | null | undefined;
  priority?: TicketPriority | undefined;
  channel?: TicketChannel | undefined;
  requesterEmail?: string | null | undefined;
  requesterName?: string | null | undefined;
  prospectId?: string | null | undefined;
  accountId?: string | null | undefined;
  /** Named ones are taken; otherwise the routing rules decide. */
  assigneeId?: string | null | undefined;
  teamId?: string | null | undefined;
  tags?: readonly string[] | undefined;
  language?: string | null | undefined;
  custom?: Readonly<Record<string, unknown>> | undefined;
  /** Named: no other policy takes its place. */
  slaId?: string | null | undefined;
  splitFromId?: string | undefined;
}

/** Looks for the person and the account behind it, routes it, and starts its clocks. @throws AppError validation. */
export const createTicket = verb(
  { permission: 'tickets.edit' },
  (ctx, input: CreateTicketInput): Promise<TicketDetail> => openTicket(ctx, input),
);

/** The same for whoever needs no permission: a mail, the portal, a chat. */
export async function openTicket(ctx: Ctx, input: CreateTicketInput): Promise<TicketDetail> {
  await requireRecords(ctx, input);
  if (input.slaId) await requireSla(ctx, input.slaId);
  const values = await valuesOf(ctx, input);
  const routing = await routeUnlessNamed(ctx, input, thoughtOf(values));
  const row = { ...values, assignee_id: routing.assigneeId, team_id: routing.teamId };
  await letGo(ctx, ctx.tx.insertInto('tickets').values(row).execute());
  const { id } = row;
  await setLinks(ctx, id, input);
  await audit(ctx, 'ticket.create', {
    entityType: 'ticket',
    entityId: id,
    after: { priority: row.priority, channel: row.channel, assigneeId: row.assignee_id, ruleId: routing.ruleId },
  });
  await emit(ctx, ticketCreated, { entityId: id, data: { id } });
  if (row.assignee_id !== null || row.team_id !== null) {
    const data = { id, assigneeId: row.assignee_id, teamId: row.team_id };
    await emit(ctx, ticketAssigned, { entityId: id, data });
  }
  await watchTicket(ctx, id, 1);
  const { priority, sla_id: slaId, sla_pinned: slaPinned } = row;
  await startClock(ctx, { id, priority, slaId, slaPinned, openedAt: ctx.now });
  return readTicket(ctx, id);
}

async function valuesOf(ctx: Ctx, input: CreateTicketInput) {
  const requester = await findRequester(ctx, input);
  return {
    id: uuidv7(),
    organization_id: ctx.organizationId,
    subject: input.subject,
    description: input.description ?? null,
    status: 'new',
    priority: input.priority ?? 'normal',
    channel: input.channel ?? 'api',
    requester_email: requester.email,
    requester_name: requester.name,
    prospect_id: requester.prospectId,
    account_id: requester.accountId,
    tags: [...new Set(input.tags ?? [])],
    language: input.language ?? requester.language,
    custom: JSON.stringify(await mergedCustom(ctx, 'ticket', {}, input.custom)),
    sla_id: input.slaId ?? null,
    sla_pinned: Boolean(input.slaId),
    created_by: ctx.principal.userId ?? null,
    opened_at: ctx.now,
    split_from_id: input.splitFromId ?? null,
  };
}

type TicketValues = Awaited<ReturnType<typeof valuesOf>>;

/** A ticket `t` that is not stored, as rules and policies can be asked about it. */
function thoughtOf(values: TicketValues): RawBuilder<unknown> {
  const row = { ...values, custom: JSON.parse(values.custom), sla_state: 'none' };
  return sql`jsonb_populate_record(null::tickets, ${JSON.stringify(row)}::jsonb) t`;
}

/** What the input would become, without storing it. @throws AppError validation. */
export async function draftOf(ctx: Ctx, input: CreateTicketInput): Promise<RawBuilder<unknown>> {
  await requireRecords(ctx, input);
  if (input.slaId) await requireSla(ctx, input.slaId);
  return thoughtOf(await valuesOf(ctx, input));
}

async function routeUnlessNamed(ctx: Ctx, input: CreateTicketInput, ticket: RawBuilder<unknown>): Promise<Routing> {
  if (input.assigneeId || input.teamId) {
    return { ruleId: null, assigneeId: input.assigneeId ?? null, teamId: input.teamId ?? null };
  }
  const routing = await routeTicket(ctx, ticket, { hold: true });
  await takeTurn(ctx, routing);
  return routing;
}

interface Requester {
  email: string | null;
  name: string | null;
  prospectId: string | null;
  accountId: string | null;
  language: string | null;
}

/** By the prospect that is named, else by the address; its account, unless another one is named. */
async function findRequester(ctx: Ctx, input: CreateTicketInput): Promise<Requester> {
  const email = input.requesterEmail ?? null;
  const { rows } = await sql<Requester>`
    select p.email, nullif(trim(concat_ws(' ', p.first_name, p.last_name)), '') as name, p.id as "prospectId",
           p.account_id as "accountId", p.language
    from prospects p
    where p.organization_id = ${ctx.organizationId} and p.deleted_at is null
      and ${input.prospectId ? sql`p.id = ${input.prospectId}` : sql`p.email_lower = lower(${email}::text)`}`.execute(
    ctx.tx,
  );
  const found = rows[0];
  return {
    email: email ?? found?.email ?? null,
    name: input.requesterName ?? found?.name ?? null,
    prospectId: found?.prospectId ?? null,
    accountId: input.accountId ?? found?.accountId ?? null,
    language: found?.language ?? null,
  };
}

/** @throws AppError validation. */
export async function requireSla(ctx: Ctx, slaId: string): Promise<void> {
  const row = await ctx.tx
    .selectFrom('slas')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', slaId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw invalid('slaId', 'does not exist', slaId);
}
