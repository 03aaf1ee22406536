import { z } from 'zod';
import { text } from '../core/shapes.input.ts';
import { type EnrichmentField, missingFields } from './enrichment.rules.ts';
import { countryCode, emailAddress, phoneNumber, timeZoneName, webAddress } from './record.input.ts';

const socialProfiles = () => z.record(z.string().max(50), webAddress());

/** Each value on its own: one that makes no sense is left out, and the rest is taken. */
const SHAPES: Readonly<Record<EnrichmentField, z.ZodType>> = {
  email: emailAddress(),
  phone: phoneNumber(),
  firstName: text(100),
  lastName: text(100),
  title: text(200),
  company: text(200),
  linkedinUrl: webAddress(),
  country: countryCode(),
  timeZone: timeZoneName(),
  seniority: text(100),
  department: text(100),
  socialProfiles: socialProfiles(),
  industry: text(100),
  employeeCount: z.number().int().min(0).max(100_000_000),
  annualRevenue: z.number().min(0).max(10_000_000_000_000),
  location: text(200),
  website: webAddress(),
  description: text(5_000),
  technologies: z.array(text(100)).max(200),
};

/** What of an answer fills a gap: wanted, still missing, and of a shape that the record takes. */
export function usableFields(
  kind: 'prospect' | 'account',
  wanted: readonly string[],
  known: Readonly<Record<string, unknown>>,
  told: Readonly<Record<string, unknown>>,
): Partial<Record<EnrichmentField, unknown>> {
  const usable: Partial<Record<EnrichmentField, unknown>> = {};
  for (const field of missingFields(kind, wanted, known)) {
    const parsed = SHAPES[field].safeParse(told[field]);
    if (parsed.success && parsed.data !== undefined) usable[field] = parsed.data;
  }
  return usable;
}
