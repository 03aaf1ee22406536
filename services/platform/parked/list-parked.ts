import { sql } from 'kysely';
import { verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';

/** Work that failed so often that it waits for a person: what one wing does because of another, or asks of a workflow. */
export interface ParkedWork {
  /** Of the event, or of the command. */
  readonly id: string;
  readonly kind: 'reaction' | 'command';
  /** Of the reaction, or of the process. */
  readonly name: string;
  readonly entityType: string | null;
  readonly entityId: string | null;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly since: Date;
}

export const listParkedWork = verb(
  { permission: 'audit.view' },
  async (ctx, input: PageInput): Promise<{ items: ParkedWork[]; total: number }> => {
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<ParkedWork & { total: number }>`
        select *, count(*) over ()::integer as total from (
          select r.event_id as id, 'reaction' as kind, r.reaction as name, e.entity_type as "entityType",
                 e.entity_id as "entityId", r.attempts, r.last_error as "lastError", e.occurred_at as since
          from reaction_runs r
          join domain_events e on e.organization_id = r.organization_id and e.id = r.event_id
          where r.organization_id = ${ctx.organizationId} and r.status = 'parked'
          union all
          select id, 'command', process, null, entity_id, attempts, last_error, created_at
          from process_commands
          where organization_id = ${ctx.organizationId} and status = 'parked'
        ) parked
        order by since, id, name limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);
