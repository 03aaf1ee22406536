/**
 * Endpoints that no example can drive yet, and why. The walks send them well-formed requests all the same; they count as
 * not driven in test-results/endpoints.json. The list may only get shorter.
 */
export const NOT_DRIVEN_YET: Readonly<Record<string, string>> = {
  retryWebhookLog: 'there is a log once a worker has tried to deliver',
  replayWebhooks: 'there is nothing to send again before a worker has sent',
  refreshContactList: 'a new list is being filled already; a worker shows the second time',
};
