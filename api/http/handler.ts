import type { Logger } from 'pino';
import { AppError } from '../../domain/core/errors.ts';
import { ANONYMOUS_PRINCIPAL, type Ctx, type Scope } from '../../services/core/context.ts';
import { type GroupOutcome, type GroupVerb, isGroupVerb } from '../../services/core/group.ts';
import { findReplay, type IdempotencyClaim } from '../../services/core/idempotency.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { type AdmissionDeps, admit } from './admission.ts';
import { type Answer, renderAnswer } from './answer.ts';
import type { Identity } from './auth.ts';
import { isBulk, parseBulk, performBulk, renderBulk } from './bulk.ts';
import { claimOf, idempotencyKeyOf } from './claim.ts';
import type { CompiledEndpoint } from './compile.ts';
import { acceptsCsv, CSV_TYPE } from './csv.ts';
import type { Prepared, RawRequest } from './endpoint.ts';
import { type Streams, streamEvents } from './event-stream.ts';
import { bodySourceOf, type Exchange, type HeaderPolicy, headersOf } from './exchange.ts';
import { streamFile } from './file-answer.ts';
import { readForm } from './form-body.ts';
import type { Groups } from './group.ts';
import { BEACON_TYPE, JSON_TYPE, parseBody, readBodyText } from './json-body.ts';
import { discardFiles, receiveParts } from './parts-body.ts';
import { parseQuery } from './query-string.ts';
import { serveReply } from './reply.ts';
import { parseHead, type Request, rawRequestOf } from './request-parts.ts';
import { fullPath } from './routes.ts';
import type { Tools } from './tools.ts';
import { type UnitOfWork, type UnitOutcome, workOff } from './unit.ts';
import { receiveUpload, type UploadLimits } from './upload-body.ts';
import { validate } from './validation.ts';

export interface HandlerDeps extends AdmissionDeps {
  /** Pool of the app role. */
  readonly db: Ctx['tx'];
  readonly logger: Logger;
  readonly headerPolicy: HeaderPolicy;
  readonly groups: Groups;
  readonly streams: Streams;
  readonly tools: Tools;
  readonly bodyLimitBytes: number;
  readonly uploads: UploadLimits;
  /** Told of every committed change and the process commands it wrote; never awaited, must not throw. */
  readonly afterCommit: (commandIds: readonly string[]) => void;
  /** Checks every answer against its documentation (tests, development). */
  readonly checkAnswers: boolean;
}

/** From credentials to answer. Throws whatever goes wrong; the caller renders it. */
export async function serve(deps: HandlerDeps, compiled: CompiledEndpoint, exchange: Exchange): Promise<Response> {
  const { endpoint } = compiled;
  exchange.operationId = endpoint.operationId;
  exchange.fieldNames = compiled.fieldNames;
  if (endpoint.path.includes('{token}')) exchange.loggedPath = fullPath(endpoint);
  const identity = await admit(deps, exchange, endpoint);

  const key = idempotencyKeyOf(compiled, exchange);
  const scope: Scope = {
    organizationId: identity.organizationId,
    principal: identity.principal,
    now: exchange.now,
    requestId: exchange.requestId,
  };
  if (endpoint.bodyKind === 'upload') return serveUpload(deps, compiled, exchange, identity, scope, key);
  if (endpoint.bodyKind === 'parts') return serveParts(deps, compiled, exchange, identity, scope);
  const { text, body } = await readGiven(deps, compiled, exchange);
  const raw = rawRequestOf(compiled, exchange, identity, text);
  if (endpoint.file || endpoint.stream || endpoint.reply) {
    const { input, scope: as } = await singleOf(deps, compiled, exchange, scope, body, raw);
    const headers = headersOf(exchange, deps.headerPolicy);
    const answer = endpoint.reply ? serveReply : endpoint.stream ? streamEvents : streamFile;
    return answer(deps, compiled, as, input, headers);
  }
  if (endpoint.transaction === 'external') {
    const earlier = await replayOf(deps, scope, claimOf(compiled, exchange, key, text));
    if (earlier) return answerResponse(deps, exchange, { answer: earlier, replayed: true });
  }
  const content: Content =
    endpoint.bulk && isBulk(text)
      ? rowsOf(deps, compiled, text, raw)
      : await singleOf(deps, compiled, exchange, scope, body, raw);
  // A table and an object are two answers: a key given for one is not the key of the other.
  const claim = claimOf(compiled, exchange, key, content.csv ? `text/csv\n${text}` : text);
  const common = { claim, secret: endpoint.secretAnswer === true };
  const outcome =
    'settled' in content
      ? await performSingle(deps, compiled, { ...common, ...(content as Single) })
      : await performRows(deps, compiled, { scope, ...common, ...content });
  if (outcome instanceof AppError) throw outcome;
  return answerResponse(deps, exchange, outcome, content.csv);
}

