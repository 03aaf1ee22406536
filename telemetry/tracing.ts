import { createRequire } from 'node:module';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { Resource } from '@opentelemetry/resources';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { OpenTelemetryWorkflowClientInterceptor } from '@temporalio/interceptors-opentelemetry/lib/client/index.js';
import {
  makeWorkflowExporter,
  OpenTelemetryActivityInboundInterceptor,
} from '@temporalio/interceptors-opentelemetry/lib/worker/index.js';
import type { ActivityInterceptorsFactory, InjectedSinks } from '@temporalio/worker';

export interface TracingOptions {
  /** Base address of an OTLP collector that speaks HTTP, like `http://127.0.0.1:4318`. */
  readonly endpoint: string;
  readonly service: string;
  readonly version: string;
}

/** A statement after it has been answered; what Kysely's log hands out. */
export interface AnsweredStatement {
  readonly level: 'query' | 'error';
  readonly query: { readonly sql: string };
  readonly queryDurationMillis: number;
}

export interface TracedRequest {
  readonly method: string;
  readonly route: string;
  readonly operation: string;
  readonly traceParent: string | undefined;
}

export interface Tracing {
  /** Runs a request in a span of its own, below the caller's where there is one. */
  request<T extends { readonly status: number }>(request: TracedRequest, serve: () => Promise<T>): Promise<T>;
  /** A span for each statement of a unit of work that is being traced. */
  onStatement(statement: AnsweredStatement): void;
  /** For the client that starts and signals workflows. */
  readonly clientInterceptor: OpenTelemetryWorkflowClientInterceptor;
  /** For workers; the module goes into the bundle of workflows. */
  readonly activityInterceptor: ActivityInterceptorsFactory;
  readonly workflowInterceptors: string;
  readonly sinks: InjectedSinks<{ exporter: { export(spans: unknown): void } }>;
  close(): Promise<void>;
}

const FLUSH_MS = 1_000;
const LONGEST_SQL = 1_000;

/** Sends spans to a collector from now on. Without it every call of the tracing API does nothing. */
export function startTracing({ endpoint, service, version }: TracingOptions): Tracing {
  const resource = new Resource({ 'service.name': service, 'service.version': version });
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces` });
  const processor = new BatchSpanProcessor(exporter, { scheduledDelayMillis: FLUSH_MS });
  const provider = new NodeTracerProvider({ resource, spanProcessors: [processor] });
  provider.register();
  const tracer = trace.getTracer('revloop');
  return {
    request(request, serve) {
      const { method, route, operation, traceParent } = request;
      const carrier = traceParent === undefined ? {} : { traceparent: traceParent };
      const attributes = { 'http.request.method': method, 'http.route': route, 'revloop.operation': operation };
      return context.with(propagation.extract(context.active(), carrier), () =>
        tracer.startActiveSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, async (span) => {
          try {
            const answer = await serve();
            span.setAttribute('http.response.status_code', answer.status);
            if (answer.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
            return answer;
          } finally {
            span.end();
          }
        }),
      );
    },
    onStatement({ level, query, queryDurationMillis }) {
      if (trace.getActiveSpan() === undefined) return;
      // Values are parameters: the text holds ids of organizations (in `begin`), and nothing else of anybody.
      const sql = query.sql.replaceAll(/\s+/g, ' ').trim();
      const endTime = performance.timeOrigin + performance.now();
      const span = tracer.startSpan(`SQL ${/^\w+/.exec(sql)?.[0] ?? ''}`, {
        kind: SpanKind.CLIENT,
        startTime: endTime - queryDurationMillis,
        attributes: { 'db.system': 'postgresql', 'db.query.text': sql.slice(0, LONGEST_SQL) },
      });
      if (level === 'error') span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(endTime);
    },
    clientInterceptor: new OpenTelemetryWorkflowClientInterceptor({ tracer }),
    activityInterceptor: (info) => ({ inbound: new OpenTelemetryActivityInboundInterceptor(info, { tracer }) }),
    workflowInterceptors: createRequire(import.meta.url).resolve(
      '@temporalio/interceptors-opentelemetry/lib/workflow-interceptors',
    ),
    sinks: { exporter: makeWorkflowExporter(processor, resource) } as Tracing['sinks'],
    close: () => provider.shutdown(),
  };
}
