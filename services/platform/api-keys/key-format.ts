import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PREFIX = 'sk_live_';
const SECRET_LENGTH = 43; // 32 bytes in base 62
const CHECKSUM_LENGTH = 6; // 32 bits in base 62
const PATTERN = /^sk_live_[0-9A-Za-z]{49}$/;

/** A new key: prefix, 32 random bytes, and a checksum that lets typing errors fail without a query. */
export function newApiKey(): string {
  const secret = base62(BigInt(`0x${randomBytes(32).toString('hex')}`), SECRET_LENGTH);
  return `${PREFIX}${secret}${checksum(secret)}`;
}

export function isApiKey(text: string): boolean {
  if (!PATTERN.test(text)) return false;
  const secret = text.slice(PREFIX.length, -CHECKSUM_LENGTH);
  return text.endsWith(checksum(secret));
}

/** SHA-256 is enough: a key has 256 random bits, so there is nothing to guess slowly. */
export const hashApiKey = (key: string): Buffer => createHash('sha256').update(key).digest();

/** What people may see of a key later. */
export const visiblePrefix = (key: string): string => key.slice(0, PREFIX.length + 4);

const checksum = (secret: string): string => base62(BigInt(crc32(secret)), CHECKSUM_LENGTH);

function base62(value: bigint, length: number): string {
  let digits = '';
  for (let rest = value; rest > 0n; rest /= 62n) digits = ALPHABET[Number(rest % 62n)] + digits;
  return digits.padStart(length, '0');
}
