/**
 * Free text that ends up in a workflow's history is kept for days, copied into support tickets and shown to every
 * operator. These rules take out what may identify a person and leave ids, codes and times, which operators need.
 */
const MAX_LENGTH = 500;
/** Read at most: the rules look ahead, so their time grows with the square of the length. */
const MAX_INPUT = 2_000;

/** First alternatives win: what must stay readable is matched (and kept) before the rules that remove. */
const SENSITIVE = new RegExp(
  [
    /(?<uuid>\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b)/,
    /(?<instant>\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)/,
    /(?<keyed>=\s*\((?:[^()]|\([^()]*\))*(?:\)|$))/,
    /(?<email>[^\s<>"'`(),;:=@]{1,64}@[^\s<>"'`(),;:=@]{1,255})/,
    /(?<quoted>"(?:\\.|[^"\\])*(?:"|$)|`[^`]*`|«[^»]*»|“[^”]*”|(?<!\w)'(?:\\.|[^'\\])*'(?!\w))/,
    /(?<digits>\+?\(?\d[\d\s()./-]{6,40}\d)/,
  ]
    .map((part) => part.source)
    .join('|'),
  'gi',
);

/** Replaces e-mail addresses, phone-like numbers, quoted values and Postgres `(key)=(value)` texts; cuts at 500 characters. */
export function scrubText(text: string): string {
  // Cut at a space: half an address would no longer look like one.
  const bounded = text.length > MAX_INPUT ? text.slice(0, MAX_INPUT).replace(/\S*$/, '') : text;
  const scrubbed = bounded.replace(SENSITIVE, (match, ...args) => {
    const groups = args.at(-1) as Record<string, string | undefined>;
    if (groups.uuid || groups.instant) return match;
    if (groups.keyed) return '=(…)';
    if (groups.email) return '[email]';
    if (groups.quoted) return '"…"';
    return match.replace(/\D/g, '').length >= 7 ? '[number]' : match;
  });
  return scrubbed.length > MAX_LENGTH ? `${scrubbed.slice(0, MAX_LENGTH)}…` : scrubbed;
}

/** Only the frames: the head of a stack repeats the message, and may span lines. Absolute paths lose the machine's part. */
export function scrubStack(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at\s/.test(line))
    .slice(0, 12)
    .map((line) =>
      line.slice(0, 300).replace(/(?:file:\/\/)?(?:\/[^\s/():]+)+\/(?=(?:[^\s/():]+\/){1,3}[^\s/():]+:\d+)/, ''),
    )
    .join('\n');
}

/** Strings anywhere inside a JSON-like value, so that details keep their shape. */
export function scrubValue(value: unknown): unknown {
  if (typeof value === 'string') return scrubText(value);
  if (Array.isArray(value)) return value.map(scrubValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [scrubText(key), scrubValue(inner)]));
}
