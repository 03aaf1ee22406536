import { conversionStream } from './conversions.ts';
import type { Stream } from './stream.ts';

/** What becomes of a provider's streams here, by provider and stream. The catalogue says the same in words. */
export const STREAMS: Readonly<Record<string, Readonly<Record<string, Stream>>>> = {
  stripe: { payments: conversionStream('payment'), refunds: conversionStream('refund') },
};

/** @throws Error for a stream that the catalogue promises and nobody wrote; a test compares the two. */
export function streamOf(provider: string, name: string): Stream {
  const stream = STREAMS[provider]?.[name];
  if (!stream) throw new Error(`${provider} has no stream ${name}.`);
  return stream;
}
