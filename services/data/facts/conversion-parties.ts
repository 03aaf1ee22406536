import { sql } from 'kysely';
import { invalidAll } from '../../../domain/core/errors.ts';
import { verb } from '../../core/context.ts';
import { FactCheck, type RawIdentifier } from '../ingestion/facts.ts';
import { phoneRegion } from '../ingestion/ingest-facts.ts';
import { keepCanonical } from '../journey/link-customers.ts';
import { findIdentifiers, resolveFacts } from '../journey/resolve-customers.ts';
import { readConversion } from './conversion-view.ts';

export interface PartyInput {
  role: string;
  customerIdentifiers: readonly RawIdentifier[];
}

/**
 * Further parties of a conversion beside its customer, whose touches count for it as well: contacts of a deal, an account.
 * A party that is there already stays once. Answers the parties' customer records, in order.
 * @throws AppError not_found; validation for identifiers that cannot be read.
 */
export const addConversionParties = verb(
  { permission: 'data.ingest' },
  async (ctx, { id, parties }: { id: string; parties: readonly PartyInput[] }): Promise<string[]> => {
    if (parties.length === 0) return [];
    const conversion = await readConversion(ctx, id);
    const region = await phoneRegion(
      ctx,
      parties.map((party) => ({ customerIdentifiers: [...party.customerIdentifiers] })),
    );
    const refused = new FactCheck();
    const identifiers = parties.map((party) => refused.identifiers(party.customerIdentifiers, region));
    const refusal = refused.refusal();
    if (refusal) throw invalidAll(refusal.extras.issues ?? []);
    const origin = { type: 'conversion', externalId: conversion.externalEventId, at: conversion.occurredAt };
    const known = await findIdentifiers(ctx, identifiers.flat());
    const { customerIds, linked } = await resolveFacts(
      ctx,
      identifiers,
      known,
      identifiers.map(() => origin),
    );
    const rows = parties.map(({ role }, index) => ({ role, customer_id: customerIds[index]! }));
    await sql`
      insert into conversion_parties (organization_id, conversion_id, customer_id, role)
      select ${ctx.organizationId}, ${id}, row.customer_id, min(row.role)
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(role text, customer_id uuid)
      where row.customer_id <> ${conversion.customerId}
        and not exists (
          select from conversion_parties p
          where p.organization_id = ${ctx.organizationId} and p.conversion_id = ${id}
            and p.customer_id = row.customer_id and p.ended_xid is null)
      group by row.customer_id`.execute(ctx.tx);
    if (linked.length > 0) await keepCanonical(ctx, linked);
    return customerIds;
  },
);
