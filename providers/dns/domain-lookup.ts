import { NODATA, NOTFOUND } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import type { DomainLookup } from '../../domain/outreach/domain-lookup.port.ts';

const TIMEOUT_MS = 2_000;

/** Asks the machine's name servers, or those that are named (`127.0.0.1:5353`). */
export function createDomainLookup(options: { readonly servers?: readonly string[] } = {}): DomainLookup {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 });
  if (options.servers) resolver.setServers(options.servers);

  async function texts(name: string): Promise<readonly string[] | null> {
    try {
      return (await resolver.resolveTxt(name)).map((parts) => parts.join(''));
    } catch (error) {
      const { code } = error as { code?: string };
      return code === NODATA || code === NOTFOUND ? [] : null;
    }
  }

  return {
    async read(domain, dkimSelectors) {
      const [root, dmarc, ...keys] = await Promise.all([
        texts(domain),
        texts(`_dmarc.${domain}`),
        ...dkimSelectors.map((selector) => texts(`${selector}._domainkey.${domain}`)),
      ]);
      const dkim = Object.fromEntries(dkimSelectors.map((selector, index) => [selector, keys[index] ?? null]));
      return { root: root!, dmarc: dmarc!, dkim };
    },
  };
}
