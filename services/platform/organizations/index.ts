/** What other wings, activities and setup code may call. */
export { type CreateOrganizationInput, createOrganization, insertOrganization } from './create-organization.ts';
export { listOrganizationIds } from './list-organization-ids.query.ts';
export {
  getOrganization,
  type OrganizationSettings,
  type OrganizationView,
  updateOrganization,
} from './organization-settings.ts';
