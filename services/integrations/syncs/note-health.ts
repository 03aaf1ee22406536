import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { notify } from '../../platform/notifications/index.ts';

/** Below it an integration is failing (`GET …/status` says the same). */
export const FAILING_BELOW = 50;

/** Computes the score after a sync, and tells whoever installed it when it has become a failing one. */
export async function noteHealth(ctx: Ctx, integrationId: string): Promise<void> {
  await sql`select set_config('app.now', ${ctx.now.toISOString()}, true)`.execute(ctx.tx);
  const { rows } = await sql<{
    before: number | null;
    after: number;
    name: string;
    installedBy: string | null;
    at: string;
  }>`
    with known as (
      select s.health_score as before, i.name, i.installed_by, calculate_integration_health_score(i.id) as after
      from team_integrations i
      join integration_sync_states s on s.organization_id = i.organization_id and s.integration_id = i.id
      where i.organization_id = ${ctx.organizationId} and i.id = ${integrationId} and i.deleted_at is null)
    update integration_sync_states s set health_score = known.after from known
    where s.organization_id = ${ctx.organizationId} and s.integration_id = ${integrationId}
    returning known.before, known.after, known.name, known.installed_by as "installedBy", s.last_number::text as at`.execute(
    ctx.tx,
  );
  const [health] = rows;
  if (!health?.installedBy || health.after >= FAILING_BELOW) return;
  if (health.before !== null && health.before < FAILING_BELOW) return;
  await notify(ctx, health.installedBy, 'integration.health_degraded', {
    title: `${health.name} does not work well any more`,
    body: `Its health is ${health.after} of 100.`,
    entity: { type: 'integration', id: integrationId },
    dedupeKey: `integration.health_degraded:${integrationId}:${health.at}`,
  });
}
