import { z } from 'zod';
import { freeForm, text, timestamp } from '../core/shapes.input.ts';
import { InteractionBody } from './fact.input.ts';

/** A page of a site: a link to it, or its path. Nothing that a browser would run. */
const url = () =>
  text(2048).refine(
    (value) => /^\/(?!\/)/.test(value) || (/^https?:\/\//i.test(value) && URL.canParse(value)),
    'must be an http or https URL, or a path that begins with /',
  );

const who = {
  sessionId: text(128).optional().describe('Rows of a session are anonymous until one of them names a customer'),
  visitorId: text(255).optional().describe('Stands for an identifier of type cookie'),
  customerIdentifiers: InteractionBody.shape.customerIdentifiers.optional(),
};
const common = {
  occurredAt: timestamp().optional().describe('Default: when the request came in'),
  contentId: text(255).optional(),
  externalId: text(255).optional().describe('Makes a repeated request a duplicate'),
};

export const EventBody = z
  .strictObject({
    type: text(64).describe('page_view, form_submission, button_click, video_view, download, or one of your own'),
    ...who,
    ...common,
    url: url().optional(),
    properties: freeForm().optional(),
  })
  .meta({ id: 'EventInput' });

export const PageViewBody = z
  .strictObject({
    url: url().optional(),
    page: text(2048).optional().describe('The path, where there is no URL'),
    title: text(512).optional(),
    referrer: text(2048).optional(),
    ...who,
    sessionId: text(128).describe('Rows of a session are anonymous until one of them names a customer'),
    ...common,
    utm: InteractionBody.shape.utm.describe('Default: the utm_ parameters of the URL'),
    durationSeconds: z.number().int().min(0).max(86_400).optional(),
  })
  .meta({ id: 'PageViewInput' });

/** What a browser sends: one of three, told apart by `type`. Each belongs to a session. */
export const HitBody = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('page'), ...PageViewBody.shape }),
    z.strictObject({
      ...EventBody.shape,
      type: z.literal('event'),
      name: text(64).describe('form_submission, button_click, video_view, download, or one of your own'),
      sessionId: PageViewBody.shape.sessionId,
    }),
    z.strictObject({
      type: z.literal('identify'),
      ...who,
      sessionId: PageViewBody.shape.sessionId,
      customerIdentifiers: InteractionBody.shape.customerIdentifiers,
      occurredAt: common.occurredAt,
      externalId: common.externalId,
    }),
  ])
  .meta({ id: 'Hit' });
