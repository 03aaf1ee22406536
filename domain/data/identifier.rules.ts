import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';

export interface Identifier {
  type: string;
  /** Normalised; equal values of one type mean one record. */
  value: string;
}

/** A visit as the source system numbers it: facts of one session show who used a device. */
export const SESSION_TYPE = 'session';

/** Weak identifiers name a browser or a device, which people share; they never join two people by themselves. */
export const WEAK_TYPES: ReadonlySet<string> = new Set(['device', 'cookie', SESSION_TYPE]);

export const isWeakIdentifier = (type: string): boolean => WEAK_TYPES.has(type);

export type NormalizedIdentifier = { ok: true; identifier: Identifier } | { ok: false; reason: string };

/**
 * E-mails are trimmed and lower-cased, nothing more: dots and plus tags are different mailboxes at most providers.
 * Phones become E.164 with the organization's region as default; a number with `+` that no numbering plan knows is
 * kept as `+` and its 7–15 digits. All other types are kept as they come, trimmed.
 */
export function normalizeIdentifier(type: string, raw: string, defaultRegion: string): NormalizedIdentifier {
  const kind = type.trim().toLowerCase();
  const value = raw.trim();
  switch (kind) {
    case 'email':
      return EMAIL.test(value)
        ? { ok: true, identifier: { type: kind, value: value.toLowerCase() } }
        : { ok: false, reason: 'is not an e-mail address' };
    case 'phone': {
      const phone = normalizePhone(value, defaultRegion);
      return phone
        ? { ok: true, identifier: { type: kind, value: phone } }
        : { ok: false, reason: 'is not a phone number; send it with + and country code' };
    }
    default:
      return value.length > 0
        ? { ok: true, identifier: { type: kind, value } }
        : { ok: false, reason: 'must not be empty' };
  }
}

const EMAIL = /^[^\s@"<>(),;:\\[\]]{1,64}@[^\s@"<>(),;:\\[\]]{1,190}\.[^\s@"<>(),;:\\[\].]{2,63}$/;

function normalizePhone(value: string, defaultRegion: string): string | undefined {
  if (value.length > 40) return undefined;
  const parsed = parsePhoneNumberFromString(value, defaultRegion as CountryCode);
  if (parsed?.isValid()) return parsed.number;
  const digits = value.replace(/[\s().\-/]/g, '');
  if (/^\+\d{7,15}$/.test(digits)) return digits;
  return parsed?.isPossible() ? parsed.number : undefined;
}
