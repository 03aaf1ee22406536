import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { InteractionInput } from './facts.ts';

/** Vendor ids by code; unknown codes create the vendor. */
export async function ensureVendors(ctx: Ctx, codes: readonly string[]): Promise<Map<string, string>> {
  const distinct = [...new Set(codes)].sort();
  if (distinct.length === 0) return new Map();
  const find = () =>
    ctx.tx
      .selectFrom('vendors')
      .select(['id', 'code'])
      .where('code', 'in', distinct)
      .where('deleted_at', 'is', null)
      .execute();
  let found = await find();
  if (found.length < distinct.length) {
    await ctx.tx
      .insertInto('vendors')
      .values(distinct.map((code) => ({ code, name: code })))
      .onConflict((conflict) =>
        conflict.columns(['organization_id', 'code']).where('deleted_at', 'is', null).doNothing(),
      )
      .execute();
    found = await find();
  }
  return new Map(found.map((row) => [row.code, row.id]));
}

export interface TouchSource {
  vendorId: string | null;
  campaign: string | null;
  contentId: string | null;
  utm: Record<string, string> | null;
}

/** The dimension row of a touch, or null when nothing beyond the channel is known. */
export function touchSourceOf(input: InteractionInput, vendorId: string | null): TouchSource | null {
  const source = {
    vendorId,
    campaign: input.campaign ?? null,
    contentId: input.contentId ?? null,
    utm: input.utm ? Object.fromEntries(Object.entries(input.utm).sort(([a], [b]) => (a < b ? -1 : 1))) : null,
  };
  return Object.values(source).some((value) => value !== null) ? source : null;
}

const fingerprintOf = (source: TouchSource): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([source.vendorId, source.campaign, source.contentId, source.utm]))
    .digest();

/** One id per entry of `sources`: equal sources share one row. */
export async function ensureTouchSources(
  ctx: Ctx,
  sources: readonly (TouchSource | null)[],
): Promise<(string | null)[]> {
  const wanted = new Map(
    sources.flatMap((source) => (source ? [[fingerprintOf(source).toString('hex'), source] as const] : [])),
  );
  if (wanted.size === 0) return sources.map(() => null);
  const fingerprints = [...wanted.keys()].sort();
  const find = async () => {
    const { rows } = await sql<{ id: string; fingerprint: string }>`
      select id, encode(fingerprint, 'hex') as fingerprint from touch_sources
      where organization_id = ${ctx.organizationId}
        and fingerprint in (select decode(f, 'hex') from unnest(${sql.val(fingerprints)}::text[]) f)`.execute(ctx.tx);
    return rows;
  };
  let found = await find();
  if (found.length < fingerprints.length) {
    await ctx.tx
      .insertInto('touch_sources')
      .values(
        fingerprints.map((fingerprint) => {
          const source = wanted.get(fingerprint)!;
          return {
            fingerprint: Buffer.from(fingerprint, 'hex'),
            vendor_id: source.vendorId,
            campaign: source.campaign,
            content_id: source.contentId,
            utm: source.utm ? JSON.stringify(source.utm) : null,
          };
        }),
      )
      .onConflict((conflict) => conflict.columns(['organization_id', 'fingerprint']).doNothing())
      .execute();
    found = await find();
  }
  const ids = new Map(found.map((row) => [row.fingerprint, row.id]));
  return sources.map((source) => (source ? ids.get(fingerprintOf(source).toString('hex'))! : null));
}
