import type { Endpoint } from '../http/endpoint.ts';
import {
  activateCadenceEndpoint,
  addStepEndpoint,
  createCadenceEndpoint,
  deactivateCadenceEndpoint,
  deleteCadenceEndpoint,
  deleteStepEndpoint,
  getCadenceEndpoint,
  listCadencesEndpoint,
  listStepsEndpoint,
  updateCadenceEndpoint,
  updateStepEndpoint,
} from './cadences.routes.ts';
import {
  enrollEndpoint,
  getEnrollmentEndpoint,
  listEnrollmentsEndpoint,
  pauseEnrollmentEndpoint,
  resumeEnrollmentEndpoint,
  unenrollEndpoint,
} from './enrollments.routes.ts';
import {
  canContactEndpoint,
  getContactPolicyEndpoint,
  listConsentsEndpoint,
  recordConsentEndpoint,
  updateContactPolicyEndpoint,
} from './governance.routes.ts';
import { simulateCadenceEndpoint } from './simulate.routes.ts';

/** Who may be contacted, and the steps that contact them. */
export const CADENCE_ENDPOINTS: readonly Endpoint[] = [
  canContactEndpoint,
  listConsentsEndpoint,
  recordConsentEndpoint,
  getContactPolicyEndpoint,
  updateContactPolicyEndpoint,
  listCadencesEndpoint,
  createCadenceEndpoint,
  getCadenceEndpoint,
  updateCadenceEndpoint,
  deleteCadenceEndpoint,
  activateCadenceEndpoint,
  deactivateCadenceEndpoint,
  listStepsEndpoint,
  addStepEndpoint,
  updateStepEndpoint,
  deleteStepEndpoint,
  enrollEndpoint,
  listEnrollmentsEndpoint,
  getEnrollmentEndpoint,
  pauseEnrollmentEndpoint,
  resumeEnrollmentEndpoint,
  unenrollEndpoint,
  simulateCadenceEndpoint,
];