/** The stored answer of a repeated request, before its `prepare` calls anybody again. Throws what the key refuses. */
async function replayOf(deps: HandlerDeps, scope: Scope, claim: IdempotencyClaim | null): Promise<Answer | null> {
  if (!claim) return null;
  const found = await inTransaction(deps.db, scope, (ctx) => findReplay(ctx, claim), { readOnly: true });
  if (found instanceof AppError) throw found;
  return found as Answer | null;
}

/** The body as it came, and as the schema is to see it. */
async function readGiven(deps: HandlerDeps, compiled: CompiledEndpoint, exchange: Exchange) {
  const { bodyKind, bodyLimitBytes: limit = deps.bodyLimitBytes, method } = compiled.endpoint;
  const source = bodySourceOf(exchange);
  if (bodyKind === 'form') {
    const fields = await readForm(source, limit);
    return { text: '', body: () => fields };
  }
  const text = method === 'get' ? '' : await readBodyText(source, limit, bodyTypeOf(compiled.endpoint));
  return { text, body: jsonBody(compiled, text) };
}

const bodyTypeOf = ({ bodyKind }: CompiledEndpoint['endpoint']): RegExp =>
  bodyKind === 'beacon' ? BEACON_TYPE : JSON_TYPE;

/** The file first, outside of any transaction; it stays only when the verb has kept it. */
async function serveUpload(
  deps: HandlerDeps,
  compiled: CompiledEndpoint,
  exchange: Exchange,
  identity: Identity,
  scope: Scope,
  key: string | undefined,
): Promise<Response> {
  const { blobs } = deps.uploads;
  const limits = compiled.endpoint.jsonRows ? { ...deps.uploads, rowsLimitBytes: deps.bodyLimitBytes } : deps.uploads;
  const { file, fields } = await receiveUpload(bodySourceOf(exchange), scope, limits);
  let kept = false;
  try {
    const raw = { ...rawRequestOf(compiled, exchange, identity, ''), file };
    const body = () => parseQuery(fields, exchange.face, compiled.bodyShape, new Set());
    // A form's boundary differs from one sending to the next; its contents do not.
    const claim = claimOf(compiled, exchange, key, `${file.sha256}\n${file.fileName}\n${fields}`);
    const content = await singleOf(deps, compiled, exchange, scope, body, raw);
    const outcome = await performSingle(deps, compiled, { claim, secret: false, ...content });
    if (outcome instanceof AppError) throw outcome;
    kept = !outcome.replayed;
    return answerResponse(deps, exchange, outcome);
  } finally {
    if (!kept) await blobs.delete(scope, file.id).catch((err) => deps.logger.warn({ err }, 'a blob was left behind'));
  }
}

/** Whose form it is stands in the URL: `prepare` says so before anything of the body is read. */
async function serveParts(
  deps: HandlerDeps,
  compiled: CompiledEndpoint,
  exchange: Exchange,
  identity: Identity,
  scope: Scope,
): Promise<Response> {
  const { endpoint } = compiled;
  const head = { ...parseHead(compiled, exchange), raw: rawRequestOf(compiled, exchange, identity, '') };
  const prepared = await endpoint.prepare?.({ ...head, body: undefined }, deps.tools);
  const as = prepared?.as ? scopeAs(scope, prepared.as) : scope;
  const limits = { ...deps.uploads, maxBytes: endpoint.bodyLimitBytes ?? deps.uploads.maxBytes };
  const { fields, files } = await receiveParts(bodySourceOf(exchange), as, limits);
  try {
    const request: Request = { ...head, raw: { ...head.raw, files }, body: validate(compiled.body, fields, 'body') };
    const input = endpoint.input(request, prepared?.value);
    const render = (result: unknown) =>
      renderAnswer(compiled, result, request.query, { check: deps.checkAnswers, csv: false });
    const unit = { claim: null, secret: false, scope: as, settled: prepared?.settled, input, render };
    const outcome = await performSingle(deps, compiled, unit);
    if (outcome instanceof AppError) throw outcome;
    return answerResponse(deps, exchange, outcome);
  } catch (error) {
    await discardFiles(files, as, deps.uploads);
    throw error;
  }
}

type Content = Pick<UnitOfWork, 'input' | 'render'> & { readonly csv?: boolean };

interface Single extends Content, Pick<UnitOfWork, 'scope'> {
  readonly settled: (() => void) | undefined;
}

