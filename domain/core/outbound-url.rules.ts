import ipaddr from 'ipaddr.js';

/** How strict calls to the outside are. */
export interface OutboundPolicy {
  readonly production: boolean;
  /** Outside production: `localhost`, `127.0.0.1` and `[::1]`, written exactly so, are allowed for trying things out. */
  readonly allowLoopback: boolean;
}

const LONGEST_URL = 2_048;
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Names that only mean something inside a network, never on the internet. */
const INWARD_NAME =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|test|invalid|onion|home\.arpa)$/;
/** Only these are given to hosts of the internet. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

/** What is wrong with a URL that the product is asked to call; null when it may be tried. */
export function outboundUrlProblem(text: string, policy: OutboundPolicy): string | null {
  if (text.length > LONGEST_URL) return `must have at most ${LONGEST_URL} characters`;
  // The parser drops or rewrites these silently, so what a person reads is not what would be called.
  if (/[\s\\\p{Cc}]/u.test(text)) return 'must have no white space, backslash or control character';
  if (!URL.canParse(text)) return 'must be an absolute URL, like https://example.com/hooks';
  const url = new URL(text);
  if (url.protocol !== 'https:' && (policy.production || url.protocol !== 'http:')) {
    return policy.production ? 'must start with https://' : 'must start with https:// or http://';
  }
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or a password';
  const written = hostAsWritten(text);
  if (isOpenLoopback(url.hostname, policy)) {
    return written === url.hostname ? null : 'must name this machine as localhost, 127.0.0.1 or [::1]';
  }
  if (policy.production && url.port !== '' && url.port !== '80' && url.port !== '443') {
    return 'must use port 443 or 80';
  }
  const address = url.hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(address)) {
    if (!isPublicAddress(address)) return 'must not lead to a private, local or reserved address';
    return written === url.hostname ? null : `must be written as ${url.hostname}`;
  }
  const name = address.replace(/\.$/, '');
  if (!name.includes('.') || INWARD_NAME.test(name)) return 'must name a host of the internet';
  return null;
}

/** Whether this host is one of the loopback spellings that are open for trying things out. */
export const isOpenLoopback = (hostname: string, { production, allowLoopback }: OutboundPolicy): boolean =>
  allowLoopback && !production && LOOPBACK_HOSTS.has(hostname);

/** Whether an address belongs to the internet: everything else, mapped and translated forms included, is inward. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || (address as ipaddr.IPv6).match(GLOBAL_UNICAST);
}

export const isLoopbackAddress = (text: string): boolean =>
  ipaddr.isValid(text) && ipaddr.parse(text).range() === 'loopback';

const hostAsWritten = (text: string): string =>
  (/^[a-z]+:\/\/(\[[^\]]*\]|[^/?#:]*)/i.exec(text)?.[1] ?? '').toLowerCase();
