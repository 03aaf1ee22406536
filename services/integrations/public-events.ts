import type { PublicField } from '../../domain/core/public-fields.rules.ts';
import { type PublicEvent, publicEntity, publicEvent } from '../core/public-events.ts';
import * as on from './events.ts';

const ID = '019a9f00-0000-7000-8000-0000000000aa';
const OTHER = '019a9f00-0000-7000-8000-0000000000bb';
const uuid = (example: string): PublicField => ({ type: 'uuid', example });
const text = (example: string): PublicField => ({ type: 'text', example });

const integration = publicEntity('integration', 'team_integrations r', {
  id: { column: 'r.id', type: 'uuid', example: ID },
  name: { column: 'r.name', type: 'text', example: 'Stripe' },
  provider: { column: 'r.provider', type: 'text', example: 'stripe' },
  source: { column: 'r.source', type: 'text', example: 'stripe' },
  status: {
    column: 'r.status',
    type: 'enum',
    values: ['pending', 'connected', 'needs_reauth', 'error', 'disabled'],
    example: 'needs_reauth',
  },
  lastError: { column: 'r.last_error', type: 'text', nullable: true, example: null },
});

/** What this wing tells the outside. */
export const INTEGRATIONS_PUBLIC_EVENTS: readonly PublicEvent[] = [
  publicEvent(
    on.integrationNeedsReauth,
    'A provider has ended a connection; a person has to connect it again',
    { id: uuid(ID) },
    integration,
  ),
  publicEvent(on.integrationRemoved, 'An integration was removed', { id: uuid(ID), provider: text('stripe') }),
  publicEvent(on.integrationSyncCompleted, 'A sync is done', {
    integrationId: uuid(ID),
    syncId: uuid(OTHER),
    records: { type: 'integer', about: 'Stored, changed, deleted or sent', example: 120 },
  }),
  publicEvent(on.integrationSyncFailed, 'A sync failed', {
    integrationId: uuid(ID),
    syncId: uuid(OTHER),
    code: text('PROVIDER_UNAVAILABLE'),
  }),
];
