import type { DomainRecords } from './sending-domain.rules.ts';

/** The way to the name servers. */
export interface DomainLookup {
  /** What the domain publishes about its mail. Never throws: who cannot be asked is null. */
  read(domain: string, dkimSelectors: readonly string[]): Promise<DomainRecords>;
}
