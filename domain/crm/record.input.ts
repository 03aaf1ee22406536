import { z } from 'zod';
import { text } from '../core/shapes.input.ts';

/** Shapes that come in through several doors: API, imports, integrations. */
export const emailAddress = () =>
  z
    .string()
    .trim()
    .max(254, 'must have at most 254 characters')
    .regex(
      /^[^\s@"<>(),;:\\[\]]{1,64}@[^\s@"<>(),;:\\[\]]{1,190}\.[^\s@"<>(),;:\\[\].]{2,63}$/,
      'must be an e-mail address',
    );

export const phoneNumber = () =>
  z
    .string()
    .trim()
    .regex(/^[+(\d][\d\s().\-/]{4,38}(?:\s*(?:x|ext\.?)\s*\d{1,6})?$/i, 'must be a phone number');

export const webAddress = () =>
  z
    .string()
    .trim()
    .max(2_000, 'must have at most 2000 characters')
    .regex(/^https?:\/\/[^\s/?#]+\.[^\s/?#]+[^\s]*$/i, 'must be an http or https address');

export const domainName = () =>
  z
    .string()
    .trim()
    .toLowerCase()
    .max(253, 'must have at most 253 characters')
    .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, 'must be a domain, like acme.com');

/** Zones that were asked for and exist: the question is dear, and files ask it row by row. At most some hundreds. */
const KNOWN_ZONES = new Set<string>();

function isTimeZone(zone: string): boolean {
  if (KNOWN_ZONES.has(zone)) return true;
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    return false;
  }
  if (KNOWN_ZONES.size < 1_000) KNOWN_ZONES.add(zone);
  return true;
}

/** IANA name; whether the zone exists is asked of the runtime's own table. */
export const timeZoneName = () => text(64).refine(isTimeZone, 'must be a time zone, like Europe/Berlin');

export const countryCode = () =>
  z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, 'must be a two-letter country code');

export const languageTag = () =>
  z
    .string()
    .trim()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'must be a language tag, like en or pt-BR');

export const score = () =>
  z.number().int('must be a whole number').min(0, 'must be 0 or more').max(100, 'must be 100 or less');
