import type { OutboundPolicy } from '../domain/core/outbound-url.rules.ts';
import { PUBLIC_EVENTS } from '../services/outward/index.ts';
import type { WebhookTools } from '../services/platform/webhooks/index.ts';
import { testSecrets } from './secrets.ts';

/** As in production, unless a test talks to a receiver of its own on this machine. */
export const testWebhookTools = (
  outboundPolicy: OutboundPolicy = { production: true, allowLoopback: false },
): WebhookTools => ({ secrets: testSecrets(), catalogue: PUBLIC_EVENTS, outboundPolicy });
