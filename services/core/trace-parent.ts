import { context, propagation, SpanKind, trace } from '@opentelemetry/api';

/** The open span as W3C Trace Context writes it, for a row that carries it to another process; null while nothing is traced. */
export function traceParent(): string | null {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
}

/** Does the work in a span below the one that a row carries; just does it where nothing is traced. */
export function underTraceParent<T>(parent: string | null, name: string, work: () => Promise<T>): Promise<T> {
  if (parent === null) return work();
  return context.with(propagation.extract(context.active(), { traceparent: parent }), () =>
    trace.getTracer('revloop').startActiveSpan(name, { kind: SpanKind.PRODUCER }, async (span) => {
      try {
        return await work();
      } finally {
        span.end();
      }
    }),
  );
}
