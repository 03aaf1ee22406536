import { z } from 'zod';
import { cadenceSettings, stepFields } from '../../domain/outreach/cadence.input.ts';
import { STEP_TYPES } from '../../domain/outreach/cadence.rules.ts';
import {
  activateCadence,
  addStep,
  createCadence,
  deactivateCadence,
  deleteCadence,
  deleteStep,
  getCadence,
  listCadences,
  listSteps,
  updateCadence,
  updateStep,
} from '../../services/outreach/cadences/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, pageQuery, text } from '../http/schemas.ts';
import { Cadence, CadenceDetail, Step, toCadence, toDetail, toStep } from './cadences.dto.ts';

const face = 'b' as const;
const tag = 'cadences';
const params = z.strictObject({ id: id() });
const stepParams = z.strictObject({ id: id(), stepId: id() });
const name = () => text(200);

export const listCadencesEndpoint = defineEndpoint({
  operationId: 'listCadences',
  face,
  method: 'get',
  path: '/cadences',
  tag,
  summary: 'List cadences with counts, the latest first',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    isActive: z
      .enum(['true', 'false'])
      .transform((given) => given === 'true')
      .optional(),
    teamId: id().optional(),
    q: text(200).optional().describe('Part of the name'),
  }),
  response: Cadence,
  verb: listCadences,
  input: ({ query }) => query,
  output: toCadence,
});

export const createCadenceEndpoint = defineEndpoint({
  operationId: 'createCadence',
  face,
  method: 'post',
  path: '/cadences',
  tag,
  summary: 'Create a cadence with its steps',
  description:
    'Delays count from the step before. Texts of a step override its template. It enrolls nobody before it is active. E-mails leave through the ledger of sends; calls, LinkedIn messages and tasks become tasks of a person.',
  errors: [409],
  status: 201,
  body: z
    .strictObject({
      name: name(),
      description: text(2_000).nullish(),
      settings: cadenceSettings().optional(),
      teamId: id().nullish(),
      isActive: z.boolean().optional().describe('Default: false'),
      steps: z.array(z.strictObject(stepFields)).max(50, 'must be at most 50').optional(),
    })
    .meta({ id: 'CadenceInput' }),
  response: CadenceDetail,
  verb: createCadence,
  input: ({ body }) => body,
  output: toDetail,
  etag: ({ version }) => version,
  location: (cadence) => `/cadences/${cadence.id}`,
  examples: [
    {
      name: 'Five days of outreach',
      body: {
        name: 'SDR Outreach - Tech Companies',
        description: '5-day sequence for tech prospects',
        isActive: true,
        settings: {
          businessHours: { start: '09:00', end: '17:00', days: [1, 2, 3, 4, 5] },
          timezone: 'America/New_York',
          autoPauseOnReply: true,
        },
        steps: [
          {
            stepNumber: 1,
            type: 'email',
            delayDays: 0,
            subject: 'Quick question about {{company | default: "your team"}}',
            content: 'Hi {{firstName | default: "there"}}, ...',
          },
          { stepNumber: 2, type: 'call', delayDays: 2, content: 'Follow-up call' },
          {
            stepNumber: 3,
            type: 'email',
            delayDays: 3,
            content: 'Hi {{firstName | default: "there"}}, just a reminder.',
            // biome-ignore lint/suspicious/noThenProperty: the name that conditions have on the wire
            conditions: { if: { event: 'replied', step: 1 }, then: 'exit' },
          },
        ],
      },
    },
  ],
});

export const getCadenceEndpoint = defineEndpoint({
  operationId: 'getCadence',
  face,
  method: 'get',
  path: '/cadences/{id}',
  tag,
  summary: 'Get a cadence with its steps',
  errors: [404],
  params,
  response: CadenceDetail,
  verb: getCadence,
  input: ({ params: given }) => given,
  output: toDetail,
  etag: ({ version }) => version,
});

export const updateCadenceEndpoint = defineEndpoint({
  operationId: 'updateCadence',
  face,
  method: 'put',
  path: '/cadences/{id}',
  tag,
  summary: 'Update a cadence (partial)',
  description: 'Settings are replaced whole and hold for everybody in it from now on.',
  errors: [404, 409, 412],
  params,
  body: z
    .strictObject({
      name: name().optional(),
      description: text(2_000).nullish(),
      settings: cadenceSettings().optional(),
      teamId: id().nullish(),
      isActive: z.boolean().optional(),
    })
    .meta({ id: 'CadenceChanges' }),
  response: CadenceDetail,
  verb: updateCadence,
  input: ({ params: given, body, raw }) => ({ ...given, expectedVersion: raw.ifMatch, changes: body }),
  output: toDetail,
  etag: ({ version }) => version,
  examples: [{ name: 'Another name', body: { name: 'Outreach to software companies' } }],
});