async function singleOf(
  deps: HandlerDeps,
  compiled: CompiledEndpoint,
  exchange: Exchange,
  scope: Scope,
  body: () => unknown,
  raw: RawRequest,
): Promise<Single> {
  const { endpoint } = compiled;
  const head = { ...parseHead(compiled, exchange), raw };
  // What is not signed is not looked at.
  const proved =
    endpoint.bodyKind === 'signed' ? await endpoint.prepare?.({ ...head, body: undefined }, deps.tools) : undefined;
  const request: Request = { ...head, body: validate(compiled.body, body(), 'body') };
  const { csv: table, csvAsked } = endpoint;
  const csv = table !== undefined && (csvAsked?.(request.body) ?? acceptsCsv(exchange.header('accept')));
  const prepared = proved ?? (await endpoint.prepare?.(request, deps.tools));
  return {
    scope: prepared?.as ? scopeAs(scope, prepared.as) : scope,
    settled: prepared?.settled,
    csv,
    input: endpoint.input(request, prepared?.value),
    render: (result) => renderAnswer(compiled, result, request.query, { check: deps.checkAnswers, csv }),
  };
}

/** A look-up has said who is meant; without a credential it may do what its verb does, and no more. */
const scopeAs = (scope: Scope, { organizationId, userId }: NonNullable<Prepared<unknown>['as']>): Scope => ({
  ...scope,
  organizationId,
  principal: userId === null ? scope.principal : { ...ANONYMOUS_PRINCIPAL, kind: 'user', id: userId },
});

function rowsOf(deps: HandlerDeps, compiled: CompiledEndpoint, text: string, raw: RawRequest): Content {
  return {
    input: parseBulk(compiled, text, raw),
    render: (outcomes) => renderBulk(compiled, outcomes as GroupOutcome<unknown>[], deps.checkAnswers),
  };
}

/** The unit's transaction, in the way that the endpoint declares. */
async function perform(deps: HandlerDeps, { endpoint }: CompiledEndpoint, unit: UnitOfWork): Promise<UnitOutcome> {
  const { verb, transaction } = endpoint;
  if (isGroupVerb(verb) && transaction === 'group') return deps.groups.submit(endpoint.operationId, verb, unit);
  // A key and its answer are stored, whatever the verb does.
  return inOwnTransaction(deps, unit, verb, transaction === 'read' && unit.claim === null);
}

async function performSingle(
  deps: HandlerDeps,
  compiled: CompiledEndpoint,
  { settled, ...unit }: UnitOfWork & Pick<Single, 'settled'>,
): Promise<UnitOutcome> {
  try {
    return await perform(deps, compiled, unit);
  } finally {
    settled?.();
  }
}

function performRows(deps: HandlerDeps, { endpoint }: CompiledEndpoint, unit: UnitOfWork): Promise<UnitOutcome> {
  const verb = endpoint.verb as GroupVerb<unknown, unknown>;
  return inOwnTransaction(
    deps,
    unit,
    (ctx, rows) => performBulk(ctx, verb, rows as ReturnType<typeof parseBulk>),
    false,
  );
}

async function inOwnTransaction(
  deps: HandlerDeps,
  unit: UnitOfWork,
  work: (ctx: Ctx, input: unknown) => Promise<unknown>,
  readOnly: boolean,
): Promise<UnitOutcome> {
  const alone = async (ctx: Ctx, inputs: readonly unknown[]): Promise<GroupOutcome<unknown>[]> => {
    const value = await work(ctx, inputs[0]);
    // Returned, not thrown: what was written stays (`committedRefusal`).
    return [value instanceof AppError ? { ok: false, error: value } : { ok: true, value }];
  };
  const { outcome, commandIds } = await inTransaction(
    deps.db,
    unit.scope,
    async (ctx) => ({ outcome: (await workOff(ctx, [unit], alone))[0]!, commandIds: ctx.commandIds }),
    { readOnly },
  );
  if (!readOnly) deps.afterCommit(commandIds);
  return outcome;
}

function answerResponse(
  deps: HandlerDeps,
  exchange: Exchange,
  { answer, replayed }: Exclude<UnitOutcome, AppError>,
  csv = false,
): Response {
  const headers = headersOf(exchange, deps.headerPolicy);
  if (csv) headers['content-type'] = CSV_TYPE;
  const { etag, location } = answer;
  if (etag !== null) headers.etag = etag;
  if (location !== null) headers.location = location;
  if (replayed) headers['idempotent-replayed'] = 'true';
  return new Response(answer.body, { status: answer.status, headers });
}

const jsonBody =
  ({ endpoint, bodyShape, money }: CompiledEndpoint, text: string) =>
  () =>
    text === '' ? undefined : parseBody(text, endpoint.face, bodyShape, money);
