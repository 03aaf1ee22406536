/**
 * Endpoints that no example can drive yet, and why. The walks send them well-formed requests all the same; they count as
 * not driven in test-results/endpoints.json. The list may only get shorter.
 */
export const NOT_DRIVEN_YET: Readonly<Record<string, string>> = {
  acceptInvitation: 'its token stands in a mail alone',
  resetPassword: 'its token stands in a mail alone',
  forgotPassword: 'its effect is a mail alone, which leaves when a worker sends it',
  retryWebhookLog: 'there is a log once a worker has tried to deliver',
  replayWebhooks: 'there is nothing to send again before a worker has sent',
  refreshContactList: 'a new list is being filled already; a worker shows the second time',
  resendInvitation: 'its effect is a mail alone',
  readNotification: 'notices are raised by a worker',
  unreadNotification: 'notices are raised by a worker',
  archiveNotification: 'notices are raised by a worker',
  deleteNotification: 'notices are raised by a worker',
  markAllNotificationsRead: 'notices are raised by a worker',
  createCalendarFeed: 'its effect is an address, which is answered once',
  deleteCalendarFeed: 'needs the address of the person who made it',
  readCalendarFeed: 'its token stands inside an address',
  getOutboxMessage: 'mails are there once a worker has sent them',
};
