import { conversionStream } from './conversions.ts';
import { conversionsOut } from './conversions-out.ts';
import { SALESFORCE_STREAMS } from './salesforce.ts';
import { spendStream } from './spend.ts';
import type { Stream } from './stream.ts';

/** What becomes of a provider's streams here, by provider and stream. The catalogue says the same in words. */
export const STREAMS: Readonly<Record<string, Readonly<Record<string, Stream>>>> = {
  stripe: { payments: conversionStream('payment'), refunds: conversionStream('refund') },
  salesforce: SALESFORCE_STREAMS,
  'google-ads': { spend: spendStream },
  segment: { conversions: conversionsOut },
};

/** @throws Error for a stream that the catalogue promises and nobody wrote; a test compares the two. */
export function streamOf(provider: string, name: string): Stream {
  const stream = STREAMS[provider]?.[name];
  if (!stream) throw new Error(`${provider} has no stream ${name}.`);
  return stream;
}

/** Our fields of a stream that travels both ways; undefined for one that has no mapping. */
export function localFieldsOf(provider: string, name: string): ReadonlySet<string> | undefined {
  const stream = STREAMS[provider]?.[name];
  return stream?.kind === 'records' ? stream.entity.fields : undefined;
}
