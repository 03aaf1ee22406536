import { randomFillSync } from 'node:crypto';

/** One call to the generator serves many ids: each costs more than all the rest of an id. */
const pool = Buffer.alloc(10 * 256);
const DIGITS = 2 * pool.length;
/** Of one id: 3 + 3 + 12 random digits, and one that becomes the variant. */
const DIGITS_PER_ID = 19;
let digits = '';
let used = DIGITS;

let time = Number.NaN;
let timeDigits = '';

/**
 * RFC 9562 UUID version 7, for rows whose id must be known before they are written. Sorted by time, so that new rows
 * lie together; the clock here is bookkeeping, not business time.
 */
export function uuidv7(): string {
  const milliseconds = Date.now();
  if (used + DIGITS_PER_ID > DIGITS) {
    digits = randomFillSync(pool).toString('hex');
    used = 0;
  }
  if (milliseconds !== time) {
    const hex = milliseconds.toString(16).padStart(12, '0');
    timeDigits = `${hex.slice(0, 8)}-${hex.slice(8)}-7`;
    time = milliseconds;
  }
  const at = used;
  used += DIGITS_PER_ID;
  const variant = '89ab89ab89ab89ab'[Number.parseInt(digits[at]!, 16)];
  return `${timeDigits}${digits.slice(at + 1, at + 4)}-${variant}${digits.slice(at + 4, at + 7)}-${digits.slice(at + 7, at + 19)}`;
}
