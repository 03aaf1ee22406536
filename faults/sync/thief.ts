import { createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { DEVELOPMENT_ENCRYPTION_KEY } from '../../config.ts';
import type { World } from '../lib/world.ts';

/** Something sealed, and what its place adds to it. */
export interface Sealed {
  readonly table: string;
  readonly field: string;
  readonly rowId: string;
  readonly bytes: Buffer;
}

const HEAD_BYTES = 5;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/**
 * Somebody who has the database and the product's source, but not its configuration: knows how everything is sealed, and
 * tries whatever in the dump could be a key, and `guesses` keys beside. Answers how many secrets were opened.
 */
export async function steal(
  { database: { owner } }: World,
  organizationId: string,
  sealed: readonly Sealed[],
  guesses: number,
): Promise<{ opened: number; tried: number }> {
  const wrapped = await owner<{ version: number; kek: string; bytes: Uint8Array }[]>`
    select key_version as version, kek_id as kek, wrapped as bytes from data_keys where organization_id = ${organizationId}`;
  if (wrapped.length === 0) throw new Error('There are no data keys to steal.');
  const keys = [
    ...wrapped.flatMap(({ bytes, kek }) => [...windowsOf(Buffer.from(bytes)), hashOf(kek), hashOf(Buffer.from(bytes))]),
    hashOf(organizationId),
    Buffer.alloc(KEY_BYTES),
    ...Array.from({ length: guesses }, () => randomBytes(KEY_BYTES)),
  ];
  const open = (key: Buffer): number => {
    const dataKeys = [key];
    for (const { version, bytes } of wrapped) {
      const inner = decrypted(key, `${organizationId}|data_keys|wrapped|${version}`, Buffer.from(bytes));
      if (inner) dataKeys.push(inner);
    }
    return sealed.filter(({ table, field, rowId, bytes }) => {
      const aad = `${organizationId}|${table}|${field}|${rowId}`;
      return dataKeys.some((dataKey) => decrypted(dataKey, aad, bytes.subarray(HEAD_BYTES)));
    }).length;
  };
  // Who knows the key opens all of them: otherwise the attempts below would prove nothing.
  if (open(Buffer.from(DEVELOPMENT_ENCRYPTION_KEY, 'base64')) !== sealed.length) throw new Error('The thief is wrong.');
  return { opened: keys.reduce((sum, key) => sum + open(key), 0), tried: keys.length * sealed.length };
}

const hashOf = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest();

const windowsOf = (bytes: Buffer): Buffer[] =>
  Array.from({ length: Math.max(0, bytes.length - KEY_BYTES + 1) }, (_, at) => bytes.subarray(at, at + KEY_BYTES));

/** Null when the key or the place is not the right one. */
function decrypted(key: Buffer, aad: string, bytes: Buffer): Buffer | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
    decipher.setAAD(Buffer.from(aad));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}
