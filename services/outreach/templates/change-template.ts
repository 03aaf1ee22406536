import { type RawBuilder, sql } from 'kysely';
import { conflict, invalid, notFound } from '../../../domain/core/errors.ts';
import { type MissingPolicy, strayBraces, type TemplateVariable } from '../../../domain/outreach/template.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { requireVersion } from '../../core/versions.ts';
import { readTemplate, type TemplateCategory, type TemplateView } from './template-view.ts';

export interface TemplateInput {
  name: string;
  description?: string | null | undefined;
  subject: string;
  html: string;
  text?: string | null | undefined;
  variables?: TemplateVariable[] | undefined;
  missingVariables?: MissingPolicy | undefined;
  category?: TemplateCategory | undefined;
}

/** @throws AppError validation; conflict `DUPLICATE_TEMPLATE` (`details.existingId`). */
export const createTemplate = verb(
  { permission: 'emails.edit' },
  async (ctx, input: TemplateInput): Promise<TemplateView> => {
    requireWellFormed(input);
    await requireFreeName(ctx, input.name);
    const { id } = await ctx.tx
      .insertInto('email_templates')
      .values({
        name: input.name,
        description: input.description ?? null,
        subject: input.subject,
        html: input.html,
        text: input.text ?? null,
        variables: JSON.stringify(input.variables ?? []),
        missing_variables: input.missingVariables ?? 'refuse',
        category: input.category ?? 'marketing',
        created_by: ctx.principal.userId ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await keepVersion(ctx, id);
    await audit(ctx, 'email_template.create', {
      entityType: 'email_template',
      entityId: id,
      after: { name: input.name },
    });
    return readTemplate(ctx, id);
  },
);

/** Partial. New content is a new number; messages that were written before keep theirs. @throws as `createTemplate`. */
export const updateTemplate = verb(
  { permission: 'emails.edit' },
  async (
    ctx,
    input: {
      id: string;
      expectedVersion?: number | undefined;
      changes: { [K in keyof TemplateInput]?: TemplateInput[K] | undefined };
    },
  ): Promise<TemplateView> => {
    const { id, changes, expectedVersion } = input;
    await lockTemplate(ctx, id, expectedVersion);
    const before = await readTemplate(ctx, id);
    const after = {
      subject: changes.subject ?? before.subject,
      html: changes.html ?? before.html,
      text: changes.text === undefined ? before.text : changes.text,
      variables: changes.variables ?? before.variables,
    };
    requireWellFormed(after);
    if (changes.name !== undefined) await requireFreeName(ctx, changes.name, id);
    const contentOf = ({ subject, html, text, variables }: typeof after) =>
      JSON.stringify([subject, html, text, variables]);
    const isNew = contentOf(after) !== contentOf(before);
    await ctx.tx
      .updateTable('email_templates')
      .set({
        ...after,
        variables: JSON.stringify(after.variables),
        name: changes.name ?? before.name,
        description: changes.description === undefined ? before.description : changes.description,
        missing_variables: changes.missingVariables ?? before.missingVariables,
        category: changes.category ?? before.category,
        number: before.number + (isNew ? 1 : 0),
      })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    if (isNew) await keepVersion(ctx, id);
    await audit(ctx, 'email_template.update', {
      entityType: 'email_template',
      entityId: id,
      after: { fields: Object.keys(changes) },
    });
    return readTemplate(ctx, id);
  },
);

/** @throws AppError not_found; precondition_failed; conflict `TEMPLATE_IN_USE` (`details.usedBy`). */
export const deleteTemplate = verb(
  { permission: 'emails.delete' },
  async (ctx, input: { id: string; expectedVersion?: number | undefined }): Promise<{ id: string }> => {
    const { id, expectedVersion } = input;
    await lockTemplate(ctx, id, expectedVersion);
    const usedBy = await usesOf(ctx, id);
    if (usedBy.length > 0) {
      throw conflict('TEMPLATE_IN_USE', `The template is used by ${usedBy.join(' and ')}.`, {
        details: { usedBy },
        hint: 'Give them another template, or cancel them, first.',
      });
    }
    await ctx.tx
      .updateTable('email_templates')
      .set({ deleted_at: ctx.now })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    await audit(ctx, 'email_template.delete', { entityType: 'email_template', entityId: id });
    return { id };
  },
);

/** What would still write with it: jobs that are not done. A message that is rendered already needs it no more. */
const TEMPLATE_USES: readonly {
  readonly what: string;
  readonly exists: (ctx: Ctx, id: string) => RawBuilder<boolean>;
}[] = [
  {
    what: 'an active cadence',
    exists: (ctx, id) => sql<boolean>`exists (
      select from cadence_steps s join cadences c on c.organization_id = s.organization_id and c.id = s.cadence_id
      where s.organization_id = ${ctx.organizationId} and s.template_id = ${id} and c.is_active and c.deleted_at is null
        and s.deleted_at is null)`,
  },
  {
    what: 'a bulk job',
    exists: (ctx, id) => sql<boolean>`exists (
      select from bulk_email_jobs where organization_id = ${ctx.organizationId} and template_id = ${id}
        and status in ('scheduled', 'running', 'paused'))`,
  },
];

async function usesOf(ctx: Ctx, templateId: string): Promise<string[]> {
  const columns = TEMPLATE_USES.map(({ what, exists }) => sql`${exists(ctx, templateId)} as ${sql.ref(what)}`);
  const { rows } = await sql<Record<string, boolean>>`select ${sql.join(columns)}`.execute(ctx.tx);
  return TEMPLATE_USES.flatMap(({ what }) => (rows[0]![what] ? [what] : []));
}

async function keepVersion(ctx: Ctx, id: string): Promise<void> {
  await sql`
    insert into email_template_versions (template_id, number, subject, html, text, variables, created_by)
    select id, number, subject, html, text, variables, ${ctx.principal.userId ?? null}::uuid from email_templates
    where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
}

function requireWellFormed(template: Pick<TemplateInput, 'subject' | 'html' | 'text' | 'variables'>): void {
  const { subject, html, text = null, variables = [] } = template;
  const [stray] = strayBraces({ subject, html, text });
  if (stray) {
    const field = template[stray] ?? undefined;
    throw invalid(
      stray,
      'has braces {{ that name no variable',
      field?.slice(0, 100),
      'Write {{firstName}} or {{deal.close_date | default: "soon"}}.',
    );
  }
  const names = variables.map(({ name }) => name);
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (twice >= 0) throw invalid(`variables.${twice}.name`, 'is declared twice', names[twice]);
}

async function lockTemplate(ctx: Ctx, id: string, expectedVersion: number | undefined): Promise<void> {
  const row = await ctx.tx
    .selectFrom('email_templates')
    .select('version')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('The template');
  requireVersion(row.version, expectedVersion);
}

async function requireFreeName(ctx: Ctx, name: string, ownId?: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from email_templates
    where organization_id = ${ctx.organizationId} and lower(name) = lower(${name}) and deleted_at is null`.execute(
    ctx.tx,
  );
  if (!rows[0] || rows[0].id === ownId) return;
  throw conflict('DUPLICATE_TEMPLATE', `A template named ${name} exists already.`, {
    issues: [{ field: 'name', message: 'exists already', value: name }],
    details: { existingId: rows[0].id },
    hint: 'Choose another name, or change the existing one with PUT.',
  });
}
