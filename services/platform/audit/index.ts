/** What the API, workers and other wings may call. */
export { type AuditLogView, exportAuditLogs, listAuditLogs } from './audit-view.ts';
export { createDenialLog, type Denial, type DenialLog } from './denials.ts';
export { eraseAuditContents, type SealerDeps, sealAuditLogs } from './seal-audit-logs.ts';
export { type AuditVerification, verifyAuditLogs } from './verify-audit-logs.ts';
