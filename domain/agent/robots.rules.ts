/** How the product names itself to sites; their `robots.txt` may speak to it by this name. */
export const READER_NAME = 'revloop';

interface Rule {
  readonly allow: boolean;
  readonly path: string;
}

/** Whether `robots.txt` lets the product read a path (RFC 9309): the longest rule decides, and on a tie the one that allows. */
export function mayRead(robots: string, path: string): boolean {
  if (path === '/robots.txt') return true;
  const groups = groupsOf(robots);
  const own = groups.filter(({ names }) => names.includes(READER_NAME));
  const rules = (own.length > 0 ? own : groups.filter(({ names }) => names.includes('*'))).flatMap(
    (group) => group.rules,
  );
  const deciding = rules
    .filter((rule) => rule.path !== '' && matches(rule.path, path))
    .toSorted((a, b) => b.path.length - a.path.length || Number(b.allow) - Number(a.allow))[0];
  return deciding?.allow ?? true;
}

function groupsOf(robots: string): { names: string[]; rules: Rule[] }[] {
  const groups: { names: string[]; rules: Rule[] }[] = [];
  let isNaming = false;
  for (const line of robots.slice(0, 512_000).split(/\r\n|\r|\n/)) {
    const [, field, value] = /^\s*([a-z-]+)\s*:\s*([^#]*)/i.exec(line) ?? [];
    if (field === undefined || value === undefined) continue;
    const key = field.toLowerCase();
    if (key === 'user-agent') {
      if (!isNaming) groups.push({ names: [], rules: [] });
      groups.at(-1)!.names.push(value.trim().toLowerCase().split(/[/\s]/)[0]!);
      isNaming = true;
    } else if (key === 'allow' || key === 'disallow') {
      groups.at(-1)?.rules.push({ allow: key === 'allow', path: value.trim() });
      isNaming = false;
    }
  }
  return groups;
}

/** `*` is anything, `$` at the end is the end. Walked part by part: no pattern of a stranger becomes an expression. */
function matches(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$');
  const parts = (isWhole ? pattern.slice(0, -1) : pattern).split('*');
  if (!path.startsWith(parts[0]!)) return false;
  let at = parts[0]!.length;
  for (const part of parts.slice(1)) {
    const found = path.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  if (!isWhole || at === path.length) return true;
  const last = parts.at(-1)!;
  return parts.length > 1 && path.endsWith(last) && path.length - last.length >= at - last.length;
}
