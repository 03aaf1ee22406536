import { createMetrics, type ProcessMetrics } from './metrics.ts';
import type { TracedRequest, Tracing, TracingOptions } from './tracing.ts';

export type { Backlog, PoolState, ProcessMetrics } from './metrics.ts';
export { serveMetrics } from './server.ts';

export interface Telemetry {
  readonly metrics: ProcessMetrics;
  /** Undefined: nothing is traced. */
  readonly tracing: Tracing | undefined;
  readonly clientInterceptors: { workflow: Tracing['clientInterceptor'][] } | undefined;
  readonly watch: {
    request<T extends { readonly status: number }>(request: TracedRequest, serve: () => Promise<T>): Promise<T>;
    group(size: number): void;
  };
  close(): Promise<void>;
}

/** What a process tells of itself: counters always, spans where a collector is named. */
export async function startTelemetry(
  { otlpEndpoint }: { readonly otlpEndpoint?: string | undefined },
  service: string,
  version: string,
): Promise<Telemetry> {
  const metrics = createMetrics(service);
  const tracing = otlpEndpoint === undefined ? undefined : await trace({ endpoint: otlpEndpoint, service, version });
  return {
    metrics,
    tracing,
    clientInterceptors: tracing && { workflow: [tracing.clientInterceptor] },
    watch: {
      async request(request, serve) {
        const answered = metrics.request(request.operation);
        // A refusal is an answer as well; only what throws has no status.
        let status = 500;
        try {
          const answer = await (tracing ? tracing.request(request, serve) : serve());
          status = answer.status;
          return answer;
        } finally {
          answered(status);
        }
      },
      group: metrics.group,
    },
    close: async () => tracing?.close(),
  };
}

/** Loaded where it is asked for alone: the exporter is a tenth of all that a process loads. */
async function trace(options: TracingOptions): Promise<Tracing> {
  const { startTracing } = await import('./tracing.ts');
  return startTracing(options);
}
