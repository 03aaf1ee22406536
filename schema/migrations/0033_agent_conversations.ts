import { type AnyDb, run, tenantTable } from '../table.ts';

/** Conversations: what was said, by whom, and what it shows. */
export async function up(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'conversations',
    `kind text not null default 'call' check (kind in ('call', 'meeting', 'chat')),
     title text,
     status text not null default 'waiting'
       check (status in ('waiting', 'analyzing', 'completed', 'failed')),
     generation integer not null default 1,
     interaction_id uuid,
     live_call_id uuid,
     call_log_id uuid,
     meeting_id uuid,
     prospect_id uuid,
     account_id uuid,
     deal_id uuid,
     user_id uuid,
     agent_id uuid,
     recording_url text,
     transcript_url text,
     language text,
     participants jsonb not null default '[]',
     started_at timestamptz not null,
     duration_seconds integer check (duration_seconds >= 0),
     transcript_format text,
     transcript_hash bytea,
     rep_talk_ratio double precision check (rep_talk_ratio between 0 and 1),
     talk_time jsonb,
     sentiment text check (sentiment in ('positive', 'neutral', 'negative')),
     sentiment_score double precision,
     rep_questions integer,
     analysis jsonb,
     analyzed_at timestamptz,
     error_code text,
     deleted_at timestamptz,
     foreign key (organization_id, live_call_id) references live_calls (organization_id, id),
     foreign key (organization_id, call_log_id) references call_logs (organization_id, id),
     foreign key (organization_id, meeting_id) references meetings (organization_id, id),
     foreign key (organization_id, prospect_id) references prospects (organization_id, id),
     foreign key (organization_id, account_id) references accounts (organization_id, id),
     foreign key (organization_id, deal_id) references deals (organization_id, id),
     foreign key (organization_id, user_id) references users (organization_id, id),
     foreign key (organization_id, agent_id) references agents (organization_id, id)`,
  );
  // A call has one conversation, however often its transcript comes.
  await run(
    db,
    `create unique index on conversations (organization_id, interaction_id)
       where interaction_id is not null and deleted_at is null`,
  );
  await run(
    db,
    `create unique index on conversations (organization_id, live_call_id)
       where live_call_id is not null and deleted_at is null`,
  );
  await run(db, 'create index on conversations (organization_id, started_at desc, id desc) where deleted_at is null');
  await run(db, 'create index on conversations (organization_id, prospect_id, started_at desc)');

  await tenantTable(
    db,
    'conversation_transcripts',
    `conversation_id uuid not null,
     ordinal integer not null,
     speaker text,
     role text check (role in ('rep', 'customer')),
     text text not null,
     start_ms bigint,
     end_ms bigint,
     sentiment text check (sentiment in ('positive', 'neutral', 'negative')),
     sentiment_score double precision,
     foreign key (organization_id, conversation_id) references conversations (organization_id, id) on delete cascade`,
    { primaryKey: 'organization_id, conversation_id, ordinal', organizationReference: false, bookkeeping: false },
  );

  await tenantTable(
    db,
    'conversation_insights',
    `conversation_id uuid not null,
     kind text not null
       check (kind in ('objection', 'competitor', 'key_moment', 'coaching', 'next_best_action', 'summary')),
     code text not null,
     text text not null,
     statement integer,
     engine text not null check (engine in ('rules', 'model')),
     data jsonb not null default '{}',
     created_at timestamptz not null,
     foreign key (organization_id, conversation_id) references conversations (organization_id, id) on delete cascade`,
    { organizationReference: false, bookkeeping: false },
  );
  await run(db, 'create index on conversation_insights (organization_id, conversation_id, kind)');
}
