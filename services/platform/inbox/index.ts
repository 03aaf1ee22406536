/** For the wings that take webhooks of others in. */

export { webhooksReceived } from '../events.ts';
export { type Delivery, purgeInbox, type Received, receive, settleReceived, takeReceived } from './inbox.ts';
export { type DeliveryView, listDeliveries } from './list-deliveries.ts';
