export const PROSPECT_STATUSES = [
  'new',
  'contacted',
  'engaged',
  'qualified',
  'unqualified',
  'customer',
  'do_not_contact',
] as const;
export type ProspectStatus = (typeof PROSPECT_STATUSES)[number];

export const RELATIONSHIP_STAGES = ['cold', 'aware', 'engaged', 'opportunity', 'customer', 'former_customer'] as const;
export type RelationshipStage = (typeof RELATIONSHIP_STAGES)[number];
