import { z } from 'zod';
import { NOTIFICATION_EVENT_NAMES, NOTIFICATION_PRIORITIES } from '../../domain/platform/notification-event.rules.ts';
import {
  countUnread,
  deleteNotification,
  listNotifications,
  markAllRead,
  markNotification,
} from '../../services/platform/notifications/index.ts';
import { defineEndpoint, type Endpoint } from '../http/endpoint.ts';
import { id, pageQuery, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'notifications';
const params = z.strictObject({ id: id() });
const priority = z.enum(NOTIFICATION_PRIORITIES);
const type = z.enum(NOTIFICATION_EVENT_NAMES);
const flag = () =>
  z
    .enum(['true', 'false'])
    .transform((given) => given === 'true')
    .optional();

/** A task that somebody else gives to a person who joined. */
const told = {
  as: 'acceptInvitation',
  after: [
    { operation: 'createTask', example: 'For a colleague' },
    { operation: 'listNotifications', example: 'Of a colleague', until: { '0.type': 'task.assigned' } },
  ],
} as const;
const toldOne = { ...told, params: { id: '{{listNotifications[Of a colleague].0.id}}' } };

const Notification = z
  .strictObject({
    id: id(),
    type,
    priority,
    title: z.string(),
    body: z.string().nullable(),
    entityType: z.string().nullable(),
    entityId: id().nullable(),
    readAt: timestamp().nullable(),
    archivedAt: timestamp().nullable(),
    createdAt: timestamp(),
    count: z.number().describe('How many stand behind this one when asked for in groups'),
  })
  .meta({ id: 'Notification' });

export const listNotificationsEndpoint = defineEndpoint({
  operationId: 'listNotifications',
  face,
  method: 'get',
  path: '/notifications',
  tag,
  summary: 'List your notifications, latest first',
  description: 'Needs a person: sign in, or use a key that has an owner.',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    unread: flag(),
    archived: flag(),
    priority: priority.optional(),
    type: type.optional(),
    grouped: flag().describe('The latest of each event and record stands for the others'),
  }),
  response: Notification,
  verb: listNotifications,
  input: ({ query }) => query,
  examples: [
    { name: 'My own', as: 'register' },
    { name: 'Of a colleague', as: 'acceptInvitation' },
  ],
});

export const countUnreadEndpoint = defineEndpoint({
  operationId: 'countUnreadNotifications',
  face,
  method: 'get',
  path: '/notifications/unread-count',
  tag,
  summary: 'Count your unread notifications, by priority',
  response: z.strictObject({
    total: z.number(),
    byPriority: z.strictObject({ low: z.number(), medium: z.number(), high: z.number(), urgent: z.number() }),
  }),
  verb: countUnread,
  input: () => undefined,
  examples: [{ name: 'My own', as: 'register' }],
});

export const readNotificationEndpoint = defineEndpoint({
  operationId: 'readNotification',
  face,
  method: 'put',
  path: '/notifications/{id}/read',
  tag,
  summary: 'Mark a notification as read',
  errors: [404],
  params,
  body: z
    .strictObject({ read: z.boolean().default(true) })
    .optional()
    .meta({ id: 'NotificationRead' }),
  response: Notification,
  verb: markNotification,
  input: ({ params: given, body }) => ({ ...given, read: body?.read ?? true }),
  examples: [{ name: 'Seen', ...toldOne, body: { read: true } }],
});

export const unreadNotificationEndpoint = defineEndpoint({
  operationId: 'unreadNotification',
  face,
  method: 'put',
  path: '/notifications/{id}/unread',
  tag,
  summary: 'Mark a notification as unread',
  errors: [404],
  params,
  response: Notification,
  verb: markNotification,
  input: ({ params: given }) => ({ ...given, read: false }),
  examples: [{ name: 'Read by mistake', ...toldOne, after: [...told.after, 'readNotification'] }],
});

export const archiveNotificationEndpoint = defineEndpoint({
  operationId: 'archiveNotification',
  face,
  method: 'post',
  path: '/notifications/{id}/archive',
  tag,
  summary: 'Archive a notification',
  errors: [404],
  params,
  response: Notification,
  verb: markNotification,
  input: ({ params: given }) => ({ ...given, archived: true as const }),
  examples: [{ name: 'Done with', ...toldOne }],
});

export const markAllReadEndpoint = defineEndpoint({
  operationId: 'markAllNotificationsRead',
  face,
  method: 'post',
  path: '/notifications/mark-all-read',
  tag,
  summary: 'Mark all your notifications as read',
  response: z.strictObject({ count: z.number() }),
  verb: markAllRead,
  input: () => undefined,
  examples: [{ name: 'All of them', ...told }],
});

export const deleteNotificationEndpoint = defineEndpoint({
  operationId: 'deleteNotification',
  face,
  method: 'delete',
  path: '/notifications/{id}',
  tag,
  summary: 'Delete one of your notifications',
  errors: [404],
  params,
  response: z.strictObject({ id: id() }),
  verb: deleteNotification,
  input: ({ params: given }) => given,
  examples: [{ name: 'Not wanted', ...toldOne }],
});

export const NOTIFICATION_ENDPOINTS: readonly Endpoint[] = [
  listNotificationsEndpoint,
  countUnreadEndpoint,
  markAllReadEndpoint,
  readNotificationEndpoint,
  unreadNotificationEndpoint,
  archiveNotificationEndpoint,
  deleteNotificationEndpoint,
];
