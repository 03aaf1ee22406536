import { randomFillSync } from 'node:crypto';

const bytes = new Uint8Array(16);
/** One call to the generator serves many ids: each costs more than all the rest of an id. */
const pool = new Uint8Array(16 * 256);
let used = pool.length;

/**
 * RFC 9562 UUID version 7, for rows whose id must be known before they are written. Sorted by time, so that new rows
 * lie together; the clock here is bookkeeping, not business time.
 */
export function uuidv7(milliseconds: number = Date.now()): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  bytes.set(pool.subarray(used, used + 16));
  used += 16;
  for (let i = 5, rest = milliseconds; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
