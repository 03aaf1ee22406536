const DAY_MS = 86_400_000;

/** Beginnings of months in English, German, French and Spanish; the longest spelling that fits is the month. */
const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'janv', 'ene'],
  ['feb', 'fév', 'fev'],
  ['mar', 'mär', 'maerz', 'mrz'],
  ['apr', 'avr', 'abr'],
  ['may', 'mai'],
  ['jun', 'juin'],
  ['jul', 'juil'],
  ['aug', 'aoû', 'aou', 'ago'],
  ['sep'],
  ['oct', 'okt'],
  ['nov'],
  ['dec', 'dez', 'déc', 'dic'],
];
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

const NAME = String.raw`([\p{L}]{3,10})\.?`;
const YEAR = String.raw`(?:,?\s*(?:de\s+)?(\d{4}))?`;

/** Each with the parts year, month and day; a month as a number or a name. */
const FORMS: readonly { readonly pattern: RegExp; readonly order: readonly ('y' | 'm' | 'd' | 'name')[] }[] = [
  { pattern: /\b(\d{4})-(\d{2})-(\d{2})\b/gu, order: ['y', 'm', 'd'] },
  { pattern: /\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})?/gu, order: ['d', 'm', 'y'] },
  { pattern: /\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/gu, order: ['m', 'd', 'y'] },
  {
    pattern: new RegExp(String.raw`(?<![\p{L}])${NAME}\s+(\d{1,2})(?:st|nd|rd|th)?\b${YEAR}`, 'gu'),
    order: ['name', 'd', 'y'],
  },
  {
    pattern: new RegExp(String.raw`\b(\d{1,2})(?:st|nd|rd|th|er|\.)?\s+(?:of\s+|de\s+)?${NAME}${YEAR}`, 'gu'),
    order: ['d', 'name', 'y'],
  },
];

/** What stands before a day says what it means; the first that fits decides, and the more telling ones come first. */
const MEANINGS: readonly { readonly before: RegExp; readonly plusDays: number; readonly rank: number }[] = [
  {
    before: /(?:\bback|return(?:ing|s)?|\bwieder|\bab|retour|de vuelta|regres\p{L}*|reprend\p{L}*)[^.;\n]{0,30}$/iu,
    plusDays: 0,
    rank: 3,
  },
  { before: /(?:through|thru|inclu\p{L}*|einschl\p{L}*|inkl\p{L}*)[^.;\n]{0,12}$/iu, plusDays: 1, rank: 2 },
  { before: /(?:until|till|\bbis|hasta|jusqu\p{L}*)[^.;\n]{0,15}$/iu, plusDays: 0, rank: 1 },
];

interface Found {
  readonly day: string;
  readonly rank: number;
}

/** The first day on which somebody is back, by the words of an absence note; null where it says none. */
export function returnDay(text: string, receivedAt: Date): string | null {
  const today = isoDay(receivedAt.getTime());
  const found = [...datesIn(text, today), ...relativeDays(text, receivedAt)];
  const best = found.filter(({ day }) => day >= today).sort((a, b) => b.rank - a.rank || (a.day < b.day ? 1 : -1));
  return best[0]?.day ?? null;
}

function* datesIn(text: string, today: string): Generator<Found> {
  for (const { pattern, order } of FORMS) {
    for (const match of text.matchAll(pattern)) {
      const day = dayOf(order, match.slice(1), today);
      const before = text.slice(Math.max(0, match.index - 60), match.index);
      const meaning = MEANINGS.find((one) => one.before.test(before));
      if (day && meaning) {
        yield { day: isoDay(Date.parse(day) + meaning.plusDays * DAY_MS), rank: meaning.rank };
      }
    }
  }
}

function* relativeDays(text: string, receivedAt: Date): Generator<Found> {
  const at = Date.parse(isoDay(receivedAt.getTime()));
  const weekday = new RegExp(
    String.raw`\b(?:back|return(?:ing)?|available)\s+(?:again\s+)?(?:on\s+)?(${WEEKDAYS.join('|')})\b`,
    'i',
  );
  const named = weekday.exec(text)?.[1]?.toLowerCase();
  if (named !== undefined) {
    const ahead = (WEEKDAYS.indexOf(named as (typeof WEEKDAYS)[number]) - new Date(at).getUTCDay() + 7) % 7 || 7;
    yield { day: isoDay(at + ahead * DAY_MS), rank: 0 };
  }
  if (/\b(?:back|return(?:ing)?)\b[^.\n]{0,15}\btomorrow\b|\bmorgen wieder\b/i.test(text))
    yield { day: isoDay(at + DAY_MS), rank: 0 };
  if (/\bback\b[^.\n]{0,15}\bnext week\b|\bnächste woche wieder\b/i.test(text)) {
    yield { day: isoDay(at + ((8 - new Date(at).getUTCDay()) % 7 || 7) * DAY_MS), rank: 0 };
  }
}

function dayOf(order: readonly string[], parts: readonly (string | undefined)[], today: string): string | null {
  const numberOf = (wanted: string): number | null => {
    const text = parts[order.indexOf(wanted)];
    return text === undefined ? null : Number(text);
  };
  const name = parts[order.indexOf('name')];
  const [year, first, second] = [numberOf('y'), name === undefined ? numberOf('m') : monthOf(name), numberOf('d')];
  if (first === null || second === null) return null;
  // 25/12/2026 can only be the other way round.
  const isSwapped = order[0] === 'm' && first > 12;
  const [month, day] = isSwapped ? [second, first] : [first, second];
  const of = (y: number) => validDay(y, month, day);
  if (year !== null) return of(year);
  const thisYear = Number(today.slice(0, 4));
  const soon = of(thisYear);
  return soon !== null && soon >= today ? soon : of(thisYear + 1);
}

function monthOf(name: string): number | null {
  const low = name.toLowerCase();
  const index = MONTHS.findIndex((starts) => starts.some((start) => low.startsWith(start)));
  return index < 0 ? null : index + 1;
}

function validDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && year >= 2000 && year < 2200 ? isoDay(date.getTime()) : null;
}

const isoDay = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/** The day itself, or the Monday after it. */
export function workingDay(day: string): string {
  const at = Date.parse(day);
  const weekday = new Date(at).getUTCDay();
  return isoDay(at + (weekday === 6 ? 2 : weekday === 0 ? 1 : 0) * DAY_MS);
}
