import { sql } from 'kysely';
import type { BusinessCalendar } from '../../../domain/core/business-calendar.rules.ts';
import { conflict, invalid, notFound } from '../../../domain/core/errors.ts';
import type { SlaEscalation, SlaTerms } from '../../../domain/service/sla.rules.ts';
import { audit } from '../../core/audit.ts';
import type { Changes } from '../../core/changes.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { slaChanged } from '../events.ts';
import { changed, lockSetting, type SettingVersion } from '../setting-row.ts';
import { checkTicketFilter } from '../tickets/ticket-filter.ts';

export interface SlaFields {
  name: string;
  description?: string | null | undefined;
  isDefault?: boolean | undefined;
  /** Lower is asked first. */
  position?: number | undefined;
  filter?: unknown;
  /** The requester is in this segment. */
  segmentId?: string | null | undefined;
  targets: SlaTerms['targets'];
  calendar?: BusinessCalendar | null | undefined;
  warnAtPercent?: number | undefined;
  warnBeforeMinutes?: number | null | undefined;
  escalations?: readonly SlaEscalation[] | undefined;
}

export interface SlaView {
  id: string;
  name: string;
  description: string | null;
  isDefault: boolean;
  position: number;
  filter: Record<string, unknown> | null;
  segmentId: string | null;
  targets: SlaTerms['targets'];
  calendar: BusinessCalendar | null;
  warnAtPercent: number;
  warnBeforeMinutes: number | null;
  escalations: SlaEscalation[];
  /** Raised by every change of what it promises. */
  number: number;
  openTickets: number;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

const COLUMNS = sql.raw(`
  s.id, s.name, s.description, s.is_default as "isDefault", s.position, s.filter, s.segment_id as "segmentId", s.targets,
  s.calendar, s.warn_at_percent as "warnAtPercent", s.warn_before_minutes as "warnBeforeMinutes", s.escalations, s.number,
  (select count(*) from tickets t where t.organization_id = s.organization_id and t.sla_id = s.id
     and t.status in ('new', 'open', 'pending') and t.deleted_at is null)::integer as "openTickets",
  s.created_at as "createdAt", s.updated_at as "updatedAt", s.version`);

/** @throws AppError not_found. */
export async function readSla(ctx: Ctx, id: string): Promise<SlaView> {
  const { rows } = await sql<SlaView>`
    select ${COLUMNS} from slas s
    where s.organization_id = ${ctx.organizationId} and s.id = ${id} and s.deleted_at is null`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The SLA policy');
  return rows[0];
}

/** In the order in which they are asked; the default last. */
export const listSlas = verb(
  { permission: 'tickets.view' },
  async (ctx, input: PageInput & { isDefault?: boolean | undefined }): Promise<{ items: SlaView[]; total: number }> => {
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<SlaView & { total: number }>`
        select ${COLUMNS}, count(*) over ()::integer as total from slas s
        where s.organization_id = ${ctx.organizationId} and s.deleted_at is null
          ${input.isDefault === undefined ? sql`` : sql`and s.is_default = ${input.isDefault}`}
        order by s.is_default, s.position, s.created_at, s.id
        limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

/** @throws AppError validation; conflict `DUPLICATE_SLA`. */
export const createSla = verb({ permission: 'tickets.edit' }, async (ctx, input: SlaFields): Promise<SlaView> => {
  await check(ctx, input, null);
  if (input.isDefault) await takeDefault(ctx, null);
  const columns = columnsOf(input);
  const { id } = await ctx.tx
    .insertInto('slas')
    .values({ ...columns, ...termsColumns(input) })
    .returning('id')
    .executeTakeFirstOrThrow();
  await addVersion(ctx, id, 1, input);
  await audit(ctx, 'sla.create', { entityType: 'sla', entityId: id, after: { ...input } });
  return readSla(ctx, id);
});

export interface UpdateSlaInput extends SettingVersion {
  changes: Changes<SlaFields>;
}

/**
 * Partial. What it promises anew counts for open tickets from now on; what was counted before stays.
 * @throws AppError not_found; precondition_failed; validation; conflict `DUPLICATE_SLA`.
 */
export const updateSla = verb(
  { permission: 'tickets.edit' },
  async (ctx, { id, expectedVersion, changes }: UpdateSlaInput): Promise<SlaView> => {
    await lockSetting(ctx, 'slas', { id, expectedVersion });
    const before = await readSla(ctx, id);
    const after = changed(before, changes);
    await check(ctx, after, id);
    if (after.isDefault && !before.isDefault) await takeDefault(ctx, id);
    const promisesAnew = JSON.stringify(termsColumns(before)) !== JSON.stringify(termsColumns(after));
    const number = before.number + (promisesAnew ? 1 : 0);
    await ctx.tx
      .updateTable('slas')
      .set({ ...columnsOf(after), ...termsColumns(after), number })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    if (promisesAnew) {
      await addVersion(ctx, id, number, after);
      await emit(ctx, slaChanged, { entityId: id, data: { id, number, afterTicketId: null } });
    }
    await audit(ctx, 'sla.update', { entityType: 'sla', entityId: id, before, after });
    return readSla(ctx, id);
  },
);

/** @throws AppError not_found; precondition_failed; conflict `SLA_IN_USE`. */
export const deleteSla = verb(
  { permission: 'tickets.delete' },
  async (ctx, { id, expectedVersion }: SettingVersion): Promise<{ id: string }> => {
    await lockSetting(ctx, 'slas', { id, expectedVersion });
    const { rows } = await sql<{ tickets: number }>`
      select count(*)::integer as tickets from tickets
      where organization_id = ${ctx.organizationId} and sla_id = ${id} and status <> 'closed' and deleted_at is null`.execute(
      ctx.tx,
    );
    const { tickets } = rows[0]!;
    if (tickets > 0) {
      throw conflict('SLA_IN_USE', `The policy is what ${tickets} tickets were promised.`, {
        details: { tickets },
        hint: 'Close them or name another policy for them; a policy without a filter takes no new ones.',
      });
    }
    await ctx.tx
      .updateTable('slas')
      .set({ deleted_at: ctx.now, is_default: false })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    await audit(ctx, 'sla.delete', { entityType: 'sla', entityId: id });
    return { id };
  },
);

async function check(ctx: Ctx, fields: SlaFields, ownId: string | null): Promise<void> {
  if (fields.filter != null) await checkTicketFilter(ctx, fields.filter);
  const { rows } = await sql<{ duplicate: string | null; segment: boolean; missing: string[] }>`
    select (select id from slas where organization_id = ${ctx.organizationId} and deleted_at is null
              and lower(name) = lower(${fields.name}) and id is distinct from ${ownId}::uuid) as duplicate,
           ${fields.segmentId ?? null}::uuid is null or exists (
             select from contact_segments where organization_id = ${ctx.organizationId}
               and id = ${fields.segmentId ?? null}::uuid and deleted_at is null) as segment,
           array(select given from unnest(${sql.val((fields.escalations ?? []).flatMap(({ userIds }) => userIds))}::uuid[]) given
                 where not exists (select from users where organization_id = ${ctx.organizationId} and id = given
                                     and deleted_at is null)) as missing`.execute(ctx.tx);
  const { duplicate, segment, missing } = rows[0]!;
  if (!segment) throw invalid('segmentId', 'does not exist', fields.segmentId);
  if (missing.length > 0) throw invalid('escalations', 'names a user who does not exist', missing[0]);
  if (duplicate !== null) {
    throw conflict('DUPLICATE_SLA', `A policy is called ${fields.name} already.`, {
      issues: [{ field: 'name', message: 'exists already' }],
      details: { existingId: duplicate },
    });
  }
}

/** There is one default at most; the former one steps back. */
const takeDefault = (ctx: Ctx, exceptId: string | null) =>
  sql`
    update slas set is_default = false
    where organization_id = ${ctx.organizationId} and is_default and deleted_at is null
      and id is distinct from ${exceptId}::uuid`.execute(ctx.tx);

const addVersion = (ctx: Ctx, slaId: string, number: number, fields: SlaFields) =>
  ctx.tx
    .insertInto('sla_versions')
    .values({ sla_id: slaId, number, effective_at: ctx.now, ...termsColumns(fields) })
    .execute();

const columnsOf = (fields: SlaFields) => ({
  name: fields.name,
  description: fields.description ?? null,
  is_default: fields.isDefault ?? false,
  position: fields.position ?? 100,
  filter: fields.filter == null ? null : JSON.stringify(fields.filter),
  segment_id: fields.segmentId ?? null,
});

const termsColumns = (fields: SlaFields) => ({
  targets: JSON.stringify(fields.targets),
  calendar: fields.calendar ? JSON.stringify(fields.calendar) : null,
  warn_at_percent: fields.warnAtPercent ?? 80,
  warn_before_minutes: fields.warnBeforeMinutes ?? null,
  escalations: JSON.stringify(fields.escalations ?? []),
});
