import { z } from 'zod';
import {
  completeTask,
  createTask,
  deleteTask,
  getTask,
  listTasks,
  TASK_PRIORITIES,
  TASK_STATUSES,
  TASK_TYPES,
  updateTask,
} from '../../services/crm/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { day, id, pageQuery, text, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'tasks';
const params = z.strictObject({ id: id() });
const type = z.enum(TASK_TYPES);
const priority = z.enum(TASK_PRIORITIES);
const status = z.enum(TASK_STATUSES);

const Task = z
  .strictObject({
    id: id(),
    title: z.string(),
    type,
    notes: z.string().nullable(),
    prospectId: id().nullable(),
    prospectName: z.string().nullable(),
    accountId: id().nullable(),
    dealId: id().nullable(),
    assigneeId: id().nullable(),
    teamId: id().nullable(),
    createdBy: id().nullable(),
    priority,
    status,
    dueAt: timestamp().nullable(),
    overdue: z.boolean().describe('Open, and its time is past'),
    completedAt: timestamp().nullable(),
    completedBy: id().nullable(),
    outcome: z.string().nullable(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'Task' });

const fields = {
  title: text(200).optional(),
  type: type.optional(),
  notes: text(20_000).nullish(),
  priority: priority.optional(),
  dueAt: timestamp().nullish(),
  assigneeId: id().nullish(),
  teamId: id().nullish(),
};

export const listTasksEndpoint = defineEndpoint({
  operationId: 'listTasks',
  face,
  method: 'get',
  path: '/tasks',
  tag,
  summary: 'List tasks; with `date`, the tasks of a day',
  description:
    "With `date`: what is due on that day of the assignee's own time zone and, when it is today, what is overdue; the most urgent first. Without: all tasks by due time.",
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    date: day().optional(),
    userId: id().optional().describe('Whose tasks'),
    teamId: id().optional(),
    type: type.optional(),
    status: status.optional(),
    priority: priority.optional(),
    overdue: z
      .enum(['true', 'false'])
      .transform((given) => given === 'true')
      .optional(),
    prospectId: id().optional(),
    accountId: id().optional(),
    dealId: id().optional(),
  }),
  response: Task,
  verb: listTasks,
  input: ({ query }) => query,
  examples: [{ name: 'Calls of a day', query: { date: '2026-07-01', type: 'call' } }],
});

export const createTaskEndpoint = defineEndpoint({
  operationId: 'createTask',
  face,
  method: 'post',
  path: '/tasks',
  tag,
  summary: 'Create a task',
  description: 'The assignee is told an hour before it is due, and once it is overdue.',
  status: 201,
  body: z
    .strictObject({
      ...fields,
      assigneeId: id().nullish().describe('Default: you'),
      prospectId: id().nullish(),
      accountId: id().nullish(),
      dealId: id().nullish(),
    })
    .meta({ id: 'TaskInput' }),
  response: Task,
  verb: createTask,
  input: ({ body }) => body,
  etag: (task) => task.version,
  location: (task) => `/tasks/${task.id}`,
  examples: [
    {
      name: 'A call to make',
      body: { title: 'Call Ann about the offer', type: 'call', priority: 'high', dueAt: '2026-07-01T09:00:00Z' },
    },
    {
      name: 'For a colleague',
      body: { title: 'Send the contract', type: 'email', assigneeId: '{{acceptInvitation.user.id}}' },
    },
  ],
});

export const getTaskEndpoint = defineEndpoint({
  operationId: 'getTask',
  face,
  method: 'get',
  path: '/tasks/{id}',
  tag,
  summary: 'Get a task',
  errors: [404],
  params,
  response: Task,
  verb: getTask,
  input: ({ params: given }) => given,
  etag: (task) => task.version,
});

export const updateTaskEndpoint = defineEndpoint({
  operationId: 'updateTask',
  face,
  method: 'put',
  path: '/tasks/{id}',
  tag,
  summary: 'Update, reschedule or reassign an open task (partial)',
  description: 'A new `dueAt` begins its reminders anew.',
  errors: [404, 409, 412],
  params,
  body: z.strictObject(fields).meta({ id: 'TaskChanges' }),
  response: Task,
  verb: updateTask,
  input: ({ params: given, body, raw }) => ({ ...given, expectedVersion: raw.ifMatch, changes: body }),
  etag: (task) => task.version,
  examples: [{ name: 'Tomorrow will do', body: { dueAt: '2026-07-02T09:00:00Z', priority: 'normal' } }],
});

export const completeTaskEndpoint = defineEndpoint({
  operationId: 'completeTask',
  face,
  method: 'post',
  path: '/tasks/{id}/complete',
  tag,
  summary: 'Complete a task',
  description: 'Stands in the timeline as `task_completed`. A task is completed once; a second time is a 409.',
  errors: [404, 409, 412],
  params,
  body: z
    .strictObject({ outcome: text(200).optional(), notes: text(20_000).optional() })
    .meta({ id: 'TaskCompletion' }),
  response: Task,
  verb: completeTask,
  input: ({ params: given, body, raw }) => ({ ...given, ...body, expectedVersion: raw.ifMatch }),
  etag: (task) => task.version,
  examples: [{ name: 'Reached', body: { outcome: 'Wants a quote' } }],
});

export const deleteTaskEndpoint = defineEndpoint({
  operationId: 'deleteTask',
  face,
  method: 'delete',
  path: '/tasks/{id}',
  tag,
  summary: 'Delete a task',
  errors: [404, 412],
  params,
  response: z.strictObject({ id: id() }),
  verb: deleteTask,
  input: ({ params: given, raw }) => ({ ...given, expectedVersion: raw.ifMatch }),
});
