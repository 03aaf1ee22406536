import { type PublicEvent, publicEvent } from '../core/public-events.ts';
import * as on from './events.ts';

const uuid = { type: 'uuid', example: '019a9f00-0000-7000-8000-0000000000aa' } as const;
const count = { type: 'integer', example: 10 } as const;
const kind = { type: 'text', example: 'prospects' } as const;
const upload = { uploadId: uuid, kind } as const;

/** What the platform tells the outside. */
export const PLATFORM_PUBLIC_EVENTS: readonly PublicEvent[] = [
  publicEvent(on.uploadCompleted, 'An upload was imported', {
    ...upload,
    created: count,
    updated: count,
    skipped: count,
    failed: count,
  }),
  publicEvent(on.uploadFailed, 'An upload could not be imported', {
    ...upload,
    code: { type: 'text', example: 'IMPORT_FAILED' },
  }),
  publicEvent(on.uploadCancelled, 'An import was cancelled', upload),
  publicEvent(on.uploadUndone, 'An import was taken back', { ...upload, kept: count }),
  publicEvent(on.userCreated, 'A person has an account', { userId: uuid }),
  publicEvent(on.invitationAccepted, 'An invited person has joined', {
    invitationId: uuid,
    userId: uuid,
    role: { type: 'text', example: 'user' },
  }),
  publicEvent(on.apiKeyExpiring, 'An API key expires within seven days', {
    apiKeyId: uuid,
    userId: { ...uuid, nullable: true },
    expiresAt: { type: 'timestamp', example: '2026-07-07T12:00:00.000Z' },
  }),
  publicEvent(on.webhookEndpointDisabled, 'A webhook endpoint was disabled because it no longer takes deliveries', {
    endpointId: uuid,
    reason: { type: 'enum', values: ['failing', 'gone'], example: 'failing' },
    failingSince: { type: 'timestamp', nullable: true, example: '2026-06-25T12:00:00.000Z' },
  }),
];
