import { conflict, notFound } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { uuidv7 } from '../../core/ids.ts';
import { requireVersion } from '../../core/versions.ts';
import { readEndpoint, type WebhookEndpointView } from './endpoint-view.ts';
import { closeQueue, openQueue, wakeQueues } from './queue.ts';
import { newWebhookSecret } from './signing.ts';
import { checkEvents, checkFilters } from './subscription.ts';
import { checkUrl, secretPlace, type WebhookTools } from './tools.ts';

export type WebhookEndpointWithSecret = WebhookEndpointView & {
  /** Shown here and never again. */
  secret: string;
};

export interface WebhookEndpointFields {
  url: string;
  description?: string | null | undefined;
  events: readonly string[];
  filters?: Readonly<Record<string, unknown>> | undefined;
  active?: boolean | undefined;
  ordered?: boolean | undefined;
  batch?: { maxEvents: number; maxWaitSeconds: number } | null | undefined;
}

/** Absent fields stay as they are. */
export type WebhookEndpointChanges = {
  [Name in keyof WebhookEndpointFields]?: WebhookEndpointFields[Name] | undefined;
};

/** Each event costs one row per endpoint that wants it. */
const MOST_ENDPOINTS = 100;

/** @throws AppError validation; conflict `WEBHOOK_LIMIT`. */
export const createWebhookEndpoint = verb(
  { permission: 'webhooks.manage' },
  async (
    ctx,
    { tools, fields }: { tools: WebhookTools; fields: WebhookEndpointFields },
  ): Promise<WebhookEndpointWithSecret> => {
    const columns = columnsOf(ctx, tools, fields);
    await requireRoom(ctx);
    const id = uuidv7();
    const secret = newWebhookSecret();
    const box = await tools.secrets.box(ctx);
    await ctx.tx
      .insertInto('webhook_endpoints')
      .values({
        ...columns,
        id,
        url: fields.url,
        events: checkEvents(tools.catalogue, fields.events),
        secret: box.seal(secretPlace(id, 'secret'), secret),
      })
      .execute();
    await openQueue(ctx, id);
    const view = await readEndpoint(ctx, id);
    await audit(ctx, 'webhook.create', { entityType: 'webhook_endpoint', entityId: id, after: factsOf(view) });
    return { ...view, secret };
  },
);

export interface UpdateWebhookEndpointInput {
  tools: WebhookTools;
  id: string;
  changes: WebhookEndpointChanges;
  expectedVersion?: number | undefined;
}

/** Enabling it sends what has waited meanwhile. @throws AppError validation; not_found; precondition_failed. */
export const updateWebhookEndpoint = verb(
  { permission: 'webhooks.manage' },
  async (ctx, { tools, id, changes, expectedVersion }: UpdateWebhookEndpointInput): Promise<WebhookEndpointView> => {
    const { version, active } = await lockEndpoint(ctx, id);
    requireVersion(version, expectedVersion);
    const before = await readEndpoint(ctx, id);
    const columns = columnsOf(ctx, tools, changes, active);
    if (Object.keys(columns).length === 0) return before;
    await ctx.tx
      .updateTable('webhook_endpoints')
      .set(columns)
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    if (changes.active === true && !active) await resetHealth(ctx, id);
    await wakeQueues(ctx, [id]);
    const after = await readEndpoint(ctx, id);
    await audit(ctx, 'webhook.update', {
      entityType: 'webhook_endpoint',
      entityId: id,
      before: factsOf(before),
      after: factsOf(after),
    });
    return after;
  },
);

/** With its log and what was not delivered yet. @throws AppError not_found; precondition_failed. */
export const deleteWebhookEndpoint = verb(
  { permission: 'webhooks.manage' },
  async (ctx, { id, expectedVersion }: { id: string; expectedVersion?: number | undefined }) => {
    const { version } = await lockEndpoint(ctx, id);
    requireVersion(version, expectedVersion);
    const before = await readEndpoint(ctx, id);
    await closeQueue(ctx, id);
    await ctx.tx
      .deleteFrom('webhook_endpoints')
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    await audit(ctx, 'webhook.delete', { entityType: 'webhook_endpoint', entityId: id, before: factsOf(before) });
    return { id };
  },
);

