// Categories C and Z hold what a reader cannot see and a model would still read.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]+/gu;
const MARKUP = /<[^<>]{0,2000}>/g;

/** Text of a stranger as a plain, short line: no markup, nothing invisible. */
export function plain(text: string, most = 2_000): string {
  const line = text
    .replace(MARKUP, ' ')
    .replace(INVISIBLE, ' ')
    .replace(/\s{2,}/g, ' ')
    .trim();
  return [...line].slice(0, most).join('');
}

// Where a record or a page speaks to a machine instead of saying something.
const ORDER =
  /\b(?:ignore|disregard|forget|override)\b.{0,60}\b(?:instructions?|rules?|prompt|above|previous|letter)\b|\b(?:system|assistant|developer)\s*(?:text|prompt|message)?\s*[:,]|\b(?:you are now|your new task|from now on you|as an ai|language model|system text|system prompt)\b/i;

/** Whether a text gives orders to whoever reads it. What does is no fact, wherever it was found. */
export const soundsLikeOrder = (text: string): boolean => ORDER.test(text.normalize('NFKC').replace(INVISIBLE, ''));
