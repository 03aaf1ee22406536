import { z } from 'zod';
import { zoneName } from '../../domain/outreach/cadence.input.ts';
import { REHEARSAL_EVENTS } from '../../domain/outreach/rehearsal.rules.ts';
import { simulateCadence } from '../../services/outreach/cadences/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, text, timestamp } from '../http/schemas.ts';

const rate = z.number().min(0).max(1);

export const simulateCadenceEndpoint = defineEndpoint({
  operationId: 'simulateCadence',
  face: 'b',
  method: 'post',
  path: '/cadences/{id}/simulate',
  tag: 'cadences',
  summary: 'Rehearse a cadence on a virtual clock',
  description:
    'Weeks in an instant: the planner of real enrollments, with people who are made up and open, click and reply as often as you say. The same seed gives the same timeline. Nothing is stored and nothing leaves; rules of contact are of real people and are not rehearsed.',
  errors: [404, 409],
  params: z.strictObject({ id: id() }),
  body: z
    .strictObject({
      people: z.int().min(1).max(500).default(10),
      seed: text(100).default('1'),
      startAt: timestamp().optional().describe('Default: now'),
      openRate: rate.default(0.4),
      clickRate: rate.default(0.1).describe('Of those who open'),
      replyRate: rate.default(0.05),
      timeZones: z
        .array(zoneName())
        .min(1)
        .max(50)
        .optional()
        .describe('People take them in turn; default: the zone of the cadence'),
    })
    .meta({ id: 'CadenceRehearsalInput' }),
  response: z
    .strictObject({
      timeline: z.array(
        z.strictObject({
          person: z.number(),
          step: z.number().nullable(),
          at: timestamp(),
          event: z.enum(REHEARSAL_EVENTS),
        }),
      ),
      summary: z.strictObject({
        people: z.number(),
        events: z.record(z.string(), z.number()).describe('How often each happens'),
        startsAt: timestamp(),
        endsAt: timestamp(),
        timeZones: z.array(z.string()),
      }),
    })
    .meta({ id: 'CadenceRehearsal' }),
  verb: simulateCadence,
  input: ({ params, body }) => ({ ...params, ...body }),
  output: ({ timeline, summary }) => ({
    timeline: timeline.map((event) => ({ ...event, at: new Date(event.at) })),
    summary: { ...summary, timeZones: [...summary.timeZones] },
  }),
  shownBy: 'nothing',
  examples: [
    {
      name: 'Twenty people on two coasts',
      body: {
        people: 20,
        seed: 'spring',
        startAt: '2026-03-27T15:00:00Z',
        openRate: 0.5,
        replyRate: 0.1,
        timeZones: ['America/New_York', 'America/Los_Angeles'],
      },
    },
  ],
});
