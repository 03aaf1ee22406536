import { sql } from 'kysely';
import type { CallEvent, CallFields } from '../../../domain/crm/live-call.rules.ts';
import { CallEventBody, type CallEventInput } from '../../../domain/integrations/telephony.input.ts';
import {
  DEFAULT_VENDOR,
  isTelephonyPlatform,
  platformOf,
  type TelephonySettings,
} from '../../../domain/integrations/telephony.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { DomainEvent } from '../../core/events.ts';
import { applyCallEvents, type ToldCall } from '../../crm/index.ts';
import { type Received, settleReceived, takeReceived } from '../../platform/inbox/index.ts';

type Delivered = DomainEvent<{ source: string; ids: string[] }>;

/** Works off what telephone systems have sent; deliveries of other sources are others' business. */
export async function takeInCalls(ctx: Ctx, events: readonly Delivered[]): Promise<void> {
  const sourceOf = new Map(
    events
      .filter(({ data }) => isTelephonyPlatform(platformOf(data.source)))
      .flatMap(({ data }) => data.ids.map((id) => [id, data.source] as const)),
  );
  const received = await takeReceived(ctx, [...sourceOf.keys()]);
  if (received.length === 0) return;
  const vendors = await readVendors(ctx, [...new Set(sourceOf.values())]);
  const told = received.map((row) => toldBy(row, sourceOf.get(row.id)!, vendors));
  await applyCallEvents(ctx, told);
  await settleReceived(ctx, new Map(received.map(({ id }) => [id, 'applied'])));
}

function toldBy(row: Received, source: string, vendors: ReadonlyMap<string, string | null>): ToldCall {
  const event = CallEventBody.parse(row.payload);
  return {
    source,
    callId: event.callId,
    event: callEventOf(row.key, event, vendors.get(source) ?? undefined),
    ...(event.transcript === undefined ? {} : { transcript: event.transcript }),
  };
}

const KNOWN = new Set(Object.keys(CallEventBody.shape));

/** @param vendor whose agents speak when the event does not say it */
export function callEventOf(key: string, event: CallEventInput, vendor: string | undefined): CallEvent {
  const { agent, customer, cost, costCurrency, startedAt, endedAt, transcript } = event;
  const says: { [F in keyof CallFields]?: CallFields[F] | undefined } = {
    direction: event.direction,
    from: event.from,
    to: event.to,
    agentExternalId: agent?.externalId,
    agentName: agent?.name,
    team: event.team,
    vendorCode: event.vendorCode ?? vendor,
    startedAt: startedAt?.toISOString(),
    endedAt: endedAt?.toISOString(),
    durationSeconds: event.durationSeconds,
    language: event.language,
    transcriptUrl: event.transcriptUrl,
    primaryIntent: event.primaryIntent,
    purchaseProbability: event.purchaseProbability,
    outcome: event.outcome,
    customer: customer && personOf(customer),
    cost: cost !== undefined && costCurrency !== undefined ? { amount: cost, currency: costCurrency } : undefined,
    transcript: transcript === undefined ? undefined : true,
  };
  return {
    key,
    type: event.event,
    occurredAt: event.occurredAt,
    says: Object.fromEntries(Object.entries(says).filter(([, value]) => value !== undefined)),
    extra: Object.fromEntries(Object.entries(event).filter(([name]) => !KNOWN.has(name))),
  };
}

const personOf = ({ phone, email, externalId }: NonNullable<CallEventInput['customer']>): CallFields['customer'] => ({
  ...(phone === undefined ? {} : { phone }),
  ...(email === undefined ? {} : { email }),
  ...(externalId === undefined ? {} : { externalId }),
});

async function readVendors(ctx: Ctx, sources: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = await sql<{ source: string; settings: TelephonySettings }>`
    select distinct on (source) source, settings from team_integrations
    where organization_id = ${ctx.organizationId} and source = any(${sql.val([...sources])}::text[])
    order by source, deleted_at desc nulls first`.execute(ctx.tx);
  const settings = new Map(rows.map((row) => [row.source, row.settings]));
  return new Map(
    sources.map((source) => {
      const platform = platformOf(source);
      const standard = isTelephonyPlatform(platform) ? DEFAULT_VENDOR[platform] : null;
      return [source, settings.get(source)?.vendorCode ?? standard];
    }),
  );
}
