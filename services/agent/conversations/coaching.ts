import { sql } from 'kysely';
import { verb } from '../../core/context.ts';

export interface RepCoaching {
  /** A person of the organization, or an agent that telephony has named. */
  rep: { userId: string | null; agentId: string | null; name: string | null };
  conversations: number;
  averageTalkRatio: number | null;
  averageQuestions: number | null;
  averageSentimentScore: number | null;
  /** The most frequent first. */
  opportunities: { code: string; text: string; conversations: number; latestConversationId: string }[];
}

export interface CoachingInput {
  from?: Date | undefined;
  until?: Date | undefined;
  userId?: string | undefined;
}

/** What each rep could do better, over the analysed conversations of a time; who has most to gain first. */
export const readCoaching = verb(
  { permission: 'ai.view' },
  async (ctx, { from, until, userId }: CoachingInput): Promise<{ reps: RepCoaching[] }> => {
    const { rows } = await sql<RepCoaching>`
      with analysed as (
        select c.id, c.started_at, c.user_id, case when c.user_id is null then c.agent_id end as agent_id,
               c.rep_talk_ratio, c.rep_questions, c.sentiment_score
        from conversations c
        where c.organization_id = ${ctx.organizationId} and c.deleted_at is null and c.status = 'completed'
          and (c.user_id is not null or c.agent_id is not null)
          and (${from ?? null}::timestamptz is null or c.started_at >= ${from ?? null}::timestamptz)
          and (${until ?? null}::timestamptz is null or c.started_at <= ${until ?? null}::timestamptz)
          and (${userId ?? null}::uuid is null or c.user_id = ${userId ?? null}::uuid)),
      advice as (
        select a.user_id, a.agent_id, i.code, count(distinct a.id)::integer as conversations,
               (array_agg(i.text order by a.started_at desc, a.id desc))[1] as text,
               (array_agg(a.id order by a.started_at desc, a.id desc))[1] as latest
        from analysed a
        join conversation_insights i on i.organization_id = ${ctx.organizationId} and i.conversation_id = a.id
          and i.kind = 'coaching'
        group by a.user_id, a.agent_id, i.code)
      select jsonb_build_object('userId', r.user_id, 'agentId', r.agent_id, 'name', coalesce(
               nullif(trim(concat_ws(' ', u.first_name, u.last_name)), ''), g.name, g.external_id)) as rep,
             r.conversations, r.talk as "averageTalkRatio", r.questions as "averageQuestions",
             r.feeling as "averageSentimentScore",
             coalesce((select jsonb_agg(jsonb_build_object('code', d.code, 'text', d.text,
                                'conversations', d.conversations, 'latestConversationId', d.latest)
                                order by d.conversations desc, d.code)
                       from advice d where d.user_id is not distinct from r.user_id
                         and d.agent_id is not distinct from r.agent_id), '[]') as opportunities
      from (select user_id, agent_id, count(*)::integer as conversations, avg(rep_talk_ratio) as talk,
                   avg(rep_questions)::double precision as questions, avg(sentiment_score) as feeling
            from analysed group by user_id, agent_id) r
      left join users u on u.organization_id = ${ctx.organizationId} and u.id = r.user_id
      left join agents g on g.organization_id = ${ctx.organizationId} and g.id = r.agent_id
      order by (select coalesce(sum(d.conversations), 0) from advice d
                where d.user_id is not distinct from r.user_id and d.agent_id is not distinct from r.agent_id) desc,
               r.conversations desc, r.user_id, r.agent_id
      limit 500`.execute(ctx.tx);
    return { reps: rows };
  },
);
