import { invalid } from '../../../domain/core/errors.ts';
import { type OutboundPolicy, outboundUrlProblem } from '../../../domain/core/outbound-url.rules.ts';
import type { EventCatalogue } from '../../core/public-events.ts';
import type { SecretPlace, Secrets } from '../../core/secrets.ts';

/** What verbs and deliveries work with; made by the composition roots. */
export interface WebhookTools {
  readonly secrets: Secrets;
  readonly catalogue: EventCatalogue;
  readonly outboundPolicy: OutboundPolicy;
}

export const secretPlace = (rowId: string, field: 'secret' | 'previous_secret'): SecretPlace => ({
  table: 'webhook_endpoints',
  field,
  rowId,
});

/** @throws AppError validation when nothing may be sent there */
export function checkUrl(tools: WebhookTools, url: string): void {
  const problem = outboundUrlProblem(url, tools.outboundPolicy);
  if (problem === null) return;
  throw invalid('url', problem, url, 'Give the https address of a server on the internet that takes POST requests.');
}
