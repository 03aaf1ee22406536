import { sql } from 'kysely';
import type { CallPurpose } from '../../../domain/agent/model.port.ts';
import { notFound } from '../../../domain/core/errors.ts';
import { verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { CALL_FIGURES, type CallFigures } from './figures.ts';

export interface PromptView extends CallFigures {
  readonly name: string;
  readonly purpose: CallPurpose;
  /** The newest that was used here. */
  readonly version: number;
  readonly versions: number;
  readonly firstUsedAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface PromptVersionView extends CallFigures {
  readonly name: string;
  readonly version: number;
  readonly promptVersion: string;
  readonly purpose: CallPurpose;
  readonly systemText: string;
  readonly firstUsedAt: Date;
  readonly lastUsedAt: Date | null;
}

/** Prompts that were used here. */
export const listPrompts = verb(
  { permission: 'ai.view' },
  async (ctx, input: PageInput): Promise<{ items: PromptView[]; total: number }> => {
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<PromptView & { total: number }>`
        select p.name, (array_agg(p.purpose order by p.prompt_version desc))[1] as purpose,
               max(p.prompt_version) as version, count(distinct p.prompt_version)::integer as versions,
               min(p.created_at) as "firstUsedAt", max(c.asked_at) as "lastUsedAt", ${CALL_FIGURES},
               (count(*) over ())::integer as total
        from ai_prompts p
        left join ai_calls c on c.organization_id = p.organization_id and c.prompt = p.name || '@' || p.prompt_version
        where p.organization_id = ${ctx.organizationId}
        group by p.name order by p.name
        limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

/** Every version that was ever used here, word by word, newest first. @throws AppError not_found. */
export const listPromptVersions = verb(
  { permission: 'ai.view' },
  async (ctx, input: PageInput & { name: string }): Promise<{ items: PromptVersionView[]; total: number }> => {
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<PromptVersionView & { total: number }>`
        select p.name, p.prompt_version as version, p.name || '@' || p.prompt_version as "promptVersion", p.purpose,
               p.system_text as "systemText", p.created_at as "firstUsedAt", max(c.asked_at) as "lastUsedAt",
               ${CALL_FIGURES}, (count(*) over ())::integer as total
        from ai_prompts p
        left join ai_calls c on c.organization_id = p.organization_id and c.prompt = p.name || '@' || p.prompt_version
        where p.organization_id = ${ctx.organizationId} and p.name = ${input.name}
        group by p.organization_id, p.id, p.name, p.prompt_version, p.purpose, p.system_text, p.created_at
        order by p.prompt_version desc
        limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    if (total === 0) throw notFound('The prompt');
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);
