import { forbiddenIn } from './grounding.rules.ts';
import { plain, soundsLikeOrder } from './plain-text.rules.ts';

export interface WebPage {
  readonly title: string | null;
  /** What the page says of itself and its text, as one line. */
  readonly text: string;
}

const UNREAD = /<!--[\s\S]*?-->|<(script|style|noscript|svg|template|nav|footer|form)\b[\s\S]*?<\/\1\s*>/gi;
const BLOCK_END = /<\/(?:p|h[1-6]|li|div|section|article|td|title)\s*>|<br\s*\/?>/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  '#39': "'",
};
const unescaped = (text: string): string =>
  text.replace(/&(#?\w{1,8});/g, (whole, name: string) => ENTITIES[name] ?? whole);

const MOST_CHARACTERS = 8_000;

/** The words of a page: no script, no navigation, no markup. */
export function readPage(html: string): WebPage {
  const source = html.slice(0, 600_000).replace(UNREAD, ' ');
  const title = /<title[^>]*>([^<]{1,300})/i.exec(source)?.[1];
  const described = /<meta\s[^>]*(?:name|property)\s*=\s*["'](?:og:)?description["'][^>]*>/i.exec(source)?.[0];
  const description = described && /content\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(described);
  const body = /<body[^>]*>([\s\S]*)/i.exec(source)?.[1] ?? source;
  const lines = [description?.[1] ?? description?.[2] ?? '', ...body.replace(BLOCK_END, '\n').split('\n')];
  const sentences = lines.map((line) => plain(unescaped(line), 600)).filter((line) => line !== '');
  return {
    title: title === undefined ? null : plain(unescaped(title), 200),
    text: sentences.join('\n').slice(0, MOST_CHARACTERS),
  };
}

const SHORTEST = 30;
export const LONGEST_QUOTE = 240;
const MOST_QUOTES = 3;
/** What a company says of itself, rather than a headline or a button. */
const OF_ITSELF =
  /\b(?:we|our|us|is|are|founded|offers?|helps?|provides?|makes?|wir|unser\w*|nous|notre|somos|nuestr\w*)\b/i;

/** What may be quoted of a page whoever chose it: it stands there word by word, and holds nothing that no letter may. */
export function quotable(quotes: readonly string[], page: WebPage): string[] {
  const held = page.text.replace(/\s+/g, ' ');
  const kept = quotes
    .map((quote) => plain(quote, LONGEST_QUOTE + 1))
    .filter((quote) => quote.length >= SHORTEST && quote.length <= LONGEST_QUOTE && held.includes(quote))
    .filter((quote) => forbiddenIn(quote, []).length === 0 && !soundsLikeOrder(quote));
  return [...new Set(kept)].slice(0, MOST_QUOTES);
}

/** How the built-in model chooses: the first sentences in which the company speaks of itself. */
export function quotesByRules(page: WebPage): string[] {
  const sentences = page.text.split(/(?<=[.!?])\s+|\n/).map((sentence) => sentence.trim());
  return quotable(
    sentences.filter((sentence) => OF_ITSELF.test(sentence)),
    page,
  );
}
