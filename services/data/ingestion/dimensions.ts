import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { WorkSource } from '../../../domain/data/touch-source.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { InteractionInput } from './facts.ts';

/** Vendor ids by code, of those that exist. */
export async function findVendors(ctx: Ctx, codes: readonly string[]): Promise<Map<string, string>> {
  const distinct = [...new Set(codes)];
  if (distinct.length === 0) return new Map();
  const rows = await ctx.tx
    .selectFrom('vendors')
    .select(['id', 'code'])
    .where('code', 'in', distinct)
    .where('deleted_at', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.code, row.id]));
}

/** Vendor ids by code; unknown codes create the vendor. @param known what `findVendors` says of them */
export async function ensureVendors(
  ctx: Ctx,
  codes: readonly string[],
  known?: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const found = known ?? (await findVendors(ctx, codes));
  const missing = [...new Set(codes)].filter((code) => !found.has(code)).sort();
  if (missing.length === 0) return found;
  await ctx.tx
    .insertInto('vendors')
    .values(missing.map((code) => ({ code, name: code })))
    .onConflict((conflict) => conflict.columns(['organization_id', 'code']).where('deleted_at', 'is', null).doNothing())
    .execute();
  return new Map([...found, ...(await findVendors(ctx, missing))]);
}

export interface TouchSource {
  vendorId: string | null;
  campaign: string | null;
  contentId: string | null;
  utm: Record<string, string> | null;
  /** Cadence, step, template, variant, sender …: what of outreach was at work. */
  outreach: WorkSource | null;
}

/** The dimension row of a touch, or null when nothing beyond the channel is known. */
export function touchSourceOf(
  input: Pick<InteractionInput, 'campaign' | 'contentId' | 'utm' | 'outreach'>,
  vendorId: string | null,
): TouchSource | null {
  const source = {
    vendorId,
    campaign: input.campaign ?? null,
    contentId: input.contentId ?? null,
    utm: input.utm ? inOrder(input.utm) : null,
    outreach: input.outreach && Object.keys(input.outreach).length > 0 ? inOrder(input.outreach) : null,
  };
  return Object.values(source).some((value) => value !== null) ? source : null;
}

const inOrder = <Values extends WorkSource | Record<string, string>>(values: Values): Values =>
  Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))) as Values;

/** What is absent adds nothing, so that rows from before a dimension keep their fingerprint. */
const contentOf = ({ vendorId, campaign, contentId, utm, outreach }: TouchSource): string =>
  JSON.stringify([vendorId, campaign, contentId, utm, ...(outreach ? [outreach] : [])]);

/** One id per entry of `sources`: equal sources share one row. */
export async function ensureTouchSources(
  ctx: Ctx,
  sources: readonly (TouchSource | null)[],
): Promise<(string | null)[]> {
  const contents = sources.map((source) => source && contentOf(source));
  // Few sources stand behind many touches: each is hashed once.
  const hashes = new Map<string, string>();
  const wanted = new Map<string, TouchSource>();
  for (const [index, content] of contents.entries()) {
    if (content === null || hashes.has(content)) continue;
    const fingerprint = createHash('sha256').update(content).digest('hex');
    hashes.set(content, fingerprint);
    wanted.set(fingerprint, sources[index]!);
  }
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
            outreach: source.outreach ? JSON.stringify(source.outreach) : null,
          };
        }),
      )
      .onConflict((conflict) => conflict.columns(['organization_id', 'fingerprint']).doNothing())
      .execute();
    found = await find();
  }
  const ids = new Map(found.map((row) => [row.fingerprint, row.id]));
  return contents.map((content) => (content === null ? null : ids.get(hashes.get(content)!)!));
}
