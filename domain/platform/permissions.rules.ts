/**
 * The permission catalogue as data: group → code name → what it lets a person do. Verbs name one code name; roles and keys
 * hold sets. A code name ends in its action, so that "may only look" is the set of all that end in `.view`.
 */
export const PERMISSION_GROUPS = {
  'Core Analytics': {
    'analytics.agents.view': 'View what agents and teams earned',
    'analytics.agents.edit': 'Change how agents and teams are shown',
    'analytics.vendors.view': 'Compare vendors',
    'analytics.vendors.edit': 'Change how vendors are compared',
    'analytics.intents.view': 'View revenue by intent, channel, content and stage',
    'analytics.intents.edit': 'Change intent weights and milestones',
    'analytics.journey.view': 'View customer journeys',
    'analytics.journey.edit': 'Merge, separate and erase customers',
  },
  'Advanced Analytics': {
    'mmm.view': 'View marketing mix models',
    'mmm.run': 'Run marketing mix models',
    'mmm.edit': 'Change marketing mix models',
    'abm.view': 'View target accounts',
    'abm.edit': 'Change target accounts',
    'leads.view': 'View lead scores',
    'leads.score': 'Score leads',
    'leads.edit': 'Change scoring models',
    'cohorts.view': 'View cohorts',
    'cohorts.compute': 'Compute cohorts',
    'realtime.view': 'View live calls and alerts',
    'realtime.acknowledge': 'Acknowledge alerts',
    'realtime.rules': 'Change alert rules',
  },
  'Platform Management': {
    'integrations.view': 'View integrations and the web beacon',
    'integrations.create': 'Install integrations',
    'integrations.edit': 'Set up integrations and the web beacon',
    'integrations.delete': 'Remove integrations',
    'integrations.sync': 'Start syncs',
    'experiments.view': 'View experiments',
    'experiments.create': 'Create experiments',
    'experiments.edit': 'Change experiments',
    'features.view': 'View feature flags',
    'features.create': 'Create feature flags',
    'features.edit': 'Change feature flags',
    'webhooks.view': 'View webhook endpoints and deliveries',
    'webhooks.manage': 'Manage webhook endpoints',
    'api_keys.manage': 'Manage API keys',
    'reports.schedule': 'Schedule reports',
    'reports.share': 'Share reports',
  },
  'User Management': {
    'users.view': 'View users',
    'users.create': 'Add users',
    'users.edit': 'Change users',
    'users.delete': 'Delete users',
    'roles.view': 'View roles',
    'roles.create': 'Add roles',
    'roles.edit': 'Change roles',
    'roles.delete': 'Delete roles',
    'teams.view': 'View teams',
    'teams.create': 'Add teams',
    'teams.edit': 'Change teams and their members',
    'teams.delete': 'Delete teams',
  },
  'Data Management': {
    'data.ingest': 'Send interactions, conversions and events',
    'data.upload': 'Upload files, cancel and undo imports',
    'data.view': 'View ingested data',
    'data.export': 'Export data',
    'attribution.view': 'View attribution runs and results',
    'attribution.create': 'Create attribution runs',
    'attribution.execute': 'Execute and cancel attribution runs',
    'quality.view': 'View data quality',
    'fraud.view': 'View fraud incidents',
    'fraud.detect': 'Search for fraud',
    'audit.view': 'View and verify the audit log',
    'vendors.view': 'View vendors and agents',
    'vendors.edit': 'Add, change and delete vendors and agents',
    'use_cases.view': 'View use cases',
    'use_cases.edit': 'Add and delete use cases',
  },
  Reporting: {
    'reports.view': 'View reports and dashboards',
    'reports.create': 'Create reports',
    'reports.edit': 'Change reports',
    'reports.delete': 'Delete reports',
  },
  Sales: {
    'prospects.view': 'View prospects',
    'prospects.edit': 'Add, change and merge prospects',
    'prospects.delete': 'Delete and restore prospects',
    'accounts.view': 'View accounts',
    'accounts.edit': 'Add, change and merge accounts',
    'accounts.delete': 'Delete and restore accounts',
    'deals.view': 'View deals and forecasts',
    'deals.edit': 'Add, change and move deals',
    'deals.delete': 'Delete deals',
    'activities.view': 'View timelines, calls and meetings',
    'activities.edit': 'Log activities, calls and meetings',
    'activities.delete': 'Delete activities, calls and meetings',
    'tasks.view': 'View tasks',
    'tasks.edit': 'Add, change and complete tasks',
    'tasks.delete': 'Delete tasks',
    'lists.view': 'View lists and segments',
    'lists.edit': 'Add and change lists and segments',
    'lists.delete': 'Delete lists and segments',
  },
  Outreach: {
    'emails.view': 'View messages, senders and templates',
    'emails.edit': 'Change senders and templates',
    'emails.delete': 'Delete senders and templates',
    'emails.send': 'Send messages',
    'cadences.view': 'View cadences',
    'cadences.edit': 'Add and change cadences, enroll people',
    'cadences.delete': 'Delete cadences',
  },
  AI: {
    'bdr.view': 'View the agent, its drafts and handoffs',
    'bdr.edit': 'Start, pause and stop prospects of the agent',
    'bdr.delete': 'Delete what the agent remembers',
    'bdr.approve': 'Approve and reject messages of the agent',
    'bdr.configure': 'Configure the agent',
    'ai.view': 'View generated texts, conversations and knowledge',
    'ai.edit': 'Generate texts and analyse conversations',
    'ai.delete': 'Delete generated texts and knowledge',
    'intent.view': 'View intent signals',
    'intent.edit': 'Record and change intent signals',
    'intent.delete': 'Delete intent signals',
  },
  Marketing: {
    'campaigns.view': 'View campaigns and marketing workflows',
    'campaigns.edit': 'Add and change campaigns and marketing workflows',
    'campaigns.delete': 'Delete campaigns and marketing workflows',
  },
  Service: {
    'tickets.view': 'View tickets',
    'tickets.edit': 'Answer and change tickets',
    'tickets.delete': 'Delete tickets',
    'chat.view': 'View chats and the portal',
    'chat.edit': 'Answer chats, change the portal and its articles',
    'chat.delete': 'Delete chats and articles',
  },
  Administration: {
    'organization.view': 'View the organization and its settings',
    'organization.edit': 'Change the organization and its settings',
    'organization.delete': 'Close the organization',
    'billing.view': 'View plan and invoices',
    'billing.manage': 'Change plan and payment',
    'sso.manage': 'Set up single sign-on',
  },
} as const;

