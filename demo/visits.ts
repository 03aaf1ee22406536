import type { EventInput, InteractionInput, PageViewInput } from '../services/data/index.ts';
import type { DemoDefinition } from './definition.ts';
import { Random } from './random.ts';

const PAGES = {
  '/': 'Voice agents that sell',
  '/product': 'Product',
  '/pricing': 'Pricing',
  '/customers': 'Customers',
  '/blog/cost-per-call': 'What a call really costs',
  '/demo': 'See a demo',
  '/docs': 'Documentation',
};
type Path = keyof typeof PAGES;
const PATHS = Object.keys(PAGES) as Path[];
const LATE_PATHS: Path[] = ['/pricing', '/demo', '/docs'];
const EVENT_TYPES = { scroll_depth: 40, video_play: 20, price_calculated: 20, brochure_download: 12, demo_request: 8 };
const STRANGER_STREAM = 10;
const VISIT_STREAM = 11;

export interface Visits {
  pageViews: PageViewInput[];
  events: EventInput[];
}

/** What people looked at: a visit for each touch on the website, and visits of people who stayed unknown. */
export function visitsOf(definition: DemoDefinition, anchor: Date, interactions: readonly InteractionInput[]): Visits {
  const visits: Visits = { pageViews: [], events: [] };
  const { prefix, seed } = definition;
  const random = new Random(seed, VISIT_STREAM);
  for (const touch of interactions) {
    if (touch.channel !== 'web') continue;
    const visitor = touch.customerIdentifiers.find(({ type }) => type === 'cookie')!.value;
    const visit = { id: `${touch.externalInteractionId}-visit`, visitor, at: touch.startedAt, prefix };
    addVisit(visits, random, visit, touch);
  }
  const strangers = new Random(seed, STRANGER_STREAM);
  for (let index = 0; index < definition.strangers; index++) {
    const at = new Date(anchor.getTime() - strangers.between(3_600, 90 * 86_400) * 1_000);
    const visit = { id: `${prefix}-stranger-${index}`, visitor: `${prefix}-stranger-${index}`, at, prefix };
    addVisit(visits, strangers, visit);
  }
  return visits;
}

function addVisit(
  visits: Visits,
  random: Random,
  visit: { id: string; visitor: string; at: Date; prefix: string },
  touch?: InteractionInput,
): void {
  const host = `https://www.${visit.prefix}.example`;
  const late = (touch?.purchaseProbability ?? 0) > 0.5;
  let at = visit.at.getTime();
  for (let page = 0, pages = random.between(1, 4); page < pages; page++) {
    const path = random.pick(late ? LATE_PATHS : PATHS);
    const seconds = random.between(5, 240);
    visits.pageViews.push({
      externalId: `${visit.id}-page-${page}`,
      sessionId: visit.id,
      visitorId: visit.visitor,
      url: `${host}${path}`,
      title: PAGES[path],
      durationSeconds: seconds,
      occurredAt: new Date(at),
      ...(page === 0 && touch?.utm ? { utm: touch.utm, referrer: `https://${touch.utm.source}.example/` } : {}),
      ...(page === 0 && touch?.contentId ? { contentId: touch.contentId } : {}),
    });
    at += seconds * 1_000;
    if (!random.chance(0.25)) continue;
    visits.events.push({
      externalId: `${visit.id}-event-${page}`,
      type: random.weighted(EVENT_TYPES),
      sessionId: visit.id,
      visitorId: visit.visitor,
      url: `${host}${path}`,
      properties: { percent: random.between(1, 4) * 25 },
      occurredAt: new Date(at - random.between(1, seconds) * 1_000),
    });
  }
}
