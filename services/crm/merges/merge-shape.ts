/** A table whose rows name a record by a column of their own. */
export type Reference = readonly [table: string, column: string];

/** A table that links a record to something else, once per pair. */
export interface Pair {
  readonly table: string;
  readonly column: string;
  readonly key: string;
  /** Taken along. */
  readonly also: readonly string[];
}

/** What merging two records of a kind means; a test compares it with the foreign keys of the database. */
export interface MergeShape {
  readonly table: 'prospects' | 'accounts';
  readonly merges: 'prospect_merges' | 'account_merges';
  readonly references: readonly Reference[];
  readonly pairs: readonly Pair[];
  /** Columns of the target `t` that take something over from the source `s`, and how. */
  readonly fills: Readonly<Record<string, string>>;
  /** Objects whose missing keys are taken over one by one. */
  readonly objects: readonly string[];
}

const whenEmpty = (...columns: string[]): Record<string, string> =>
  Object.fromEntries(columns.map((column) => [column, `coalesce(t.${column}, s.${column})`]));

export const PROSPECT_MERGE: MergeShape = {
  table: 'prospects',
  merges: 'prospect_merges',
  references: [
    ['activities', 'prospect_id'],
    ['call_logs', 'prospect_id'],
    ['meetings', 'prospect_id'],
    ['tickets', 'prospect_id'],
    ['conversations', 'prospect_id'],
    ['tasks', 'prospect_id'],
    ['bdr_activities', 'prospect_id'],
    ['bdr_decisions', 'prospect_id'],
    ['bdr_replies', 'prospect_id'],
    ['bdr_handoffs', 'prospect_id'],
    ['sends', 'prospect_id'],
    ['emails', 'prospect_id'],
    ['email_unsubscribes', 'prospect_id'],
    ['email_bounces', 'prospect_id'],
    ['sms_opt_outs', 'prospect_id'],
    ['inbound_messages', 'prospect_id'],
    ['intent_signals', 'prospect_id'],
    ['intent_score_history', 'prospect_id'],
    ['intent_alerts', 'prospect_id'],
    ['linkedin_engagements', 'prospect_id'],
    ['website_visitors', 'prospect_id'],
    ['enrichment_targets', 'prospect_id'],
    ['contact_claims', 'prospect_id'],
    ['contact_consents', 'prospect_id'],
    ['contact_holds', 'prospect_id'],
  ],
  pairs: [
    { table: 'ticket_prospects', column: 'prospect_id', key: 'ticket_id', also: ['created_at'] },
    { table: 'deal_contacts', column: 'prospect_id', key: 'deal_id', also: ['role', 'created_at'] },
    { table: 'contact_list_members', column: 'prospect_id', key: 'list_id', also: ['added_by', 'created_at'] },
  ],
  fills: {
    ...whenEmpty('email', 'phone', 'linkedin_url', 'first_name', 'last_name', 'title', 'company', 'account_id'),
    ...whenEmpty('customer_id', 'priority_score', 'qualification_score', 'time_zone'),
    ...whenEmpty('language', 'country', 'source', 'owner_id', 'team_id'),
    // A normal form belongs to the value that it was made of.
    email_key: 'case when t.email is null then s.email_key else t.email_key end',
    phone_key: 'case when t.phone is null then s.phone_key else t.phone_key end',
  },
  objects: ['custom', 'enrichment_data'],
};

export const ACCOUNT_MERGE: MergeShape = {
  table: 'accounts',
  merges: 'account_merges',
  references: [
    ['conversations', 'account_id'],
    ['prospects', 'account_id'],
    ['deals', 'account_id'],
    ['activities', 'account_id'],
    ['call_logs', 'account_id'],
    ['meetings', 'account_id'],
    ['tickets', 'account_id'],
    ['tasks', 'account_id'],
    ['sends', 'account_id'],
    ['enrichment_targets', 'account_id'],
    ['accounts', 'parent_account_id'],
    ['intent_signals', 'account_id'],
    ['intent_score_history', 'account_id'],
    ['intent_alerts', 'account_id'],
    ['website_visitors', 'account_id'],
    ['contact_claims', 'account_id'],
    ['contact_holds', 'account_id'],
  ],
  pairs: [],
  fills: {
    ...whenEmpty('domain', 'industry', 'employee_count', 'annual_revenue', 'location', 'phone', 'website'),
    ...whenEmpty('description', 'lifecycle_stage', 'engagement_score', 'lead_score', 'customer_id', 'source'),
    ...whenEmpty('owner_id', 'team_id'),
    is_target: 't.is_target or s.is_target',
  },
  objects: ['custom'],
};

/** Foreign keys that a merge leaves: the record's own history, and what belongs to one record alone. */
export const LEFT_BY_MERGES: readonly Reference[] = [
  ['prospects', 'merged_into_id'],
  ['accounts', 'merged_into_id'],
  ['prospect_merges', 'source_id'],
  ['prospect_merges', 'target_id'],
  ['account_merges', 'source_id'],
  ['account_merges', 'target_id'],
  ['company_profiles', 'account_id'],
  // A person of a mailing is keyed by address; what became of them there is history.
  ['bulk_email_recipients', 'prospect_id'],
  // The agent works on one record; its work on the other one ends.
  ['bdr_workflow_executions', 'prospect_id'],
  ['bdr_tasks', 'prospect_id'],
  ['bdr_context_memory', 'prospect_id'],
  ['bdr_approval_queue', 'prospect_id'],
  // Whoever is gone leaves their cadences; the history stays with the record that it happened to.
  ['cadence_enrollments', 'prospect_id'],
  ['cadence_step_executions', 'prospect_id'],
  ['score_threshold_crossings', 'prospect_id'],
];
