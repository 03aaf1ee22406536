import { defineEvent } from '../core/events.ts';

/** One per import, however many rows it has; the rows' own events are left out. */
export const uploadCompleted = defineEvent<{
  uploadId: string;
  kind: string;
  created: number;
  updated: number;
  skipped: number;
  failed: number;
}>('upload.completed', 'upload');
export const uploadFailed = defineEvent<{ uploadId: string; kind: string; code: string }>('upload.failed', 'upload');
export const uploadCancelled = defineEvent<{ uploadId: string; kind: string }>('upload.cancelled', 'upload');
export const uploadUndone = defineEvent<{ uploadId: string; kind: string; kept: number }>('upload.undone', 'upload');

export const invitationAccepted = defineEvent<{ invitationId: string; userId: string; role: string }>(
  'team.invitation_accepted',
  'invitation',
);
/** A person has an account now: registered, invited, added or imported. */
export const userCreated = defineEvent<{ userId: string }>('user.created', 'user');
/** Role, team, type or status changed; `active` is what holds now. */
export const userAccessChanged = defineEvent<{ userId: string; active: boolean }>('user.access_changed', 'user');
export const userDeleted = defineEvent<{ userId: string }>('user.deleted', 'user');
export const teamDeleted = defineEvent<{ teamId: string; transferredTo: string | null }>('team.deleted', 'team');
/** Seven days ahead, once. */
export const apiKeyExpiring = defineEvent<{ apiKeyId: string; userId: string | null; expiresAt: string }>(
  'api_key.expiring',
  'api_key',
);

/** It answered 410, or failed for days: nothing is sent there until somebody enables it again. */
export const webhookEndpointDisabled = defineEvent<{
  endpointId: string;
  reason: 'failing' | 'gone';
  failingSince: string | null;
}>('webhook.endpoint_disabled', 'webhook_endpoint');
/** New rows of the inbox; the wing that knows the source works them off. */
export const webhooksReceived = defineEvent<{ source: string; ids: string[] }>('webhooks.received', 'webhook_inbox');
