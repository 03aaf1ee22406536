import type { DomainLookup } from '../domain/outreach/domain-lookup.port.ts';
import type { OutreachTools } from '../services/outreach/index.ts';
import type { Mailing } from '../services/platform/sends/index.ts';

/** Name servers that know `acme.example` alone, whose records are in order. */
export const testDomains: DomainLookup = {
  read: async (domain, selectors) => {
    const isKnown = domain === 'acme.example';
    return {
      root: isKnown ? ['v=spf1 include:sendgrid.net -all'] : [],
      dmarc: isKnown ? ['v=DMARC1; p=quarantine'] : [],
      dkim: Object.fromEntries(selectors.map((name) => [name, isKnown ? ['v=DKIM1; k=rsa; p=MIGf'] : []])),
    };
  },
};

export const testOutreachOf = (mailing: Mailing): OutreachTools => ({
  mailing,
  linkUrl: 'http://127.0.0.1:8080',
  replyDomain: 'reply.acme.example',
  smsFrom: '+15550001111',
  hasSms: true,
  allowUnverified: true,
  requireSignedEvents: false,
  twilioAuthToken: null,
  domains: testDomains,
});
