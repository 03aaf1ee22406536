import type { Endpoint } from '../http/endpoint.ts';
import {
  canContactEndpoint,
  getContactPolicyEndpoint,
  listConsentsEndpoint,
  recordConsentEndpoint,
  updateContactPolicyEndpoint,
} from './governance.routes.ts';

export const OUTREACH_ENDPOINTS: readonly Endpoint[] = [
  canContactEndpoint,
  listConsentsEndpoint,
  recordConsentEndpoint,
  getContactPolicyEndpoint,
  updateContactPolicyEndpoint,
];
