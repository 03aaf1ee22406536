export interface MessageFinding {
  readonly code: string;
  readonly message: string;
  /** Points towards being taken for spam. */
  readonly weight: number;
}

export interface MessageCheck {
  /** 0 is harmless; 5 and more is often taken for spam. */
  readonly score: number;
  readonly findings: readonly MessageFinding[];
  readonly links: readonly LinkFinding[];
}

export interface LinkFinding {
  readonly url: string;
  readonly problem: 'not_http' | 'no_tls' | 'address_instead_of_name' | 'shortener' | 'other_than_shown' | null;
}

const PHRASES =
  /\b(?:100% free|act now|risk[- ]free|winner|congratulations|cash bonus|no obligation|click here|limited time|urgent|guaranteed|earn money|cheap meds|viagra)\b/giu;
const SHORTENERS = new Set(['bit.ly', 'tinyurl.com', 't.co', 'goo.gl', 'ow.ly', 'is.gd', 'buff.ly', 'rb.gy']);

/** What receivers and readers may dislike about a message before it is sent. A guide, no promise. */
export function checkMessage(message: { subject: string; html: string; text: string }): MessageCheck {
  const { subject, html, text } = message;
  const findings: MessageFinding[] = [];
  const add = (code: string, weight: number, words: string) => findings.push({ code, weight, message: words });
  const letters = subject.replace(/[^\p{L}]/gu, '');
  if (letters.length >= 6 && letters === letters.toUpperCase()) add('SHOUTING', 1.5, 'The subject is in capitals.');
  if (/!{2,}|\?{2,}|\${2,}/.test(subject)) add('PUNCTUATION', 1, 'The subject repeats punctuation.');
  if (subject.trim().length > 78) add('LONG_SUBJECT', 0.5, 'The subject is longer than 78 characters.');
  if (/^(?:re|fwd?):/i.test(subject.trim())) add('FALSE_REPLY', 2, 'The subject looks like a reply that it is not.');
  const phrases = new Set((`${subject} ${text}`.match(PHRASES) ?? []).map((phrase) => phrase.toLowerCase()));
  if (phrases.size > 0)
    add('PHRASES', Math.min(3, phrases.size), `Phrases of advertising: ${[...phrases].join(', ')}.`);
  const images = (html.match(/<img\b/gi) ?? []).length;
  if (images > 0 && text.trim().length < 100) add('IMAGES_ALONE', 1.5, 'There are images and hardly any text.');
  if (text.trim() === '') add('EMPTY', 3, 'The message has no text.');
  if (html.length > 102_400) add('CLIPPED', 1, 'The message is larger than 100 kB; Gmail shows only its beginning.');
  const links = linksIn(html);
  if (links.length > 10) add('MANY_LINKS', 1, `There are ${links.length} links.`);
  for (const problem of new Set(links.flatMap((link) => link.problem ?? [])))
    add(`LINK_${problem.toUpperCase()}`, 1, LINKS[problem]);
  const score = Math.round(findings.reduce((sum, finding) => sum + finding.weight, 0) * 10) / 10;
  return { score, findings, links };
}

const LINKS = {
  not_http: 'A link is neither http nor https, mailto or tel.',
  no_tls: 'A link has no TLS (http://).',
  address_instead_of_name: 'A link names an address instead of a host.',
  shortener: 'A link goes through a shortener, which receivers distrust.',
  other_than_shown: 'A link shows another host than it leads to.',
} as const;

function linksIn(html: string): LinkFinding[] {
  const anchors = html.matchAll(/<a\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>([\s\S]{0,500}?)<\/a>/gi);
  return [...anchors].map(([, double, single, label]) => {
    const url = (double ?? single ?? '').replaceAll('&amp;', '&').trim();
    return { url, problem: problemOf(url, label!.replace(/<[^>]*>/g, '').trim()) };
  });
}

function problemOf(url: string, label: string): LinkFinding['problem'] {
  if (/^(?:mailto|tel):/i.test(url) || url.startsWith('{{')) return null;
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return 'not_http';
  const { hostname, protocol } = new URL(url);
  if (/^[\d.]+$|^\[/.test(hostname)) return 'address_instead_of_name';
  if (SHORTENERS.has(hostname)) return 'shortener';
  const shown = /^(?:https?:\/\/)?([\w-]+(?:\.[\w-]+)+)(?:\/\S*)?$/i.exec(label)?.[1]?.toLowerCase();
  if (shown !== undefined && bare(shown) !== bare(hostname)) return 'other_than_shown';
  return protocol === 'http:' ? 'no_tls' : null;
}

const bare = (host: string): string => host.replace(/^www\./, '');
