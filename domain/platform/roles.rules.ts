import { ALL_PERMISSIONS, PERMISSION_GROUPS, type Permission, type PermissionGroup } from './permissions.rules.ts';

export const BASE_LEVELS = ['admin', 'user', 'viewer'] as const;
/** How far a role reaches in three steps; kept as text beside each user. */
export type BaseLevel = (typeof BASE_LEVELS)[number];

export const DEFAULT_ROLES = ['admin', 'agent', 'user', 'viewer'] as const;
/** The roles that every organization has, numbered 1 to 4 in this order. */
export type DefaultRole = (typeof DEFAULT_ROLES)[number];

export const USER_TYPES = ['product_user', 'observer'] as const;
export type UserType = (typeof USER_TYPES)[number];

export const USER_STATUSES = ['active', 'inactive'] as const;
export type UserStatus = (typeof USER_STATUSES)[number];

export const isView = (permission: string): boolean => permission.endsWith('.view');
const isDelete = (permission: string): boolean => permission.endsWith('.delete');

const VIEWS = ALL_PERMISSIONS.filter(isView);

/** What only those who run the organization do. A standard user adds and changes records, and deletes none. */
const ADMINISTRATION: ReadonlySet<Permission> = new Set<Permission>([
  'users.create',
  'users.edit',
  'roles.create',
  'roles.edit',
  'teams.create',
  'teams.edit',
  'api_keys.manage',
  'integrations.create',
  'integrations.edit',
  'webhooks.manage',
  'features.create',
  'features.edit',
  'bdr.configure',
  'analytics.journey.edit',
  'organization.edit',
  'billing.manage',
  'sso.manage',
]);

const AGENT_GROUPS: readonly PermissionGroup[] = ['Core Analytics', 'Sales', 'Outreach', 'AI', 'Service', 'Reporting'];
const AGENT_MORE: readonly Permission[] = ['data.view', 'data.ingest', 'leads.view', 'users.view', 'teams.view'];

const USER: readonly Permission[] = ALL_PERMISSIONS.filter(
  (permission) => isView(permission) || !(isDelete(permission) || ADMINISTRATION.has(permission)),
);
const inGroups = (groups: readonly PermissionGroup[]): ReadonlySet<string> =>
  new Set(groups.flatMap((group) => Object.keys(PERMISSION_GROUPS[group])));

const OF_DEFAULT_ROLE: Readonly<Record<DefaultRole, ReadonlySet<Permission>>> = {
  admin: new Set(ALL_PERMISSIONS),
  agent: new Set([...USER.filter((permission) => inGroups(AGENT_GROUPS).has(permission)), ...AGENT_MORE]),
  user: new Set(USER),
  viewer: new Set(VIEWS),
};

/** Always by today's catalogue, so that a permission of a new version needs no change of stored roles. */
export const permissionsOfDefaultRole = (role: DefaultRole): ReadonlySet<Permission> => OF_DEFAULT_ROLE[role];

/** Only the default role Admin is one: however much a custom role holds, it never counts as the last admin. */
export const baseLevelOf = (permissions: readonly string[]): BaseLevel =>
  permissions.every(isView) ? 'viewer' : 'user';
