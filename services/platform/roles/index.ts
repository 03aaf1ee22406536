/** What other wings, authenticators and setup code may call. */
export { createRole, deleteRole, type RoleChanges, updateRole } from './change-role.ts';
export { type Explanation, explainPermission } from './explain-permission.ts';
export {
  lockPeople,
  permissionsOfRole,
  requireAnotherAdmin,
  requireGrantable,
  requireGrantableRole,
  requireTeamAllowed,
} from './guards.ts';
export { loadUserAccess, type UserAccess } from './load-user-access.query.ts';
export {
  type FoundRole,
  type FoundTeam,
  findRoles,
  findTeams,
  pick,
  requireRole,
  requireTeam,
  withTeamIds,
} from './references.ts';
export { getRole, listPermissions, listRoles, type PermissionGroupView, type RoleView } from './role-view.ts';
