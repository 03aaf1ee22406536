import { z } from 'zod';
import {
  EMAIL_EVENT_TYPES,
  listEmailEvents,
  organizationOfLink,
  readUnsubscribeLink,
  recordClick,
  recordOpen,
  unsubscribeByLink,
} from '../../services/outreach/index.ts';
import { defineEndpoint, type RawRequest } from '../http/endpoint.ts';
import { PAGE_POLICY } from '../http/page.ts';
import { freeForm, id, pageQuery, timestamp } from '../http/schemas.ts';
import type { Tools } from '../http/tools.ts';
import { unsubscribedPage, unsubscribePage } from './unsubscribe-page.ts';

const face = 'b' as const;
const tag = 'emails';
const params = z.strictObject({ token: z.string().max(200) });

/** Whoever opens a link of a message has no credential; the token says whose it is, and the verb whether it is signed. */
const open = { face, tag, credential: 'none', rateLimit: 'webhook', errors: [404] } as const;
const preparedLink = async (
  { params: { token }, raw }: { params: { token: string }; raw: RawRequest },
  { mailing }: Tools,
) => ({
  value: {
    token,
    secrets: mailing.secrets,
    ipAddress: raw.remoteAddress === 'unknown' ? null : raw.remoteAddress,
    userAgent: raw.header('user-agent') ?? null,
  },
  as: { organizationId: organizationOfLink(token), userId: null },
});
const sent = (kind: string, pattern: string) => ({
  name: `A ${kind} of a mail`,
  after: ['sendEmail', { operation: 'listOutbox', until: { '0.channel': 'email' } }],
  params: { token: `{{listOutbox.0.html~${pattern}/([\\w-]+)}}` },
});

/** A transparent pixel. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

export const trackOpenEndpoint = defineEndpoint({
  ...open,
  operationId: 'trackEmailOpen',
  method: 'get',
  transaction: 'write',
  path: '/emails/track/open/{token}',
  summary: 'The pixel of a message',
  description: "Writes an open down, as a person's or, with the reason, as a machine's.",
  params,
  response: z.string(),
  reply: { mediaType: 'image/gif', render: () => ({ body: PIXEL }) },
  verb: recordOpen,
  prepare: preparedLink,
  input: (_, prepared) => prepared,
  shownBy: { operation: 'listEmailEvents', query: { type: 'open' } },
  examples: [sent('pixel', 'track/open')],
});

export const trackClickEndpoint = defineEndpoint({
  ...open,
  operationId: 'trackEmailClick',
  method: 'get',
  transaction: 'write',
  path: '/emails/track/click/{token}',
  summary: 'A link of a message',
  description:
    'Writes the click down and leads on (302). The token names a link of one message and no address, so it leads nowhere else.',
  params,
  response: z.string(),
  reply: { mediaType: 'text/html', status: 302, render: ({ url }) => ({ body: null, headers: { location: url } }) },
  verb: recordClick,
  prepare: preparedLink,
  input: (_, prepared) => prepared,
  shownBy: { operation: 'listEmailEvents', query: { type: 'click' } },
  examples: [sent('link', 'track/click')],
});

export const showUnsubscribeEndpoint = defineEndpoint({
  ...open,
  operationId: 'showUnsubscribe',
  method: 'get',
  path: '/emails/unsubscribe/{token}',
  summary: 'The page that asks whether to unsubscribe; looking changes nothing',
  params,
  response: z.string(),
  reply: {
    mediaType: 'text/html; charset=utf-8',
    render: (link) => ({ body: unsubscribePage(link), headers: PAGE_POLICY }),
  },
  verb: readUnsubscribeLink,
  prepare: preparedLink,
  input: (_, prepared) => prepared,
  examples: [sent('link', 'emails/unsubscribe')],
});

export const unsubscribeEndpoint = defineEndpoint({
  ...open,
  operationId: 'unsubscribe',
  method: 'post',
  path: '/emails/unsubscribe/{token}',
  summary: 'Unsubscribe, from the page or by one click of a mail program (RFC 8058)',
  description: 'Answered once no message to the address is on its way any more. Repeating it changes nothing.',
  idempotent: false,
  bodyKind: 'form',
  params,
  body: freeForm(),
  response: z.string(),
  reply: {
    mediaType: 'text/html; charset=utf-8',
    render: ({ address }) => ({ body: unsubscribedPage(address), headers: PAGE_POLICY }),
  },
  verb: unsubscribeByLink,
  prepare: preparedLink,
  input: ({ body }, { token, secrets }) => ({ token, secrets, oneClick: body['List-Unsubscribe'] === 'One-Click' }),
  shownBy: { operation: 'listUnsubscribes', shows: { '0.source': 'one_click' } },
  examples: [{ ...sent('link', 'emails/unsubscribe'), body: { 'List-Unsubscribe': 'One-Click' } }],
});

const EmailEvent = z
  .strictObject({
    id: id(),
    type: z.enum(EMAIL_EVENT_TYPES),
    occurredAt: timestamp(),
    url: z.string().nullable(),
    ipAddress: z.string().nullable(),
    userAgent: z.string().nullable(),
    machineReason: z.string().nullable().describe("Why an open or a click was no person's; null: it was one"),
    data: freeForm(),
  })
  .meta({ id: 'EmailEvent' });

export const listEmailEventsEndpoint = defineEndpoint({
  operationId: 'listEmailEvents',
  face,
  method: 'get',
  path: '/emails/{id}/events',
  tag,
  summary: 'What became of an e-mail, in order',
  errors: [404],
  list: 'page',
  params: z.strictObject({ id: id() }),
  query: z.strictObject({ ...pageQuery, type: z.enum(EMAIL_EVENT_TYPES).optional() }),
  response: EmailEvent,
  verb: listEmailEvents,
  input: ({ params: given, query }) => ({ ...given, ...query }),
  examples: [{ name: 'Of one that was sent', params: { id: '{{sendEmail.id}}' } }],
});
