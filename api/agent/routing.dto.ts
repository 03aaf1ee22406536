import { z } from 'zod';
import { MODEL_PURPOSES } from '../../domain/agent/model.port.ts';
import { MODEL_PREFERENCES, type OwnPrice, type OwnRouting } from '../../domain/agent/model-routing.rules.ts';
import type { RoutingChanges as Changes, RoutingRevision, RoutingView } from '../../services/agent/routing/index.ts';
import { id, reportDay, text, timestamp } from '../http/schemas.ts';

const rule = {
  minQuality: z.int().min(1).max(5).default(2).describe('The least that a model must be good for'),
  prefer: z.enum(MODEL_PREFERENCES).default('quality').describe('Decides between models that are good enough'),
  models: z
    .array(text(60))
    .min(1)
    .max(20)
    .nullable()
    .default(null)
    .describe('Ids of GET /ai/models, asked in this order, and no others; null: quality and price decide'),
};

const dollars = () => z.number().min(0).max(10_000).multipleOf(0.001);

const own = {
  routes: z.array(z.strictObject({ purpose: z.enum(MODEL_PURPOSES), ...rule })).max(MODEL_PURPOSES.length),
  qualities: z
    .array(z.strictObject({ model: text(60).describe('Id of GET /ai/models'), quality: z.int().min(1).max(5) }))
    .max(50),
  prices: z
    .array(
      z.strictObject({
        model: text(100).describe("The vendor's name of it, `model` of GET /ai/models"),
        effectiveFrom: reportDay(),
        inputUsdPerMillion: dollars().describe('Per million tokens'),
        outputUsdPerMillion: dollars(),
        cachedUsdPerMillion: dollars()
          .optional()
          .describe('Of tokens that the vendor had kept; default: as fresh ones'),
        source: text(200).describe('Where this price stands, such as a contract'),
      }),
    )
    .max(200),
};

export const RoutingChanges = z.strictObject(own).partial().meta({ id: 'AiRoutingChanges' });

const stored = {
  routes: z.array(
    z.strictObject({
      purpose: z.enum(MODEL_PURPOSES),
      minQuality: z.number(),
      prefer: z.enum(MODEL_PREFERENCES),
      models: z.array(z.string()).nullable(),
    }),
  ),
  qualities: z.array(z.strictObject({ model: z.string(), quality: z.number() })),
  prices: z.array(
    z.strictObject({
      model: z.string(),
      effectiveFrom: z.string(),
      inputUsdPerMillion: z.number(),
      outputUsdPerMillion: z.number(),
      cachedUsdPerMillion: z.number(),
      source: z.string(),
    }),
  ),
};

export const AiRouting = z
  .strictObject({
    revision: z.number().describe('Counts the changes; 0: everything is as in the catalogue'),
    changedBy: id().nullable(),
    changedAt: timestamp().nullable(),
    own: z.strictObject(stored).describe('What your organization says; the rest is as in the catalogue'),
    routes: z
      .array(
        z.strictObject({
          purpose: z.enum(MODEL_PURPOSES),
          minQuality: z.number(),
          prefer: z.enum(MODEL_PREFERENCES),
          models: z.array(z.string()).nullable(),
          isOwn: z.boolean(),
          asked: z.array(z.string()).describe('Models that are here, the first one is asked first'),
        }),
      )
      .describe('What is in force'),
  })
  .meta({ id: 'AiRouting' });

export const AiRoutingRevision = z
  .strictObject({ revision: z.number(), changedBy: id().nullable(), changedAt: timestamp(), ...stored })
  .meta({ id: 'AiRoutingRevision' });

const NANOS = 1_000;

export const fromChanges = ({ prices, ...rest }: z.output<typeof RoutingChanges>): Changes => ({
  ...rest,
  ...(prices && { prices: prices.map(fromPrice) }),
});

type PriceWire = NonNullable<z.output<typeof RoutingChanges>['prices']>[number];
const fromPrice = (price: PriceWire): OwnPrice => ({
  model: price.model,
  effectiveFrom: price.effectiveFrom,
  inputNanos: Math.round(price.inputUsdPerMillion * NANOS),
  outputNanos: Math.round(price.outputUsdPerMillion * NANOS),
  cachedNanos: Math.round((price.cachedUsdPerMillion ?? price.inputUsdPerMillion) * NANOS),
  source: price.source,
});

const toOwn = ({ routes, qualities, prices }: OwnRouting) => ({
  routes: routes.map((route) => ({ ...route, models: route.models && [...route.models] })),
  qualities: [...qualities],
  prices: prices.map(({ model, effectiveFrom, inputNanos, outputNanos, cachedNanos, source }) => ({
    model,
    effectiveFrom,
    inputUsdPerMillion: inputNanos / NANOS,
    outputUsdPerMillion: outputNanos / NANOS,
    cachedUsdPerMillion: cachedNanos / NANOS,
    source,
  })),
});

export const toRouting = ({ own: said, routes, ...rest }: RoutingView) => ({
  ...rest,
  own: toOwn(said),
  routes: routes.map((route) => ({ ...route, models: route.models && [...route.models], asked: [...route.asked] })),
});

export const toRevision = ({ revision, changedBy, changedAt, ...rest }: RoutingRevision) => ({
  revision,
  changedBy,
  changedAt,
  ...toOwn(rest),
});
