import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits that are shown once and kept as a hash; as long as there is nothing to guess, a fast one will do. */
export function newSecretToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashSecretToken(token) };
}

export const hashSecretToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Addresses are counted, not kept. */
export const hashAddress = (email: string): Buffer => createHash('sha256').update(email.toLowerCase()).digest();
