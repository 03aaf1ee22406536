import type { FilterFields } from '../core/filter.rules.ts';

/** What a filter over records that belong to an account may ask of it. */
export const ACCOUNT_RELATION = {
  type: 'relation',
  fields: {
    name: { type: 'text' },
    domain: { type: 'text' },
    industry: { type: 'text' },
    employeeCount: { type: 'number' },
    annualRevenue: { type: 'number' },
    lifecycleStage: { type: 'text' },
    isTarget: { type: 'boolean' },
    healthScore: { type: 'number' },
  },
} as const satisfies FilterFields[string];