export const deleteCadenceEndpoint = defineEndpoint({
  operationId: 'deleteCadence',
  face,
  method: 'delete',
  path: '/cadences/{id}',
  tag,
  summary: 'Delete a cadence; everybody in it leaves it',
  errors: [404, 412],
  params,
  response: z.strictObject({ id: id() }),
  verb: deleteCadence,
  input: ({ params: given, raw }) => ({ ...given, expectedVersion: raw.ifMatch }),
});

export const activateCadenceEndpoint = defineEndpoint({
  operationId: 'activateCadence',
  face,
  method: 'post',
  path: '/cadences/{id}/activate',
  tag,
  summary: 'Activate a cadence',
  description: 'Needs a step. Whoever rested because it was not active goes on.',
  errors: [404, 409],
  params,
  response: CadenceDetail,
  verb: activateCadence,
  input: ({ params: given }) => given,
  output: toDetail,
  etag: ({ version }) => version,
  examples: [{ name: 'After a rest', after: ['deactivateCadence'] }],
});

export const deactivateCadenceEndpoint = defineEndpoint({
  operationId: 'deactivateCadence',
  face,
  method: 'post',
  path: '/cadences/{id}/deactivate',
  tag,
  summary: 'Deactivate a cadence; everybody in it rests',
  errors: [404],
  params,
  response: CadenceDetail,
  verb: deactivateCadence,
  input: ({ params: given }) => given,
  output: toDetail,
  etag: ({ version }) => version,
  examples: [{ name: 'For a while' }],
});

export const listStepsEndpoint = defineEndpoint({
  operationId: 'listCadenceSteps',
  face,
  method: 'get',
  path: '/cadences/{id}/steps',
  tag,
  summary: 'List the steps of a cadence in order',
  errors: [404],
  list: 'page',
  params,
  query: z.strictObject({ ...pageQuery, type: z.enum(STEP_TYPES).optional() }),
  response: Step,
  verb: listSteps,
  input: ({ params: given, query }) => ({ ...given, ...query }),
  output: toStep,
});

export const addStepEndpoint = defineEndpoint({
  operationId: 'addCadenceStep',
  face,
  method: 'post',
  path: '/cadences/{id}/steps',
  tag,
  summary: 'Add a step at the end or at a number',
  description:
    'Steps after it move on, and so do the conditions that name them. Whoever is past the number does not go back for it.',
  errors: [404, 409],
  status: 201,
  params,
  body: z.strictObject(stepFields).meta({ id: 'CadenceStepInput' }),
  response: Step,
  verb: addStep,
  input: ({ params: given, body }) => ({ ...given, ...body }),
  output: toStep,
  etag: ({ version }) => version,
  examples: [
    {
      name: 'Two texts to compare',
      body: {
        type: 'email',
        delayDays: 4,
        content: 'Hi {{firstName | default: "there"}}, shall we talk?',
        variants: [
          { name: 'short', subject: 'A minute?' },
          { name: 'plain', subject: 'One last question' },
        ],
      },
    },
    {
      name: 'A message by hand',
      body: { type: 'linkedin', delayDays: 1, content: 'Say hello to {{fullName | default: "them"}}' },
    },
  ],
});

export const updateStepEndpoint = defineEndpoint({
  operationId: 'updateCadenceStep',
  face,
  method: 'put',
  path: '/cadences/{id}/steps/{stepId}',
  tag,
  summary: 'Update or move a step (partial)',
  description:
    'What was done stays done and is never repeated; everybody who has the step before them gets it as it is now. A new delay moves the time of those who wait for it.',
  errors: [404, 409, 412],
  params: stepParams,
  body: z.strictObject(stepFields).partial().meta({ id: 'CadenceStepChanges' }),
  response: Step,
  verb: updateStep,
  input: ({ params: given, body, raw }) => ({ ...given, expectedVersion: raw.ifMatch, changes: body }),
  output: toStep,
  etag: ({ version }) => version,
  shownBy: { operation: 'listCadenceSteps', params: { id: '{{createCadence.id}}' } },
  examples: [
    {
      name: 'A day later',
      params: { id: '{{createCadence.id}}', stepId: '{{addCadenceStep.id}}' },
      body: { delayDays: 5 },
    },
  ],
});

export const deleteStepEndpoint = defineEndpoint({
  operationId: 'deleteCadenceStep',
  face,
  method: 'delete',
  path: '/cadences/{id}/steps/{stepId}',
  tag,
  summary: 'Delete a step; those after it move up',
  errors: [404, 409, 412],
  params: stepParams,
  response: z.strictObject({ id: id(), cadenceId: id() }),
  verb: deleteStep,
  input: ({ params: given, raw }) => ({ ...given, expectedVersion: raw.ifMatch }),
  shownBy: { operation: 'listCadenceSteps', params: { id: '{{createCadence.id}}' } },
  examples: [{ name: 'One less', params: { id: '{{createCadence.id}}', stepId: '{{addCadenceStep.id}}' } }],
});
