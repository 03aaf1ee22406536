import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../../dev/host.ts';
import type { JournalEntry } from '../lib/provider.ts';

/** The providers' own descriptions of their APIs, where they lie beside the clone. */
const PLACES = ['../shared/specs', '../../shared/specs'].map((place) => join(ROOT, place));

const DESCRIBED = {
  sendgrid: {
    file: 'sendgrid_tsg_mail_v3.json',
    path: '/v3/mail/send',
    type: 'application/json',
    body: ({ request }: JournalEntry) => request.body as unknown,
  },
  twilio: {
    file: 'twilio_api_v2010.json',
    path: '/2010-04-01/Accounts/{AccountSid}/Messages.json',
    type: 'application/x-www-form-urlencoded',
    body: ({ request }: JournalEntry): unknown => Object.fromEntries(new URLSearchParams(request.text)),
  },
} as const;

/**
 * Requests that the provider's own description does not allow: of another shape, or with fields that it does not know. Null
 * where there is no description on this machine.
 */
export function offSpec(provider: keyof typeof DESCRIBED, journal: readonly JournalEntry[]): number | null {
  const { file, path, type, body } = DESCRIBED[provider];
  const folder = PLACES.find((place) => existsSync(join(place, file)));
  if (folder === undefined) return null;
  const spec = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const { post } = spec.paths[path];
  const content = post.requestBody.content ?? at(spec, post.requestBody.$ref).content;
  // The references of the description are those of a schema that stands alone.
  const whole = { ...content[type].schema, $defs: spec.components.schemas };
  const schema = z.fromJSONSchema(JSON.parse(JSON.stringify(whole).replaceAll('#/components/schemas/', '#/$defs/')));
  const known = new Set(Object.keys(whole.properties));
  return journal.filter((entry) => {
    const given = body(entry);
    return !schema.safeParse(given).success || Object.keys(given as object).some((name) => !known.has(name));
  }).length;
}

// biome-ignore lint/suspicious/noExplicitAny: a document of any shape
const at = (document: any, reference: string): any =>
  reference
    .slice(2)
    .split('/')
    .reduce((node, name) => node[name], document);

/** As a count that must be 0, or as a note that nobody could look. */
export function specCount(provider: keyof typeof DESCRIBED, journal: readonly JournalEntry[]) {
  const count = offSpec(provider, journal);
  return count === null
    ? { counts: {}, notes: { description: 'absent' } }
    : { counts: { offSpec: count }, notes: { requests: journal.length } };
}
