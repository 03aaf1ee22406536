/** What other wings, the API and setup code may call. */
export {
  countUnread,
  deleteNotification,
  listNotifications,
  markAllRead,
  markNotification,
  type NotificationView,
} from './notifications.ts';
export { type Notice, notify } from './notify.ts';
export { peopleWhoMay } from './people-who-may.query.ts';
