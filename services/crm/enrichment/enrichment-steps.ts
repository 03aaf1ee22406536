import { sql } from 'kysely';
import type { EnrichmentCost, EnrichmentSubject } from '../../../domain/crm/enrichment.port.ts';
import {
  type EnrichmentProviderCode,
  type EnrichmentStatus,
  missingFields,
  NO_PROVIDER,
} from '../../../domain/crm/enrichment.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import type { Secrets } from '../../core/secrets.ts';
import { enrichmentEnded } from '../events.ts';
import { fillRecord, readKnown } from './fill-record.ts';
import { monthStart, takeProvider, usableProviders } from './provider-config.ts';

export type EnrichmentPlan =
  | { readonly status: 'ended'; readonly result: EnrichmentStatus }
  | { readonly status: 'running'; readonly targetIds: string[]; readonly providers: EnrichmentProviderCode[] };

/** Whom to look up and where. Without a provider that can be asked the request ends as skipped. Repeatable. */
export async function planEnrichment(
  ctx: Ctx,
  requestId: string,
  reachable: readonly EnrichmentProviderCode[],
): Promise<EnrichmentPlan> {
  const request = await ctx.tx
    .selectFrom('enrichment_requests')
    .select('status')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', requestId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  // An erased organization's request is nobody's any more.
  if (!request) return { status: 'ended', result: 'skipped' };
  if (request.status !== 'pending' && request.status !== 'running') {
    return { status: 'ended', result: request.status as EnrichmentStatus };
  }
  const providers = await usableProviders(ctx, reachable);
  if (providers.length === 0) {
    await sql`
      update enrichment_targets set status = 'skipped', reason = ${NO_PROVIDER}
      where organization_id = ${ctx.organizationId} and request_id = ${requestId} and status = 'pending'`.execute(
      ctx.tx,
    );
    return { status: 'ended', result: await finishEnrichment(ctx, requestId) };
  }
  await sql`
    update enrichment_requests set status = 'running', started_at = coalesce(started_at, ${ctx.now})
    where organization_id = ${ctx.organizationId} and id = ${requestId}`.execute(ctx.tx);
  const { rows } = await sql<{ id: string }>`
    with open as (
      select id, prospect_id from enrichment_targets
      where organization_id = ${ctx.organizationId} and request_id = ${requestId} and status = 'pending'),
    marked as (
      update prospects p set enrichment_status = 'running' from open
      where p.organization_id = ${ctx.organizationId} and p.id = open.prospect_id)
    select id from open order by id`.execute(ctx.tx);
  return { status: 'running', targetIds: rows.map((row) => row.id), providers };
}

export interface LookUpPlace {
  requestId: string;
  targetId: string;
  provider: EnrichmentProviderCode;
}

/** `next`: ask another provider; `complete`: nothing is missing, or there is nobody to look up. */
export type LookUpState =
  | { readonly status: 'next' | 'complete' }
  | { readonly status: 'call'; readonly apiKey: string; readonly subject: EnrichmentSubject };

/** The call is written down before it is made, so that no paid call goes uncounted. A finished one is not repeated. */
export async function beginLookUp(
  ctx: Ctx,
  secrets: Secrets,
  { requestId, targetId, provider }: LookUpPlace,
  subjects: readonly EnrichmentSubject['kind'][],
): Promise<LookUpState> {
  const known = await readKnown(ctx, targetId);
  if (!known) return { status: 'complete' };
  const wanted = missingFields(known.kind, await wantedFields(ctx, requestId), known.values);
  if (wanted.length === 0) return { status: 'complete' };
  if (!subjects.includes(known.kind)) return { status: 'next' };
  const taken = await takeProvider(ctx, secrets, provider);
  if (!taken) return { status: 'next' };
  const before = await ctx.tx
    .selectFrom('enrichment_lookups')
    .select('status')
    .where('organization_id', '=', ctx.organizationId)
    .where('target_id', '=', targetId)
    .where('provider', '=', provider)
    .executeTakeFirst();
  if (before && before.status !== 'calling') return { status: 'next' };
  if (taken.monthlyCap !== null && (await callsThisMonth(ctx, provider)) >= taken.monthlyCap) {
    await note(ctx, targetId, provider, 'capped', 0);
    return { status: 'next' };
  }
  await note(ctx, targetId, provider, 'calling', 1);
  return { status: 'call', apiKey: taken.apiKey, subject: { kind: known.kind, known: known.values, wanted } };
}

async function wantedFields(ctx: Ctx, requestId: string): Promise<string[]> {
  const { fields } = await ctx.tx
    .selectFrom('enrichment_requests')
    .select('fields')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', requestId)
    .executeTakeFirstOrThrow();
  return fields;
}

async function callsThisMonth(ctx: Ctx, provider: string): Promise<number> {
  const { rows } = await sql<{ calls: number }>`
    select coalesce(sum(calls), 0)::integer as calls from enrichment_lookups
    where organization_id = ${ctx.organizationId} and provider = ${provider}
      and called_at >= ${monthStart(ctx)}`.execute(ctx.tx);
  return rows[0]!.calls;
}

