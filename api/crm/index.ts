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
  addDealContactEndpoint,
  createDealEndpoint,
  deleteDealEndpoint,
  getDealEndpoint,
  listDealContactsEndpoint,
  listDealsEndpoint,
  moveDealStageEndpoint,
  readBoardEndpoint,
  removeDealContactEndpoint,
  updateDealEndpoint,
} from './deals.routes.ts';
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
  listDealsEndpoint,
  readBoardEndpoint,
  createDealEndpoint,
  getDealEndpoint,
  updateDealEndpoint,
  moveDealStageEndpoint,
  deleteDealEndpoint,
  listDealContactsEndpoint,
  addDealContactEndpoint,
  removeDealContactEndpoint,
  listCustomFieldsEndpoint,
  createCustomFieldEndpoint,
  deleteCustomFieldEndpoint,
];
