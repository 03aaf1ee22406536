import { sql } from 'kysely';
import { conflict, invalid } from '../../../domain/core/errors.ts';
import { type Rehearsal, type RehearsalEvent, rehearse } from '../../../domain/outreach/rehearsal.rules.ts';
import { verb } from '../../core/context.ts';
import { readCadence } from './cadence-view.ts';

export interface SimulateInput extends Pick<Rehearsal, 'people' | 'seed' | 'openRate' | 'clickRate' | 'replyRate'> {
  id: string;
  startAt?: Date | undefined;
  timeZones?: readonly string[] | undefined;
}

export interface Simulation {
  timeline: RehearsalEvent[];
  summary: {
    people: number;
    events: Record<string, number>;
    startsAt: Date;
    endsAt: Date;
    timeZones: readonly string[];
  };
}

const FAR_MS = 3_653 * 86_400_000;

/**
 * Rehearses a cadence as it is now, active or not, with people who are made up. Nothing is stored and nothing leaves. Rules of
 * contact are of real people and are not rehearsed.
 * @throws AppError not_found; conflict `CADENCE_EMPTY`.
 */
export const simulateCadence = verb(
  { permission: 'cadences.view' },
  async (ctx, { id, startAt = ctx.now, timeZones, ...model }: SimulateInput): Promise<Simulation> => {
    if (Math.abs(startAt.getTime() - ctx.now.getTime()) > FAR_MS) {
      throw invalid('startAt', 'must be within ten years of today', startAt);
    }
    const { steps, settings } = await readCadence(ctx, id);
    if (steps.length === 0) throw conflict('CADENCE_EMPTY', 'The cadence has no steps.', { hint: 'Add a step first.' });
    const zones = timeZones ?? [settings.timezone ?? (await organizationZone(ctx))];
    const timeline = rehearse({ ...model, steps, settings, timeZones: zones, startAt: startAt.getTime() });
    const events: Record<string, number> = {};
    for (const { event } of timeline) events[event] = (events[event] ?? 0) + 1;
    const endsAt = new Date(timeline.at(-1)?.at ?? startAt);
    return { timeline, summary: { people: model.people, events, startsAt: startAt, endsAt, timeZones: zones } };
  },
);

async function organizationZone(ctx: Parameters<typeof simulateCadence>[0]): Promise<string> {
  const { rows } = await sql<{ zone: string }>`
    select time_zone as zone from organizations where id = ${ctx.organizationId}`.execute(ctx.tx);
  return rows[0]!.zone;
}
