import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { MissingPolicy, TemplateVariable } from '../../../domain/outreach/template.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { containing } from '../../core/filter.ts';
import { type PageInput, readPage } from '../../core/page.ts';

export const TEMPLATE_CATEGORIES = ['marketing', 'one_to_one', 'transactional'] as const;
export type TemplateCategory = (typeof TEMPLATE_CATEGORIES)[number];

export interface TemplateView {
  id: string;
  name: string;
  description: string | null;
  subject: string;
  html: string;
  text: string | null;
  variables: TemplateVariable[];
  missingVariables: MissingPolicy;
  category: TemplateCategory;
  /** Counts the contents it has had. */
  number: number;
  createdBy: string | null;
  performance: TemplatePerformance;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

/** Of the messages that left; opens and clicks of machines are not counted. */
export interface TemplatePerformance {
  sent: number;
  delivered: number;
  opened: number;
  clicked: number;
  replied: number;
  bounced: number;
  /** Shares of sent messages; null before the first. */
  openRate: number | null;
  clickRate: number | null;
  replyRate: number | null;
  lastUsedAt: Date | null;
}

const COLUMNS: RawBuilder<unknown> = sql.raw(`
  t.id, t.name, t.description, t.subject, t.html, t.text, t.variables, t.missing_variables as "missingVariables",
  t.category, t.number, t.created_by as "createdBy", t.created_at as "createdAt", t.updated_at as "updatedAt", t.version,
  jsonb_build_object('sent', u.sent, 'delivered', u.delivered, 'opened', u.opened, 'clicked', u.clicked,
    'replied', u.replied, 'bounced', u.bounced) as performance, u.last_used_at as "lastUsedAt"`);

/** One look at the messages per template of the page. */
const USAGE: RawBuilder<unknown> = sql.raw(`
  cross join lateral (
    select count(*)::integer as sent, count(e.delivered_at)::integer as delivered,
           count(*) filter (where e.opened)::integer as opened, count(*) filter (where e.clicked)::integer as clicked,
           count(e.replied_at)::integer as replied, count(*) filter (where e.bounced)::integer as bounced,
           max(e.sent_at) as last_used_at
    from emails e
    where e.organization_id = t.organization_id and e.template_id = t.id and e.sent_at is not null and not e.is_test) u`);

type Row = Omit<TemplateView, 'performance'> & {
  performance: Omit<TemplatePerformance, 'openRate' | 'clickRate' | 'replyRate' | 'lastUsedAt'>;
  lastUsedAt: Date | null;
};

function toView({ performance, lastUsedAt, ...row }: Row): TemplateView {
  const share = (count: number) => (performance.sent === 0 ? null : count / performance.sent);
  const { opened, clicked, replied } = performance;
  return {
    ...row,
    performance: {
      ...performance,
      openRate: share(opened),
      clickRate: share(clicked),
      replyRate: share(replied),
      lastUsedAt,
    },
  };
}

/** @throws AppError not_found. */
export async function readTemplate(ctx: Ctx, id: string): Promise<TemplateView> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from email_templates t ${USAGE}
    where t.organization_id = ${ctx.organizationId} and t.id = ${id} and t.deleted_at is null`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The template');
  return toView(rows[0]);
}

/** With how it performs. @throws AppError not_found. */
export const getTemplate = verb(
  { permission: 'emails.view' },
  (ctx, input: { id: string }): Promise<TemplateView> => readTemplate(ctx, input.id),
);

export const TEMPLATE_SORTS = ['name', '-name', 'createdAt', '-createdAt', 'updatedAt', '-updatedAt'] as const;

export interface ListTemplatesInput extends PageInput {
  /** Part of name or subject. */
  q?: string | undefined;
  category?: TemplateCategory | undefined;
  sort: (typeof TEMPLATE_SORTS)[number];
}

const ORDER: Record<(typeof TEMPLATE_SORTS)[number], string> = {
  name: 'lower(t.name), t.id',
  '-name': 'lower(t.name) desc, t.id desc',
  createdAt: 't.created_at, t.id',
  '-createdAt': 't.created_at desc, t.id desc',
  updatedAt: 't.updated_at, t.id',
  '-updatedAt': 't.updated_at desc, t.id desc',
};

export const listTemplates = verb(
  { permission: 'emails.view' },
  async (ctx, input: ListTemplatesInput): Promise<{ items: TemplateView[]; total: number }> => {
    const { q, category, sort } = input;
    const pattern = q === undefined ? null : containing(q);
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<Row & { total: number }>`
        select ${COLUMNS}, t.total
        from (
          select t.*, count(*) over ()::integer as total from email_templates t
          where t.organization_id = ${ctx.organizationId} and t.deleted_at is null
            and (${pattern}::text is null or t.name ilike ${pattern} or t.subject ilike ${pattern})
            and (${category ?? null}::text is null or t.category = ${category ?? null})
          order by ${sql.raw(ORDER[sort])} limit ${limit}::integer offset ${offset}::bigint) t ${USAGE}
        order by ${sql.raw(ORDER[sort])}`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => toView(row)), total };
  },
);
