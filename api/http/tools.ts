import type { ModelGateway } from '../../services/agent/gateway/index.ts';
import type { SharedCredentials, VerifyDelivery } from '../../services/integrations/index.ts';
import type { OutreachTools } from '../../services/outreach/index.ts';
import type { AuthTools } from '../../services/platform/auth/index.ts';
import type { Mailing } from '../../services/platform/sends/index.ts';
import type { WebhookTools } from '../../services/platform/webhooks/index.ts';

/** What `prepare` steps work with; one per process. */
export interface Tools extends AuthTools {
  readonly mailing: Mailing;
  /** Life of an invitation. */
  readonly invitationHours: number;
  readonly webhooks: WebhookTools;
  readonly outreach: OutreachTools;
  readonly models: ModelGateway;
  /** Where people come back to from a provider, and servers that stand in for providers. */
  readonly integrations: {
    readonly publicUrl: string;
    readonly bases: Readonly<Record<string, string>>;
    readonly shared: SharedCredentials;
    readonly verifyDelivery: VerifyDelivery;
  };
}