export interface RotateWebhookSecretInput {
  tools: WebhookTools;
  id: string;
  /** How long deliveries are signed with both secrets; 0 ends the old one at once. */
  overlapSeconds: number;
  expectedVersion?: number | undefined;
}

/** A second rotation within the overlap ends the oldest secret. @throws AppError not_found; precondition_failed. */
export const rotateWebhookSecret = verb(
  { permission: 'webhooks.manage' },
  async (
    ctx,
    { tools, id, overlapSeconds, expectedVersion }: RotateWebhookSecretInput,
  ): Promise<WebhookEndpointWithSecret> => {
    const row = await lockEndpoint(ctx, id);
    requireVersion(row.version, expectedVersion);
    const box = await tools.secrets.box(ctx);
    const secret = newWebhookSecret();
    const old = box.open(secretPlace(id, 'secret'), row.secret);
    const previous = overlapSeconds === 0 ? null : box.seal(secretPlace(id, 'previous_secret'), old);
    await ctx.tx
      .updateTable('webhook_endpoints')
      .set({
        secret: box.seal(secretPlace(id, 'secret'), secret),
        previous_secret: previous,
        previous_secret_expires_at: previous === null ? null : new Date(ctx.now.getTime() + overlapSeconds * 1_000),
      })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    await audit(ctx, 'webhook.rotate_secret', {
      entityType: 'webhook_endpoint',
      entityId: id,
      after: { overlapSeconds },
    });
    return { ...(await readEndpoint(ctx, id)), secret };
  },
);

export async function lockEndpoint(ctx: Ctx, id: string) {
  const row = await ctx.tx
    .selectFrom('webhook_endpoints')
    .select(['id', 'version', 'active', 'secret', 'events', 'filters'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('The webhook endpoint');
  return row;
}

function columnsOf(ctx: Ctx, tools: WebhookTools, fields: WebhookEndpointChanges, wasActive?: boolean) {
  const { url, description, events, filters, active, ordered, batch } = fields;
  if (url !== undefined) checkUrl(tools, url);
  const isSwitched = active !== undefined && active !== wasActive && !(active && wasActive === undefined);
  return {
    ...(url === undefined ? {} : { url }),
    ...(description === undefined ? {} : { description }),
    ...(events === undefined ? {} : { events: checkEvents(tools.catalogue, events) }),
    ...(filters === undefined ? {} : { filters: JSON.stringify(checkFilters(tools.catalogue, filters)) }),
    ...(ordered === undefined ? {} : { ordered }),
    ...(batch === undefined
      ? {}
      : { batch_max_events: batch?.maxEvents ?? null, batch_max_wait_seconds: batch?.maxWaitSeconds ?? null }),
    ...(isSwitched
      ? { active, disabled_reason: active ? null : ('manual' as const), disabled_at: active ? null : ctx.now }
      : {}),
  };
}

/** Somebody says that it works again: the past does not count against it. */
async function resetHealth(ctx: Ctx, id: string): Promise<void> {
  await ctx.tx
    .updateTable('webhook_queues')
    .set({ consecutive_failures: 0, failing_since: null, blocked_until: null })
    .where('organization_id', '=', ctx.organizationId)
    .where('endpoint_id', '=', id)
    .execute();
}

async function requireRoom(ctx: Ctx): Promise<void> {
  const { count } = await ctx.tx
    .selectFrom('webhook_endpoints')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('organization_id', '=', ctx.organizationId)
    .executeTakeFirstOrThrow();
  if (Number(count) < MOST_ENDPOINTS) return;
  throw conflict('WEBHOOK_LIMIT', `An organization has at most ${MOST_ENDPOINTS} webhook endpoints.`, {
    hint: 'Delete one that is not needed, or let one endpoint take more events.',
  });
}

const factsOf = ({ url, description, events, filters, active, ordered, batch }: WebhookEndpointView) => ({
  url,
  description,
  events,
  filters,
  active,
  ordered,
  batch,
});
