import { sql } from 'kysely';
import { findProvider } from '../../../domain/integrations/catalogue.rules.ts';
import { platformOf } from '../../../domain/integrations/telephony.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { DomainEvent } from '../../core/events.ts';
import { settleReceived, takeReceived } from '../../platform/inbox/index.ts';
import { requestSync } from '../syncs/request-sync.ts';
import { INBOX_READERS } from './inbox-readers.ts';

type Delivered = DomainEvent<{ source: string; ids: string[] }>;

/**
 * Works off what providers have sent. Where the provider can be asked, a webhook is a hint and nothing more: it begins a
 * sync, which reads what really is. Events that nobody can be asked for are stored from what was sent.
 */
export async function takeInWebhooks(ctx: Ctx, events: readonly Delivered[]): Promise<void> {
  const bySource = new Map<string, string[]>();
  for (const { data } of events) {
    const webhook = findProvider(platformOf(data.source))?.webhook ?? null;
    if (webhook === null || webhook === 'calls') continue;
    bySource.set(data.source, [...(bySource.get(data.source) ?? []), ...data.ids]);
  }
  for (const [source, ids] of bySource) {
    const received = await takeReceived(ctx, ids);
    if (received.length === 0) continue;
    const reader = INBOX_READERS[platformOf(source)];
    if (reader) await settleReceived(ctx, await reader(ctx, source, received));
    else
      await settleReceived(
        ctx,
        await askForSync(
          ctx,
          source,
          received.map(({ id }) => id),
        ),
      );
  }
}

async function askForSync(ctx: Ctx, source: string, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string }>`
    select id from team_integrations
    where organization_id = ${ctx.organizationId} and source = ${source} and deleted_at is null
      and status in ('connected', 'error', 'pending')`.execute(ctx.tx);
  const [integration] = rows;
  if (integration) await requestSync(ctx, { integrationId: integration.id, trigger: 'webhook' });
  return new Map(ids.map((id) => [id, integration ? 'sync asked for' : 'not connected']));
}
