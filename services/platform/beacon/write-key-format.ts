import { randomBytes } from 'node:crypto';

/** Public, so it is kept as it is; long enough that nobody meets one by chance. */
export const newWriteKey = (): string => `wk_${randomBytes(18).toString('base64url')}`;

export const isWriteKey = (text: string): boolean => /^wk_[\w-]{24}$/.test(text);
