import { type Context, Hono } from 'hono';
import type { Logger } from 'pino';
import type { BlobStore } from '../domain/core/blob.port.ts';
import { AppError, notFound } from '../domain/core/errors.ts';
import type { Ctx } from '../services/core/context.ts';
import { createDocsAssets } from './docs/assets.ts';
import type { Health } from './health/health.ts';
import { admitPreflight, countAnonymous, type RateLimits } from './http/admission.ts';
import { type Authenticator, createAuthenticator } from './http/auth.ts';
import { createBearerAuthenticator } from './http/bearer.ts';
import { type CompiledEndpoint, compileEndpoint } from './http/compile.ts';
import type { Endpoint, Face } from './http/endpoint.ts';
import { createStreams, type Streams } from './http/event-stream.ts';
import { type Exchange, errorResponse, headersOf, openExchange, preflightResponse } from './http/exchange.ts';
import { toAppError } from './http/failures.ts';
import { createGroups } from './http/group.ts';
import { type HandlerDeps, serve } from './http/handler.ts';
import type { RequestNotes } from './http/notes.ts';
import type { RateLimiter } from './http/rate-limit.ts';
import { fullPath, inRoutingOrder, methodsOf, routeProblems } from './http/routes.ts';
import type { SystemDeps, SystemEndpoint } from './http/system-endpoint.ts';
import type { Tools } from './http/tools.ts';
import { createWriteKeyAuthenticator } from './http/write-key.ts';

/** Who looks on while requests are served; metrics and traces. */
export interface RequestWatch {
  request(request: WatchedRequest, serve: () => Promise<Response>): Promise<Response>;
  /** Ingesting requests that shared a transaction. */
  group(size: number): void;
}

export interface WatchedRequest {
  readonly method: string;
  /** The pattern, never the path: it may hold a token. */
  readonly route: string;
  readonly operation: string;
  readonly traceParent: string | undefined;
}

export interface AppDeps {
  readonly endpoints: readonly Endpoint[];
  readonly systemEndpoints: readonly SystemEndpoint[];
  /** The document's text, served as it is. */
  readonly openApi: string;
  /** Pool of the app role. */
  readonly db: Ctx['tx'];
  readonly logger: Logger;
  readonly rateLimiter: RateLimiter;
  readonly now: () => Date;
  readonly afterCommit: (commandIds: readonly string[]) => void;
  readonly health: Health;
  readonly blobs: BlobStore;
  /** Closed by the process when it shuts down. */
  readonly streams?: Streams;
  /** Default: keys in the database. */
  readonly authenticator?: Authenticator;
  readonly tools: Tools;
  readonly notes: RequestNotes;
  readonly watch?: RequestWatch | undefined;
  readonly config: {
    readonly bodyLimitBytes: number;
    readonly uploadMaxBytes: number;
    readonly allowedOrigins: readonly string[];
    readonly publicUrl: string;
    readonly rateLimits: RateLimits;
    readonly checkAnswers: boolean;
  };
}

/** @throws Error at once when two endpoints are in each other's way or a schema breaks a rule of the faces. */
export function createApp(deps: AppDeps): Hono {
  const problems = routeProblems(deps.endpoints);
  if (problems.length > 0) throw new Error(`The endpoints are in each other's way:\n  ${problems.join('\n  ')}`);
  const { config } = deps;
  const handlerDeps: HandlerDeps = {
    db: deps.db,
    logger: deps.logger,
    authenticator:
      deps.authenticator ?? createAuthenticator(deps.db, createBearerAuthenticator(deps.db, deps.tools.accessTokens)),
    tools: deps.tools,
    writeKeys: createWriteKeyAuthenticator(deps.db),
    rateLimiter: deps.rateLimiter,
    rateLimits: config.rateLimits,
    headerPolicy: { allowedOrigins: new Set(config.allowedOrigins), https: config.publicUrl.startsWith('https:') },
    bodyLimitBytes: config.bodyLimitBytes,
    uploads: { blobs: deps.blobs, maxBytes: config.uploadMaxBytes },
    afterCommit: deps.afterCommit,
    streams: deps.streams ?? createStreams(),
    groups: createGroups({ db: deps.db, afterCommit: deps.afterCommit, onGroup: deps.watch?.group }),
    checkAnswers: config.checkAnswers,
  };
  const system: SystemDeps = { health: deps.health, openApi: deps.openApi, docs: createDocsAssets() };

  const app = new Hono();
  // Whoever opens the bare address is looking for a way in.
  app.get('/', (context) => context.redirect('/docs'));
  for (const endpoint of deps.systemEndpoints) {
    app.get(endpoint.path, (context) => serveSystem(deps, handlerDeps, system, endpoint, context));
  }
  for (const endpoint of inRoutingOrder(deps.endpoints)) {
    const compiled = compileEndpoint(endpoint);
    const path = fullPath(endpoint).replaceAll(/\{(\w+)\}/g, ':$1');
    const method = endpoint.method.toUpperCase();
    const { watch } = deps;
    const answer = (context: Context) => serveEndpoint(deps, handlerDeps, compiled, context);
    const watched = { method, route: fullPath(endpoint), operation: endpoint.operationId };
    app.on(method, path, (context) =>
      watch
        ? watch.request({ ...watched, traceParent: context.req.header('traceparent') }, () => answer(context))
        : answer(context),
    );
  }
  app.notFound((context) => serveUnknown(deps, handlerDeps, context));
  app.onError((error, context) => {
    const exchange = openExchange(context, faceOf(context), deps.now());
    return fail(handlerDeps, exchange, error);
  });
  return app;
}

