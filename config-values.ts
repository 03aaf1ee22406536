import { z } from 'zod';

/** What the values of variables look like; config.ts says which variables there are. */
export const text = z.string();
export const optionalText = text.optional();
export const longText = text.min(32, 'must have 32 characters or more');
export const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must be between ${min} and ${max}`);
export const port = integer(1, 65535);
export const count = integer(1, 1_000_000_000);
export const flag = z.enum(['true', 'false'], 'must be true or false').transform((v) => v === 'true');
const parsesAsUrl = (value: string, protocols: string[]) =>
  URL.canParse(value) && protocols.includes(new URL(value).protocol);
export const urlOf = (...protocols: string[]) =>
  text.refine(
    (v) => parsesAsUrl(v, protocols),
    `must be a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  );
export const web = urlOf('http:', 'https:').transform((v) => v.replace(/\/+$/, ''));
export const postgres = urlOf('postgres:', 'postgresql:');
export const address = text.regex(/^[^\s:/]+:\d{1,5}$/, 'must be host:port without a scheme');
export const origins = text
  .transform((v) => v.split(',').flatMap((o) => o.trim().replace(/\/$/, '') || []))
  .refine(
    (list) => list.every((o) => parsesAsUrl(o, ['http:', 'https:']) && new URL(o).origin === o),
    'must be a comma-separated list of origins (scheme, host and port only)',
  );
export const encryptionKey = text.regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64 (openssl rand -base64 32)');
const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;
export const duration = text
  .regex(/^[1-9]\d{0,8}[smhdw]?$/, 'must be a number with s, m, h, d or w behind it')
  .transform((v) => Number.parseInt(v, 10) * (SECONDS[v.at(-1) as keyof typeof SECONDS] ?? 1));
const FAULT = /^([a-z0-9-]+(?:\.[a-z0-9-]+)*)=(?:(kill|pause|throw)|pause:(\d{1,6}))$/;
export const faults = text
  .transform((v) => v.split(',').map((f) => FAULT.exec(f.trim())))
  .refine(
    (list) => list.every((f) => f !== null),
    'must be a list of point=kill, point=pause, point=pause:MILLISECONDS or point=throw',
  )
  .transform((list) =>
    list.map((f) => ({
      point: f![1]!,
      action: (f![2] ?? 'pause') as 'kill' | 'pause' | 'throw',
      ...(f![3] === undefined ? {} : { milliseconds: Number(f![3]) }),
    })),
  );
