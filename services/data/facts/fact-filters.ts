import { type RawBuilder, sql } from 'kysely';
import { CONVERSION_FIELDS, INTERACTION_FIELDS } from '../../../domain/data/fact-fields.rules.ts';
import { currencyExponent, UNUSUAL_CURRENCIES } from '../../../domain/data/money.rules.ts';
import { defineFilter } from '../../core/filter.ts';

const UNITS = sql.join(
  UNUSUAL_CURRENCIES.map((code) => sql.raw(`when '${code}' then 1e-${currencyExponent(code)}`)),
  sql` `,
);

/** Minor units as an exact decimal, for comparing amounts of any currency with what people write. */
export const majorUnits = (minor: RawBuilder<unknown>, currency: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(${minor} * case ${currency} ${UNITS} else 0.01 end)`;

const f = (column: string) => sql.ref(`f.${column}`);

export const INTERACTION_FILTER = defineFilter(INTERACTION_FIELDS, {
  id: f('id'),
  externalInteractionId: f('external_id'),
  customerId: f('customer_id'),
  channel: f('channel'),
  direction: f('direction'),
  language: f('language'),
  primaryIntent: f('primary_intent'),
  purchaseProbability: f('purchase_probability'),
  vendorId: f('vendor_id'),
  vendorCode: sql`(select v.code from vendors v where v.organization_id = f.organization_id and v.id = f.vendor_id)`,
  campaign: touchSource('campaign'),
  contentId: touchSource('content_id'),
  clickId: f('click_id'),
  cost: majorUnits(f('cost_minor'), f('cost_currency')),
  costCurrency: f('cost_currency'),
  startedAt: f('started_at'),
  endedAt: f('ended_at'),
  createdAt: f('created_at'),
  updatedAt: f('updated_at'),
  participants: {
    from: sql`interaction_participants p`,
    on: sql`p.organization_id = f.organization_id and p.interaction_id = f.id and p.interaction_version = f.version`,
    columns: {
      type: sql.ref('p.role'),
      agentId: sql.ref('p.agent_id'),
      externalId: sql`(select a.external_id from agents a where a.organization_id = p.organization_id and a.id = p.agent_id)`,
      teamId: sql.ref('p.team_id'),
      share: sql.ref('p.share'),
    },
  },
});

function touchSource(column: string): RawBuilder<unknown> {
  return sql`(
    select ${sql.ref(`t.${column}`)} from touch_sources t
    where t.organization_id = f.organization_id and t.id = f.touch_source_id)`;
}

export const CONVERSION_FILTER = defineFilter(CONVERSION_FIELDS, {
  id: f('id'),
  externalEventId: f('external_id'),
  customerId: f('customer_id'),
  eventType: f('event_type'),
  eventSource: f('event_source'),
  amountDecimal: majorUnits(f('amount_minor'), f('currency')),
  currency: f('currency'),
  occurredAt: f('occurred_at'),
  createdAt: f('created_at'),
  updatedAt: f('updated_at'),
});
