import type { Endpoint } from '../http/endpoint.ts';
import { API_KEY_ENDPOINTS } from './api-keys.routes.ts';
import { AUDIT_ENDPOINTS } from './audit.routes.ts';
import {
  endAllSessionsEndpoint,
  endSessionEndpoint,
  listSessionsEndpoint,
  loginEndpoint,
  loginOnBEndpoint,
  logoutEndpoint,
  meEndpoint,
  refreshEndpoint,
  registerEndpoint,
  registerOnBEndpoint,
} from './auth.routes.ts';
import {
  createWriteKeyEndpoint,
  getBeaconSettingsEndpoint,
  listWriteKeysEndpoint,
  revokeWriteKeyEndpoint,
  updateBeaconSettingsEndpoint,
} from './beacon.routes.ts';
import { DIRECTORY_ENDPOINTS } from './directory.routes.ts';
import {
  acceptInvitationEndpoint,
  inviteMemberEndpoint,
  listInvitationsEndpoint,
  resendInvitationEndpoint,
  revokeInvitationEndpoint,
} from './invitations.routes.ts';
import { NOTIFICATION_ENDPOINTS } from './notifications.routes.ts';
import { getOutboxMessageEndpoint, listOutboxEndpoint } from './outbox.routes.ts';
import { PARKED_ENDPOINTS } from './parked.routes.ts';
import { forgotPasswordEndpoint, resetPasswordEndpoint } from './passwords.routes.ts';
import { ROLE_ENDPOINTS } from './roles.routes.ts';
import { TEAM_ENDPOINTS } from './teams.routes.ts';
import {
  cancelUploadEndpoint,
  createUploadEndpoint,
  getUploadEndpoint,
  listUploadsEndpoint,
  previewUploadEndpoint,
  readUploadErrorsEndpoint,
  undoUploadEndpoint,
} from './uploads.routes.ts';
import { USER_ENDPOINTS } from './users.routes.ts';
import { WEBHOOK_ENDPOINTS } from './webhooks.routes.ts';

export const PLATFORM_ENDPOINTS: readonly Endpoint[] = [
  registerEndpoint,
  registerOnBEndpoint,
  loginEndpoint,
  loginOnBEndpoint,
  refreshEndpoint,
  logoutEndpoint,
  meEndpoint,
  listSessionsEndpoint,
  endSessionEndpoint,
  endAllSessionsEndpoint,
  forgotPasswordEndpoint,
  resetPasswordEndpoint,
  inviteMemberEndpoint,
  listInvitationsEndpoint,
  revokeInvitationEndpoint,
  resendInvitationEndpoint,
  acceptInvitationEndpoint,
  listOutboxEndpoint,
  getOutboxMessageEndpoint,
  createUploadEndpoint,
  listUploadsEndpoint,
  getUploadEndpoint,
  previewUploadEndpoint,
  readUploadErrorsEndpoint,
  cancelUploadEndpoint,
  undoUploadEndpoint,
  createWriteKeyEndpoint,
  listWriteKeysEndpoint,
  revokeWriteKeyEndpoint,
  getBeaconSettingsEndpoint,
  updateBeaconSettingsEndpoint,
  ...ROLE_ENDPOINTS,
  ...USER_ENDPOINTS,
  ...TEAM_ENDPOINTS,
  ...DIRECTORY_ENDPOINTS,
  ...AUDIT_ENDPOINTS,
  ...PARKED_ENDPOINTS,
  ...API_KEY_ENDPOINTS,
  ...NOTIFICATION_ENDPOINTS,
  ...WEBHOOK_ENDPOINTS,
];
