import { z } from 'zod';
import { AUTH_KINDS, INTEGRATION_CATEGORIES } from '../../domain/integrations/provider.rules.ts';
import type { MarketplaceEntry } from '../../services/integrations/index.ts';
import { freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { DIRECTIONS, Mapping, scalar } from './integrations.dto.ts';

export const SlugParams = z.strictObject({ slug: text(64) });

const trueOrFalse = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');
export const MarketplaceQuery = z.strictObject({
  ...pageQuery,
  category: z.enum(INTEGRATION_CATEGORIES).optional(),
  status: z.enum(['available', 'planned']).optional(),
  installed: trueOrFalse.optional(),
  q: text(100).optional(),
});

export const Entry = z
  .strictObject({
    slug: z.string(),
    name: z.string(),
    category: z.enum(INTEGRATION_CATEGORIES),
    about: z.string(),
    auth: z.enum(AUTH_KINDS),
    status: z.enum(['available', 'planned']).describe('planned: cannot be installed yet'),
    credentials: z.array(z.string()).describe('What an installation has to bring along'),
    options: z.array(z.strictObject({ name: z.string(), required: z.boolean(), about: z.string() })),
    streams: z.array(
      z.strictObject({
        name: z.string(),
        direction: z.enum(DIRECTIONS),
        about: z.string(),
        told: z.boolean().describe('Comes in by webhook alone'),
      }),
    ),
    limit: z.strictObject({ burst: z.number(), perSecond: z.number() }).nullable().describe('Calls per connection'),
    callCost: z
      .strictObject({
        usd: z.number(),
        why: z.string().describe('What is paid for instead where calls are free'),
        source: z.string(),
        checkedOn: z.string(),
      })
      .nullable()
      .describe('By the price list of the provider; null while it is only planned'),
    apiVersion: z.string().nullable(),
    webhook: z.enum(['stripe', 'segment', 'bearer', 'calls']).nullable().describe('How its webhooks are signed'),
    installed: z.boolean(),
    integrationIds: z.array(id()),
    rating: z.strictObject({ average: z.number().nullable(), count: z.number() }),
  })
  .meta({ id: 'MarketplaceEntry' });

export const toEntry = ({
  streams,
  credentials: names,
  options,
  integrationIds,
  limit,
  callCost,
  ...entry
}: MarketplaceEntry) => ({
  ...entry,
  credentials: [...names],
  options: options.map((option) => ({ ...option })),
  streams: streams.map((stream) => ({ ...stream, told: stream.told ?? false })),
  limit: limit && { ...limit },
  callCost: callCost && { ...callCost },
  integrationIds,
});

const review = {
  rating: z.int().min(1, 'must be 1 to 5').max(5, 'must be 1 to 5'),
  title: text(200).nullish(),
  body: text(5_000).nullish(),
};
export const ReviewBody = z.strictObject(review).meta({ id: 'IntegrationReviewInput' });
export const Review = z
  .strictObject({
    id: id(),
    provider: z.string(),
    rating: z.number(),
    title: z.string().nullable(),
    body: z.string().nullable(),
    author: z.string().nullable(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
  })
  .meta({ id: 'IntegrationReview' });

export const StreamParams = z.strictObject({ slug: text(64), stream: text(64) });
export const PreviewBody = z
  .strictObject({
    mapping: Mapping.optional().describe('Default: that of the provider'),
    samples: z
      .array(z.record(text(128), scalar))
      .max(50, 'must have at most 50 records')
      .describe('Records as the provider has them'),
  })
  .meta({ id: 'MappingPreviewInput' });
export const Preview = z
  .strictObject({
    fields: z.array(z.string()).describe('Our fields that can be mapped'),
    mapping: z.array(
      z.strictObject({
        local: z.string(),
        remote: z.string(),
        direction: z.enum(DIRECTIONS),
        transform: freeForm().optional(),
      }),
    ),
    samples: z.array(
      z.strictObject({
        remote: freeForm(),
        local: freeForm(),
        lost: z.array(z.string()).describe('Fields whose value was there and could not be read'),
      }),
    ),
  })
  .meta({ id: 'MappingPreview' });

const providerEvent = {
  type: text(100).optional().describe('What has happened, in the words of the provider'),
  id: text(255).optional().describe('Of the event; the same id is the same event'),
  messageId: text(255).optional().describe('The same, as Segment calls it'),
};
/** What is sent is the provider's affair; only what names an event and tells it from others is looked at. */
export const ProviderEvents = z
  .looseObject({
    ...providerEvent,
    batch: z.array(z.looseObject(providerEvent)).min(1).max(500).optional().describe('Several events at once'),
  })
  .refine(({ type, batch }) => (type ?? batch) !== undefined, {
    path: ['type'],
    message: 'is required without a batch',
  })
  .meta({ id: 'ProviderEvents' });
