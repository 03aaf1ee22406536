import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { type BusinessTime, businessTime, WEEKDAYS } from '../core/business-calendar.rules.ts';
import type { ContactHours } from './contact-policy.rules.ts';

export interface ZoneEvidence {
  /** What the record says. */
  readonly timeZone: string | null;
  readonly country: string | null;
  /** E.164. */
  readonly phone: string | null;
  readonly organizationZone: string;
}

/** Where a person may be: one zone when it is known, else every zone that their country or number allows. */
export interface ContactZones {
  readonly zones: readonly string[];
  readonly source: 'prospect' | 'country' | 'phone' | 'organization';
}

/**
 * The record's own zone, else the zones of its country, else those of the countries of its number, else the
 * organization's own: somebody of whom nothing is known is taken for a neighbour.
 */
export function contactZones({ timeZone, country, phone, organizationZone }: ZoneEvidence): ContactZones {
  if (timeZone !== null) return { zones: [timeZone], source: 'prospect' };
  const byCountry = country === null ? [] : zonesOfCountry(country);
  if (byCountry.length > 0) return { zones: byCountry, source: 'country' };
  const parsed = phone === null ? undefined : parsePhoneNumberFromString(phone);
  const countries = parsed?.country ? [parsed.country] : (parsed?.getPossibleCountries() ?? []);
  const byPhone = [...new Set(countries.flatMap(zonesOfCountry))];
  if (byPhone.length > 0) return { zones: byPhone, source: 'phone' };
  return { zones: [organizationZone], source: 'organization' };
}

const known = new Map<string, readonly string[]>();

/** IANA zones of a country by its two letters; empty for a code that is none. */
function zonesOfCountry(country: string): readonly string[] {
  let zones = known.get(country);
  if (!zones) {
    const locale = new Intl.Locale('und', { region: country }) as Intl.Locale & {
      getTimeZones(): string[] | undefined;
    };
    zones = locale.getTimeZones() ?? [];
    known.set(country, zones);
  }
  return zones;
}

/** Hours of the person's wall as open time of a zone. */
export const hoursIn = (hours: ContactHours, timezone: string, holidays: readonly string[] = []): BusinessTime => {
  const days = hours.days ?? [1, 2, 3, 4, 5, 6, 7];
  const interval = [{ start: hours.start, end: hours.end }];
  return businessTime({
    timezone,
    days: Object.fromEntries(days.map((day) => [WEEKDAYS[day - 1]!, interval])),
    holidays,
  });
};

/** Two weeks hold every combination of hours and weekdays that a calendar can have, holidays aside. */
const FAR_MS = 15 * 86_400_000;

/**
 * The first instant from `at` on that lies within the hours of every zone: the strictest overlap of all places where
 * somebody may be. Null: there is none.
 */
export function openEverywhere(times: readonly BusinessTime[], at: number): number | null {
  for (let candidate = at; candidate < at + FAR_MS; ) {
    let latest = candidate;
    for (const time of times) {
      const next = time.nextOpen(candidate);
      if (next === null) return null;
      latest = Math.max(latest, next);
    }
    if (latest === candidate) return candidate;
    candidate = latest;
  }
  return null;
}
