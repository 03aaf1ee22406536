import type { Endpoint } from '../http/endpoint.ts';
import { createAgentEndpoint, getAgentEndpoint, listAgentsEndpoint, updateAgentEndpoint } from './agents.routes.ts';
import { ingestEventEndpoint, ingestPageViewEndpoint } from './behavior.routes.ts';
import { collectHitsEndpoint } from './collect.routes.ts';
import {
  correctConversionEndpoint,
  getConversionEndpoint,
  listConversionsEndpoint,
  voidConversionEndpoint,
} from './conversions.routes.ts';
import {
  findCustomersEndpoint,
  getCustomerEndpoint,
  listDuplicatesEndpoint,
  mergeCustomersEndpoint,
  unmergeCustomerEndpoint,
} from './customers.routes.ts';
import { ingestConversionEndpoint, ingestInteractionEndpoint } from './ingestion.routes.ts';
import {
  correctInteractionEndpoint,
  getInteractionEndpoint,
  listInteractionsEndpoint,
  voidInteractionEndpoint,
} from './interactions.routes.ts';
import {
  downloadExportEndpoint,
  eraseCustomerEndpoint,
  exportCustomerEndpoint,
  getPrivacyRequestEndpoint,
} from './privacy.routes.ts';
import {
  correctSpendEndpoint,
  getSpendEndpoint,
  ingestSpendEndpoint,
  listSpendEndpoint,
  voidSpendEndpoint,
} from './spend.routes.ts';
import {
  createVendorEndpoint,
  deleteVendorEndpoint,
  getVendorEndpoint,
  listVendorsEndpoint,
  updateVendorEndpoint,
} from './vendors.routes.ts';

export const DATA_ENDPOINTS: readonly Endpoint[] = [
  ingestInteractionEndpoint,
  listInteractionsEndpoint,
  getInteractionEndpoint,
  correctInteractionEndpoint,
  voidInteractionEndpoint,
  ingestConversionEndpoint,
  listConversionsEndpoint,
  getConversionEndpoint,
  correctConversionEndpoint,
  voidConversionEndpoint,
  ingestSpendEndpoint,
  listSpendEndpoint,
  getSpendEndpoint,
  correctSpendEndpoint,
  voidSpendEndpoint,
  ingestEventEndpoint,
  ingestPageViewEndpoint,
  collectHitsEndpoint,
  listVendorsEndpoint,
  createVendorEndpoint,
  getVendorEndpoint,
  updateVendorEndpoint,
  deleteVendorEndpoint,
  listAgentsEndpoint,
  createAgentEndpoint,
  getAgentEndpoint,
  updateAgentEndpoint,
  findCustomersEndpoint,
  listDuplicatesEndpoint,
  mergeCustomersEndpoint,
  getCustomerEndpoint,
  unmergeCustomerEndpoint,
  exportCustomerEndpoint,
  eraseCustomerEndpoint,
  getPrivacyRequestEndpoint,
  downloadExportEndpoint,
];
