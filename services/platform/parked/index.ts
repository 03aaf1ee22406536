/** Work that waits for a person after it has failed too often. */
export { listParkedWork, type ParkedWork } from './list-parked.ts';
export { retryParkedWork } from './retry-parked.ts';
