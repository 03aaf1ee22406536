import { type RawBuilder, sql } from 'kysely';
import type { Dimension } from '../../../domain/insight/metrics.rules.ts';

/** Rows `e` that the values of a dimension are ids of, and what people call them. */
export interface Entity {
  readonly from: RawBuilder<unknown>;
  readonly name: RawBuilder<unknown>;
  /** Where it has no name. */
  readonly fallback?: RawBuilder<unknown>;
  /** Said of it beside its name. */
  readonly more?: Readonly<Record<string, RawBuilder<unknown>>>;
}

const named = (table: string, name: RawBuilder<unknown> = sql`e.name`): Entity => ({
  from: sql`${sql.table(table)} e`,
  name,
});

export const ENTITIES: Partial<Readonly<Record<Dimension, Entity>>> = {
  agent: {
    ...named('agents'),
    fallback: sql`e.external_id`,
    more: { externalId: sql`e.external_id`, teamId: sql`e.team_id`, vendorId: sql`e.vendor_id` },
  },
  team: named('teams'),
  vendor: { ...named('vendors'), more: { code: sql`e.code` } },
  cadence: named('cadences'),
  step: {
    from: sql`cadence_steps e join cadences c on c.organization_id = e.organization_id and c.id = e.cadence_id`,
    name: sql`c.name || ', step ' || abs(e.step_number) || ' (' || e.type || ')'`,
    more: { cadenceId: sql`e.cadence_id` },
  },
  template: named('email_templates'),
  sender: named('senders', sql`e.name || ' <' || e.email || '>'`),
  bulk_job: named('bulk_email_jobs'),
  bdr_agent: named('bdr_agent_configs', sql`e.agent_name`),
};
