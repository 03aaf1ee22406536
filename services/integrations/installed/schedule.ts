import { setSchedule } from '../../core/commands.ts';
import type { Ctx } from '../../core/context.ts';

/** Firings of many organizations are spread over this share of their interval. */
const JITTER_SHARE = 4;

/** Makes the schedule of an integration's syncs as it is wanted; null takes it away. */
export async function settleSchedule(
  ctx: Ctx,
  integrationId: string,
  minutes: number | null,
  paused = false,
): Promise<void> {
  const input = { organizationId: ctx.organizationId, integrationId, syncId: null };
  const schedule =
    minutes === null
      ? null
      : {
          every: { seconds: minutes * 60, jitterSeconds: (minutes * 60) / JITTER_SHARE },
          wallClocks: [],
          timeZone: 'UTC',
          paused,
          input,
        };
  await setSchedule(ctx, 'sync', { entityId: integrationId }, schedule);
}