const faceOf = (context: Context): Face => (/^\/api(?:\/|$)/.test(context.req.path) ? 'b' : 'a');

async function serveEndpoint(
  deps: AppDeps,
  handler: HandlerDeps,
  compiled: CompiledEndpoint,
  context: Context,
): Promise<Response> {
  const exchange = openExchange(context, compiled.endpoint.face, deps.now());
  let response: Response;
  let refusal: unknown;
  try {
    response = await serve(handler, compiled, exchange);
  } catch (error) {
    refusal = error;
    response = fail(handler, exchange, error);
  }
  deps.notes.note(exchange, compiled.endpoint, response.status, refusal);
  logRequest(deps.logger, exchange, response.status);
  return response;
}

function fail(handler: HandlerDeps, exchange: Exchange, error: unknown): Response {
  const { shown, unexpected } = toAppError(error);
  if (unexpected) {
    const { requestId, operationId } = exchange;
    handler.logger.error({ err: error, requestId, operationId }, 'request failed');
  }
  return errorResponse(exchange, handler.headerPolicy, shown);
}

function logRequest(logger: Logger, exchange: Exchange, status: number): void {
  const { context, identity } = exchange;
  logger.info(
    {
      requestId: exchange.requestId,
      method: context.req.method,
      path: exchange.loggedPath ?? context.req.path,
      operationId: exchange.operationId,
      status,
      code: exchange.errorCode,
      ms: Math.round((performance.now() - exchange.startedAt) * 10) / 10,
      organizationId: identity?.organizationId,
      principalId: identity?.principal.id,
    },
    'request',
  );
}

/** Probes and pages say nothing of an organization; below a face's prefix they still carry its headers. */
async function serveSystem(
  deps: AppDeps,
  handler: HandlerDeps,
  system: SystemDeps,
  endpoint: SystemEndpoint,
  context: Context,
): Promise<Response> {
  const response = await endpoint.handle(system, context);
  if (!isBelowFace(context.req.path)) return response;
  const exchange = openExchange(context, faceOf(context), deps.now());
  countAnonymous(handler, exchange, false);
  for (const [name, value] of Object.entries(headersOf(exchange, handler.headerPolicy))) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  logRequest(deps.logger, exchange, response.status);
  return response;
}

const isBelowFace = (path: string): boolean => /^\/(?:api\/)?v1(?:\/|$)/.test(path);

async function serveUnknown(deps: AppDeps, handler: HandlerDeps, context: Context): Promise<Response> {
  const exchange = openExchange(context, faceOf(context), deps.now());
  const { method, path } = context.req;
  if (isBelowFace(path)) countAnonymous(handler, exchange, false);
  const isPreflight = method === 'OPTIONS' && exchange.header('access-control-request-method') !== undefined;
  const isForPages = (endpoint: Endpoint) => endpoint.credential === 'write_key' && fullPath(endpoint) === path;
  if (isPreflight && deps.endpoints.some(isForPages)) await admitPreflight(handler, exchange);
  const response = isPreflight
    ? preflightResponse(exchange, handler.headerPolicy)
    : errorResponse(exchange, handler.headerPolicy, unknownRoute(deps, method, path));
  logRequest(deps.logger, exchange, response.status);
  return response;
}

function unknownRoute(deps: AppDeps, method: string, path: string): AppError {
  const allowed = methodsOf(deps.endpoints, path);
  const isSystemPath = deps.systemEndpoints.some((endpoint) => endpoint.path === path);
  if (allowed.length === 0 && isSystemPath) allowed.push('GET');
  if (allowed.length === 0) return notFound('The path', 'The reference at /docs lists every endpoint.');
  return new AppError('not_found', 'NOT_FOUND', `There is no ${method.slice(0, 20)} for this path.`, {
    hint: `This path answers to ${allowed.join(', ')}.`,
  });
}
