import { z } from 'zod';
import { freeForm, id, text, timestamp } from '../core/shapes.input.ts';
import { INTENT_SIGNAL_TYPE_NAMES, INTENT_SIGNAL_TYPES } from './intent.rules.ts';
import { domainName, emailAddress, webAddress } from './record.input.ts';

const defaults = Object.entries(INTENT_SIGNAL_TYPES)
  .map(([name, rule]) => `${name} ${rule.strength}`)
  .join(', ');

/** A signal as it comes in, by the API or in a file. */
export const SignalBody = z
  .strictObject({
    type: z.enum(INTENT_SIGNAL_TYPE_NAMES),
    prospectId: id().optional().describe('Of a person; or else accountId'),
    accountId: id().optional().describe('Of a company as a whole; counts half for each of its people'),
    strength: z.number().int().min(1).max(100).optional().describe(`1 to 100. Default by type: ${defaults}`),
    source: text(64).optional().describe('Who told it. Default: api'),
    sourceKey: text(255).optional().describe('Makes a repeated request a duplicate'),
    topic: text(100).optional(),
    title: text(300).optional(),
    url: webAddress().optional(),
    data: freeForm().optional(),
    occurredAt: timestamp().optional().describe('Default: when the request came in'),
    expiresAt: timestamp().optional().describe('Default: by the type, 60 to 270 days after it happened'),
  })
  .meta({ id: 'IntentSignalInput' });

/** One row of a file: people and companies also by their address and domain. */
export const SignalRow = z.strictObject({
  ...SignalBody.shape,
  prospectEmail: emailAddress().optional(),
  accountDomain: domainName().optional(),
});
export type SignalRow = z.output<typeof SignalRow>;
