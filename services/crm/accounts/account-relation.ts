import { sql } from 'kysely';
import type { SqlRelation } from '../../core/filter.ts';

/** The account of a record, whose table or alias has an `account_id`. */
export const accountRelation = (record: string): SqlRelation => ({
  from: sql`accounts ac`,
  on: sql`ac.organization_id = ${sql.ref(`${record}.organization_id`)} and ac.id = ${sql.ref(`${record}.account_id`)}
    and ac.deleted_at is null`,
  columns: {
    name: sql.ref('ac.name'),
    domain: sql.ref('ac.domain'),
    industry: sql.ref('ac.industry'),
    employeeCount: sql.ref('ac.employee_count'),
    annualRevenue: sql.ref('ac.annual_revenue'),
    lifecycleStage: sql.ref('ac.lifecycle_stage'),
    isTarget: sql.ref('ac.is_target'),
    healthScore: sql.ref('ac.health_score'),
  },
});
