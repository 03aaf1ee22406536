import { type Reaction, reactionToMany } from '../core/relay.ts';
import { webhooksReceived } from '../platform/inbox/index.ts';
import { CHANGE_REACTIONS } from './syncs/change-reactions.ts';
import { takeInCalls } from './telephony/take-in-calls.ts';
import { takeInWebhooks } from './webhooks/take-in-webhooks.ts';

/** What integrations do because something happened elsewhere; each exactly once per event. */
export const INTEGRATIONS_REACTIONS: readonly Reaction[] = [
  reactionToMany('integrations.take-in-calls', webhooksReceived, takeInCalls),
  reactionToMany('integrations.take-in-webhooks', webhooksReceived, takeInWebhooks),
  ...CHANGE_REACTIONS,
];
