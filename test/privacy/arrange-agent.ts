import type { TestDatabase, TestTenant } from '../database.ts';

/** What the sales agent keeps of a prospect with this address, in every table that it writes words to. */
export async function arrangeAgent(
  database: TestDatabase,
  { organizationId }: TestTenant,
  { email, canary }: { email: string; canary: (what: string) => string },
): Promise<void> {
  const { owner } = database;
  const at = new Date('2026-06-20T12:00:00Z');
  const [prospect] = await owner<{ id: string }[]>`
    select id from prospects where organization_id = ${organizationId} and email = ${email}`;
  const [team] = await owner<{ id: string }[]>`
    insert into teams (organization_id, name) values (${organizationId}, 'Agents') returning id`;
  const theirs = { organization_id: organizationId, prospect_id: prospect!.id };
  const [execution] = await owner<{ id: string }[]>`
    insert into bdr_workflow_executions ${owner({
      ...theirs,
      team_id: team!.id,
      stage: 'engage',
      status: 'stopped',
      started_at: at,
      ended_at: at,
    })} returning id`;
  const of = { ...theirs, team_id: team!.id, execution_id: execution!.id };
  const json = (what: string) => owner.json([{ text: canary(what) }]);
  await owner`insert into bdr_approval_queue ${owner({
    ...of,
    kind: 'first_touch',
    touch_number: 1,
    recipient: email,
    subject: canary('subject'),
    body: canary('body'),
    sentences: json('sentence'),
    reasons: json('doubt'),
    grounded: true,
    strategy: 'direct',
    language: 'en',
    status: 'rejected',
    decision_reason: canary('rejected'),
    expires_at: at,
    escalate_at: at,
    prompt_version: '1',
    model: 'offline',
  })}`;
  await owner`insert into bdr_replies ${owner({
    ...theirs,
    execution_id: execution!.id,
    external_id: `reply-${prospect!.id}`,
    body: canary('reply'),
    reading: json('reading'),
    received_at: at,
  })}`;
  await owner`insert into bdr_context_memory ${owner({
    ...theirs,
    key: 'a',
    kind: 'signal',
    fact: canary('fact'),
    fact_values: owner.json({ value: canary('value') }),
    source_type: 'signal',
    confidence: 1,
  })}`;
  await owner`insert into bdr_handoffs ${owner({
    ...of,
    framework: 'BANT',
    score: 80,
    answers: json('answer'),
    summary: canary('summary'),
    next_step: canary('next-step'),
    decision_reason: canary('decided'),
  })}`;
  await owner`insert into bdr_decisions ${owner({
    ...of,
    type: 'draft',
    decision: 'written',
    reasoning: canary('reasoning'),
    evidence: json('evidence'),
    decided_at: at,
  })}`;
  await owner`insert into bdr_activities ${owner({
    ...of,
    type: 'note',
    summary: canary('activity'),
    data: owner.json({ text: canary('activity-data') }),
    occurred_at: at,
  })}`;
  await owner`insert into ai_calls ${owner({
    ...theirs,
    purpose: 'draft',
    prompt: 'bdr-draft',
    provider: 'offline',
    model: 'offline',
    month: '2026-06-01',
    reserved_micros: 0,
    request: json('request'),
    answer: canary('model-answer'),
    asked_at: at,
  })}`;
}
