import { sql } from 'kysely';
import { type Ctx, verb } from '../../core/context.ts';

export interface BestPerformer {
  readonly strategy: string;
  readonly promptVersion: string;
  readonly language: string;
  /** Of the message that was answered last. */
  readonly subject: string;
  readonly sent: number;
  readonly replied: number;
  readonly replyRate: number;
  /** Lower bound of the rate (Wilson, 95 %), which ranks: two of two are not better than forty of fifty. */
  readonly score: number;
}

const ranked = (ctx: Ctx, limit: number) => sql<BestPerformer>`
  select strategy, prompt_version as "promptVersion", language,
         (array_agg(subject order by replied_at desc nulls last))[1] as subject, n::integer as sent,
         k::integer as replied, k / n as "replyRate",
         greatest((k / n + 1.9208 / n - 1.96 * sqrt((k / n) * (1 - k / n) / n + 0.9604 / (n * n))) / (1 + 3.8416 / n), 0)
           as score
  from (
    select a.*, (count(*) over cell)::float8 as n, (count(replied_at) over cell)::float8 as k
    from bdr_approval_queue a
    where a.organization_id = ${ctx.organizationId} and a.status = 'sent'
    window cell as (partition by strategy, prompt_version, language)) counted
  group by strategy, prompt_version, language, n, k
  order by score desc, n desc, strategy, prompt_version, language
  limit ${limit}`;

export const listBestPerformers = verb(
  { permission: 'ai.view' },
  async (ctx, { limit }: { limit: number }): Promise<{ performers: readonly BestPerformer[] }> => ({
    performers: (await ranked(ctx, limit).execute(ctx.tx)).rows,
  }),
);

/** Subjects that earned answers; what a writer may learn from. */
export async function readGoodSubjects(ctx: Ctx): Promise<string[]> {
  const { rows } = await ranked(ctx, 3).execute(ctx.tx);
  return rows.filter(({ replied }) => replied > 0).map(({ subject }) => subject);
}