type Groups = typeof PERMISSION_GROUPS;
export type PermissionGroup = keyof Groups;
export type Permission = { [G in PermissionGroup]: keyof Groups[G] }[PermissionGroup];

export const PERMISSIONS = Object.assign({}, ...Object.values(PERMISSION_GROUPS)) as Readonly<
  Record<Permission, string>
>;

export const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as Permission[];

/** Scopes that stand for several code names. Search shows what it finds, so it needs to view what it searches. */
export const KEY_SCOPES = {
  'prospects:read': ['prospects.view', 'activities.view', 'lists.view'],
  'prospects:write': ['prospects.edit', 'prospects.delete', 'activities.edit', 'lists.edit'],
  'deals:read': ['deals.view'],
  'deals:write': ['deals.edit', 'deals.delete'],
  'emails:send': ['emails.send'],
  'search:read': ['prospects.view', 'accounts.view', 'deals.view', 'activities.view', 'emails.view', 'tickets.view'],
  'webhooks:manage': ['webhooks.view', 'webhooks.manage'],
} as const satisfies Record<string, readonly Permission[]>;

export type KeyScope = keyof typeof KEY_SCOPES | Permission;

/** Code names that scopes of a key stand for; scopes that are not (or no longer) known grant nothing. */
export function permissionsOfScopes(scopes: readonly string[]): ReadonlySet<Permission> {
  return new Set(
    scopes.flatMap((scope): readonly Permission[] => {
      if (Object.hasOwn(KEY_SCOPES, scope)) return KEY_SCOPES[scope as keyof typeof KEY_SCOPES];
      return Object.hasOwn(PERMISSIONS, scope) ? [scope as Permission] : [];
    }),
  );
}
