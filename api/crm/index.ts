import type { Endpoint } from '../http/endpoint.ts';
import {
  createAccountEndpoint,
  deleteAccountEndpoint,
  getAccountEndpoint,
  getAccountHierarchyEndpoint,
  listAccountsEndpoint,
  restoreAccountEndpoint,
  updateAccountEndpoint,
} from './accounts.routes.ts';
import {
  createCustomFieldEndpoint,
  deleteCustomFieldEndpoint,
  listCustomFieldsEndpoint,
} from './custom-fields.routes.ts';
import {
  createProspectEndpoint,
  deleteProspectEndpoint,
  getProspectEndpoint,
  listProspectsEndpoint,
  restoreProspectEndpoint,
  updateProspectEndpoint,
} from './prospects.routes.ts';

export const CRM_ENDPOINTS: readonly Endpoint[] = [
  listProspectsEndpoint,
  createProspectEndpoint,
  getProspectEndpoint,
  updateProspectEndpoint,
  deleteProspectEndpoint,
  restoreProspectEndpoint,
  listAccountsEndpoint,
  createAccountEndpoint,
  getAccountEndpoint,
  updateAccountEndpoint,
  deleteAccountEndpoint,
  restoreAccountEndpoint,
  getAccountHierarchyEndpoint,
  listCustomFieldsEndpoint,
  createCustomFieldEndpoint,
  deleteCustomFieldEndpoint,
];
