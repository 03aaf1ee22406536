import type { PrivacyRequestInput } from './privacy-request.contract.ts';

/** The wing's part of the process map. */
export interface DataProcesses {
  privacy: { input: PrivacyRequestInput; signals: never };
}
