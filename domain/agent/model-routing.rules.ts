import { MODEL_PURPOSES, type ModelPurpose } from './model.port.ts';
import { type ModelEntry, type ModelPrice, priceOn, UNKNOWN_PRICE } from './model-catalogue.rules.ts';

export const MODEL_PREFERENCES = ['quality', 'price'] as const;

export interface ModelRoute {
  /** The least that a model must be good for, 1 to 5. */
  readonly minQuality: number;
  /** What decides between models that are good enough. */
  readonly prefer: (typeof MODEL_PREFERENCES)[number];
  /** Ids of the models to be asked, in this order, whatever they are good for; null: quality and price decide. */
  readonly models: readonly string[] | null;
}

export type ModelRoutes = Readonly<Record<ModelPurpose, ModelRoute>>;

const route = (minQuality: number, prefer: ModelRoute['prefer']): ModelRoute => ({ minQuality, prefer, models: null });

/** Of an organization that has not said anything else. */
export const DEFAULT_ROUTES: ModelRoutes = {
  write: route(3, 'quality'),
  draft: route(3, 'quality'),
  research: route(2, 'price'),
  classify: route(2, 'price'),
  qualify: route(3, 'quality'),
  insight: route(2, 'price'),
};

/** What an organization says for itself; what it does not name is as in the catalogue. */
export interface OwnRouting {
  readonly routes: readonly (ModelRoute & { readonly purpose: ModelPurpose })[];
  /** How good it finds models, by their id. */
  readonly qualities: readonly { readonly model: string; readonly quality: number }[];
  /** What it pays, by the vendor's name of the model. */
  readonly prices: readonly OwnPrice[];
}

export type OwnPrice = Pick<
  ModelPrice,
  'model' | 'effectiveFrom' | 'inputNanos' | 'outputNanos' | 'cachedNanos' | 'source'
>;

export const NO_ROUTING: OwnRouting = { routes: [], qualities: [], prices: [] };

export interface ModelRouting {
  /** Counts the changes; 0: nobody has said anything. */
  readonly revision: number;
  readonly own: OwnRouting;
  readonly routes: ModelRoutes;
  readonly prices: readonly ModelPrice[];
}

/** What is in force: the organization's own over the catalogue's. A call's `price_id` leads to the revision it was priced by. */
export function routingOf(revision: number, own: OwnRouting, changedOn: string): ModelRouting {
  const said = new Map(own.routes.map(({ purpose, ...rest }) => [purpose, rest]));
  const routes = MODEL_PURPOSES.map((purpose) => [purpose, said.get(purpose) ?? DEFAULT_ROUTES[purpose]]);
  return {
    revision,
    own,
    routes: Object.fromEntries(routes) as ModelRoutes,
    prices: own.prices.map((price) => ({
      ...price,
      id: `${price.model}@${price.effectiveFrom}#${revision}`,
      checkedOn: changedOn,
    })),
  };
}

export const DEFAULT_ROUTING = routingOf(0, NO_ROUTING, '2026-01-01');

/** The models of an installation as an organization judges them. */
export function judged(models: readonly ModelEntry[], { own }: ModelRouting): ModelEntry[] {
  const qualities = new Map(own.qualities.map(({ model, quality }) => [model, quality]));
  return models.map((entry) => ({ ...entry, quality: qualities.get(entry.id) ?? entry.quality }));
}

/** The models to be tried for a purpose, the first one first. Who names models means these and no others. */
export function routeFor(
  purpose: ModelPurpose,
  models: readonly ModelEntry[],
  day: string,
  routing: ModelRouting = DEFAULT_ROUTING,
): ModelEntry[] {
  const { minQuality, prefer, models: named } = routing.routes[purpose];
  if (named !== null) return named.flatMap((id) => models.filter((entry) => entry.id === id));
  const rate = (entry: ModelEntry) =>
    priceOn(entry.wireName, day, routing.prices)?.outputNanos ?? UNKNOWN_PRICE.outputNanos;
  const byPrice = (a: ModelEntry, b: ModelEntry) => rate(a) - rate(b);
  const byQuality = (a: ModelEntry, b: ModelEntry) => b.quality - a.quality;
  const [first, second] = prefer === 'price' ? [byPrice, byQuality] : [byQuality, byPrice];
  return judged(models, routing)
    .filter((entry) => entry.quality >= minQuality)
    .toSorted((a, b) => first(a, b) || second(a, b) || a.id.localeCompare(b.id));
}
