/**
 * The origin of a web page as browsers send it (`https://shop.example`), from whatever spelling of it was typed; null
 * when the text names no origin, or more than one.
 */
export function normalizeOrigin(text: string): string | null {
  if (!/^https?:\/\//i.test(text) || text.includes('*') || !URL.canParse(text)) return null;
  const { origin, pathname, search, hash, username, password } = new URL(text);
  const isBare = pathname === '/' && search + hash + username + password === '' && !/[?#]/.test(text);
  return isBare ? origin : null;
}
