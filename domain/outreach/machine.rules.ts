/** Why an open or a click was no person's; kept with the event. */
export const MACHINE_REASONS = ['robot', 'no_browser', 'prefetch', 'too_soon', 'several_links_at_once'] as const;
export type MachineReason = (typeof MACHINE_REASONS)[number];

export interface Visit {
  readonly kind: 'open' | 'click';
  readonly userAgent: string | null;
  /** Since the message was handed over; null where that is not known. */
  readonly secondsSinceSent: number | null;
}

/** Links of one message that are opened within this time are followed by a scanner. */
export const SEVERAL_LINKS_SECONDS = 3;
/** Nobody reads so fast; scanners of gateways look at once. */
const SOON_SECONDS = { open: 2, click: 4 } as const;

const ROBOT =
  /bot\b|crawl|spider|scan(?:ner)?\b|barracuda|mimecast|proofpoint|symantec|fireeye|trendmicro|sophos|ironport|safelinks|phish|urldefense|headless|phantomjs|preview|monitor|validator/i;
const NO_BROWSER =
  /^(?:curl|wget|python|go-http|java|okhttp|libwww|apache-httpclient|node|axios|ruby|php|dart|microsoft office existence|winhttp)/i;

/**
 * Whether a machine was at it, as far as that can be told from one visit. Gmail's image proxy loads pictures when a person
 * looks, so it counts as one; Apple's loads them beforehand and calls itself `Mozilla/5.0` alone.
 */
export function machineReason({ kind, userAgent, secondsSinceSent }: Visit): MachineReason | null {
  const agent = userAgent?.trim() ?? '';
  if (agent === '' || NO_BROWSER.test(agent)) return 'no_browser';
  if (/GoogleImageProxy|YahooMailProxy/i.test(agent)) return null;
  if (ROBOT.test(agent)) return 'robot';
  if (kind === 'open' && agent === 'Mozilla/5.0') return 'prefetch';
  if (secondsSinceSent !== null && secondsSinceSent < SOON_SECONDS[kind]) return 'too_soon';
  return null;
}
