import { type RawBuilder, sql } from 'kysely';
import { findProvider } from '../../../domain/integrations/catalogue.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { STREAMS } from '../streams/index.ts';
import { fromOutgoing } from '../syncs/send-records.ts';
import type { SyncView } from '../syncs/sync-view.ts';
import { listSyncs } from '../syncs/sync-view.ts';
import { type IntegrationView, readIntegration } from './integration-view.ts';

export interface IntegrationStatus {
  id: string;
  provider: string;
  status: IntegrationView['status'];
  /** 0 to 100, by calculate_integration_health_score. */
  healthScore: number;
  health: 'healthy' | 'degraded' | 'failing';
  lastError: string | null;
  lastSync: SyncView | null;
  currentSync: SyncView | null;
  lastCompletedAt: Date | null;
  consecutiveFailures: number;
  connection: { connectedAt: Date | null; expiresAt: Date | null; scope: string | null } | null;
  rateLimit: { burst: number; perSecond: number; blockedUntil: Date | null } | null;
  errors24h: { code: string; count: number }[];
  /** How far both sides are apart, by stream. */
  streams: {
    name: string;
    direction: 'in' | 'out' | 'both';
    lastCompletedAt: Date | null;
    linked: number;
    /** Records of ours that the other side does not know as they are. */
    pendingOut: number;
    quarantined: number;
  }[];
  quarantine: {
    stream: string;
    direction: 'in' | 'out';
    record: string;
    code: string;
    message: string;
    attempts: number;
    nextAttemptAt: Date;
  }[];
}

const healthOf = (score: number): IntegrationStatus['health'] =>
  score >= 80 ? 'healthy' : score >= 50 ? 'degraded' : 'failing';

interface Facts {
  healthScore: number;
  lastCompletedAt: Date | null;
  consecutiveFailures: number | null;
  connectedAt: Date | null;
  expiresAt: Date | null;
  scope: string | null;
  blockedUntil: Date | null;
  errors: { code: string; count: number }[] | null;
  streams:
    | { name: string; lastCompletedAt: string | null; linked: number; pendingOut: number; quarantined: number }[]
    | null;
  quarantine: (Omit<IntegrationStatus['quarantine'][number], 'nextAttemptAt'> & { nextAttemptAt: string })[] | null;
}

/** By stream: how many of our records the other side does not know as they are. */
function pendingOut(ctx: Ctx, { id, provider, settings }: IntegrationView): RawBuilder<unknown> {
  const counts = Object.entries(STREAMS[provider] ?? {}).flatMap(([name, stream]) =>
    stream.kind === 'records'
      ? [sql`when ${name} then (select count(*) ${fromOutgoing(ctx, { id, settings }, name, stream)})`]
      : [],
  );
  return counts.length === 0 ? sql`0` : sql`case name ${sql.join(counts, sql` `)} else 0 end`;
}

/** Read from rows; the provider is not asked. @throws AppError not_found. */
export const readIntegrationStatus = verb(
  { permission: 'integrations.view' },
  async (ctx, { id }: { id: string }): Promise<IntegrationStatus> => {
    const view = await readIntegration(ctx, id);
    const provider = findProvider(view.provider);
    const streams = provider?.streams ?? [];
    await sql`select set_config('app.now', ${ctx.now.toISOString()}, true)`.execute(ctx.tx);
    const own = (alias: string) =>
      sql`${sql.ref(`${alias}.organization_id`)} = ${ctx.organizationId} and ${sql.ref(`${alias}.integration_id`)} = ${id}`;
    const { rows } = await sql<Facts>`
      select calculate_integration_health_score(${id}) as "healthScore", s.last_completed_at as "lastCompletedAt",
             s.consecutive_failures as "consecutiveFailures", t.issued_at as "connectedAt", t.expires_at as "expiresAt",
             t.scope, case when b.blocked_until > ${ctx.now}::timestamptz then b.blocked_until end as "blockedUntil",
             (select jsonb_agg(jsonb_build_object('code', code, 'count', count) order by count desc, code)
              from (select e.key as code, sum(e.value::bigint) as count
                    from integration_usage_analytics u, jsonb_each_text(u.errors) e
                    where ${own('u')} and u.day >= (${ctx.now}::timestamptz at time zone 'UTC')::date - 1
                    group by e.key) e) as errors,
             (select jsonb_agg(jsonb_build_object(
                'name', name,
                'lastCompletedAt', (select completed_at from integration_cursors c where ${own('c')} and c.stream = name),
                'linked', (select count(*) from integration_records r where ${own('r')} and r.stream = name),
                'pendingOut', ${pendingOut(ctx, view)},
                'quarantined', (select count(*) from integration_quarantine q where ${own('q')} and q.stream = name))
                order by at)
              from unnest(${sql.val(streams.map(({ name }) => name))}::text[]) with ordinality as stream(name, at)) as streams,
             (select jsonb_agg(to_jsonb(q)) from (
                select stream, direction, record_key as record, code, message, attempts, next_attempt_at as "nextAttemptAt"
                from integration_quarantine q where ${own('q')} order by last_failed_at desc, record_key limit 20) q) as quarantine
      from (select 1) one
      left join integration_sync_states s on ${own('s')}
      left join integration_tokens t on ${own('t')}
      left join integration_budgets b on ${own('b')}`.execute(ctx.tx);
    const facts = rows[0]!;
    const [last] = (await listSyncs(ctx, { integrationId: id, page: 1, limit: 1 })).items;
    const isOpen = last?.status === 'pending' || last?.status === 'running';
    return {
      id,
      provider: view.provider,
      status: view.status,
      healthScore: facts.healthScore,
      health: healthOf(facts.healthScore),
      lastError: view.lastError,
      lastSync: last ?? null,
      currentSync: isOpen ? last : null,
      lastCompletedAt: facts.lastCompletedAt,
      consecutiveFailures: facts.consecutiveFailures ?? 0,
      connection: provider?.oauth
        ? { connectedAt: facts.connectedAt, expiresAt: facts.expiresAt, scope: facts.scope }
        : null,
      rateLimit: provider?.limit ? { ...provider.limit, blockedUntil: facts.blockedUntil } : null,
      errors24h: facts.errors ?? [],
      streams: (facts.streams ?? []).map((stream) => ({
        ...stream,
        direction: streams.find(({ name }) => name === stream.name)!.direction,
        lastCompletedAt: stream.lastCompletedAt === null ? null : new Date(stream.lastCompletedAt),
      })),
      quarantine: (facts.quarantine ?? []).map((row) => ({ ...row, nextAttemptAt: new Date(row.nextAttemptAt) })),
    };
  },
);
