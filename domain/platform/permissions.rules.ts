/** The permission catalogue: code name → what it lets a person do. Verbs name one; roles and keys hold sets. */
export const PERMISSIONS = {
  'analytics.journey.view': 'View customer journeys',
  'analytics.journey.edit': 'Merge, separate and erase customers',
  'data.export': 'Export data',
  'data.ingest': 'Send interactions, conversions and events',
  'data.upload': 'Upload files, cancel and undo imports',
  'data.view': 'View ingested data',
  'vendors.view': 'View vendors and agents',
  'vendors.edit': 'Add, change and delete vendors and agents',
  'integrations.view': 'View integrations and the web beacon',
  'integrations.edit': 'Set up integrations and the web beacon',
  'use_cases.view': 'View use cases',
  'use_cases.edit': 'Add and delete use cases',
  'attribution.view': 'View attribution runs and results',
  'attribution.create': 'Create attribution runs',
  'attribution.execute': 'Execute and cancel attribution runs',
} as const;

export type Permission = keyof typeof PERMISSIONS;

export const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as Permission[];

/** Scopes of a key that are not (or no longer) in the catalogue grant nothing. */
export function permissionsOfScopes(scopes: readonly string[]): ReadonlySet<Permission> {
  return new Set(scopes.filter((scope): scope is Permission => Object.hasOwn(PERMISSIONS, scope)));
}
