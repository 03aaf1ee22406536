import { sql } from 'kysely';
import { verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';

export interface ActivityView {
  id: string;
  /** What happened, as the audit log names it: `attribution_run.execute`. */
  action: string;
  /** The same as a sentence without an actor. */
  title: string;
  entityType: string;
  entityId: string | null;
  /** Name of the run, file, user … where it has one. */
  entityName: string | null;
  actor: { kind: string; id: string | null; name: string | null };
  at: Date;
}

export interface ActivityInput extends PageInput {
  entityType?: string | undefined;
}

/** What people and the product did lately, newest first. Neither texts nor values of what changed are in it. */
export const recentActivity = verb(
  { permission: 'reports.view' },
  async (ctx, input: ActivityInput): Promise<{ items: ActivityView[]; total: number }> => {
    const organization = ctx.organizationId;
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<Omit<ActivityView, 'title'> & { total: number }>`
        select l.id, l.action, l.entity_type as "entityType", l.entity_id as "entityId", l.created_at as at, l.total,
               coalesce(run.name, upload.file_name, team.name, vendor.name, agent.name, person.first_name,
                        use_case.name) as "entityName",
               jsonb_build_object('kind', l.actor_kind, 'id', l.actor_id, 'name', coalesce(
                 nullif(concat_ws(' ', actor.first_name, actor.last_name), ''), key.name)) as actor
        from (
          select a.*, count(*) over ()::integer as total from audit_logs a
          where a.organization_id = ${organization}
            ${input.entityType ? sql`and a.entity_type = ${input.entityType}` : sql``}
          order by a.created_at desc, a.id desc limit ${limit}::integer offset ${offset}::bigint
        ) l
        left join attribution_runs run on run.organization_id = ${organization} and run.id = l.entity_id
        left join uploads upload on upload.organization_id = ${organization} and upload.id = l.entity_id
        left join teams team on team.organization_id = ${organization} and team.id = l.entity_id
        left join vendors vendor on vendor.organization_id = ${organization} and vendor.id = l.entity_id
        left join agents agent on agent.organization_id = ${organization} and agent.id = l.entity_id
        left join users person on person.organization_id = ${organization} and person.id = l.entity_id
        left join use_cases use_case on use_case.organization_id = ${organization} and use_case.id = l.entity_id
        left join users actor on actor.organization_id = ${organization} and actor.id = l.actor_id
        left join api_keys key on key.organization_id = ${organization} and key.id = l.actor_id
        order by l.created_at desc, l.id desc`.execute(ctx.tx);
      return page.rows;
    });
    return {
      items: rows.map(({ total: _, ...row }) => ({ ...row, title: titleOf(row.action, row.entityName) })),
      total,
    };
  },
);

/** `attribution_run.execute`, `Q1` → `Attribution run: execute — Q1`. */
function titleOf(action: string, name: string | null): string {
  const [entity = '', what = ''] = action.split('.').map((part) => part.replaceAll('_', ' '));
  const subject = entity.charAt(0).toUpperCase() + entity.slice(1);
  return [what ? `${subject}: ${what}` : subject, name].filter(Boolean).join(' — ');
}