async function note(ctx: Ctx, targetId: string, provider: string, status: 'calling' | 'capped', calls: number) {
  await sql`
    insert into enrichment_lookups (target_id, provider, status, calls, called_at)
    values (${targetId}, ${provider}, ${status}, ${calls}, ${ctx.now})
    on conflict (organization_id, target_id, provider) do update
    set status = excluded.status, calls = enrichment_lookups.calls + excluded.calls,
        called_at = excluded.called_at`.execute(ctx.tx);
}

export type LookUpOutcome =
  | { status: 'found'; fields: Readonly<Record<string, unknown>>; cost?: EnrichmentCost | undefined }
  | { status: 'not_found'; cost?: EnrichmentCost | undefined }
  | { status: 'failed'; error: string };

/** Fills what was missing and closes the call, in one transaction; a closed one is left as it is. */
export async function recordLookUp(ctx: Ctx, place: LookUpPlace, outcome: LookUpOutcome): Promise<void> {
  const open = await ctx.tx
    .selectFrom('enrichment_lookups')
    .select('status')
    .where('organization_id', '=', ctx.organizationId)
    .where('target_id', '=', place.targetId)
    .where('provider', '=', place.provider)
    .forUpdate()
    .executeTakeFirst();
  if (open && open.status !== 'calling') return;
  if (!open) await note(ctx, place.targetId, place.provider, 'calling', 0);
  const known = outcome.status === 'found' ? await readKnown(ctx, place.targetId) : null;
  const filled =
    outcome.status === 'found' && known
      ? await fillRecord(ctx, known, await wantedFields(ctx, place.requestId), outcome.fields, place.provider)
      : [];
  const cost = outcome.status === 'failed' ? undefined : outcome.cost;
  await sql`
    update enrichment_lookups
    set status = ${outcome.status}, filled = ${sql.val(filled)}::text[], cost_minor = ${cost?.amountMinor ?? null}::bigint,
        cost_currency = ${cost?.currency ?? null}, error = ${outcome.status === 'failed' ? outcome.error.slice(0, 500) : null}
    where organization_id = ${ctx.organizationId} and target_id = ${place.targetId}
      and provider = ${place.provider}`.execute(ctx.tx);
}

/** Settles every record by what its calls brought, then the request; tells of it once. Answers how it ended. */
export async function finishEnrichment(ctx: Ctx, requestId: string): Promise<EnrichmentStatus> {
  await sql`
    update enrichment_targets t
    set status = case when outcome.found then 'completed' when outcome.not_found then 'not_found'
                      when outcome.failed then 'failed' when outcome.capped then 'skipped' else 'completed' end,
        reason = case when outcome.found or outcome.not_found then null when outcome.failed then 'every provider failed'
                      when outcome.capped then 'monthly cap reached' else 'nothing was missing' end
    from (
      select t.id, coalesce(bool_or(l.status = 'found'), false) as found,
             coalesce(bool_or(l.status = 'not_found'), false) as not_found,
             coalesce(bool_or(l.status = 'failed'), false) as failed,
             coalesce(bool_or(l.status = 'capped'), false) as capped
      from enrichment_targets t
      left join enrichment_lookups l on l.organization_id = t.organization_id and l.target_id = t.id
      where t.organization_id = ${ctx.organizationId} and t.request_id = ${requestId}
      group by t.id) outcome
    where t.organization_id = ${ctx.organizationId} and t.id = outcome.id and t.status = 'pending'`.execute(ctx.tx);
  await sql`
    update prospects p
    set enrichment_status = case t.status when 'not_found' then 'completed' else t.status end, enrichment_reason = t.reason
    from enrichment_targets t
    where t.organization_id = ${ctx.organizationId} and t.request_id = ${requestId}
      and p.organization_id = ${ctx.organizationId} and p.id = t.prospect_id`.execute(ctx.tx);
  const { rows } = await sql<{ status: EnrichmentStatus; ended: boolean }>`
    with outcome as (
      select case when bool_and(status = 'skipped') then 'skipped' when bool_and(status in ('failed', 'skipped')) then 'failed'
                  else 'completed' end as status,
             case when bool_and(status in ('failed', 'skipped')) then min(reason) end as reason
      from enrichment_targets where organization_id = ${ctx.organizationId} and request_id = ${requestId}),
    ended as (
      update enrichment_requests r set status = outcome.status, reason = outcome.reason, ended_at = ${ctx.now}
      from outcome
      where r.organization_id = ${ctx.organizationId} and r.id = ${requestId} and r.status in ('pending', 'running')
      returning r.status)
    select coalesce((select status from ended), r.status) as status, exists (select from ended) as ended
    from enrichment_requests r where r.organization_id = ${ctx.organizationId} and r.id = ${requestId}`.execute(ctx.tx);
  const { status, ended } = rows[0]!;
  if (ended) await emit(ctx, enrichmentEnded, { entityId: requestId, data: { id: requestId, status } });
  return status;
}
