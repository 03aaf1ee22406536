import { sql } from 'kysely';
import {
  DUPLICATE_REASONS,
  type DuplicateReason,
  differsByOneSlip,
  duplicateScore,
} from '../../../domain/data/duplicate.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import type { PageInput } from '../../core/page.ts';

export interface DuplicateView {
  customerIds: [string, string];
  /** 0 to 1. */
  score: number;
  reasons: { code: DuplicateReason; firstValue: string | null; secondValue: string | null }[];
}

interface Pair {
  first_id: string;
  second_id: string;
  reason: DuplicateReason;
  first_value: string | null;
  second_value: string | null;
}

/** Phones and e-mails are compared within the newest so many; older ones have had their chance. */
const COMPARED_IDENTIFIERS = 20_000;
/** A key that more people share than this tells nothing about two of them. */
const LARGEST_GROUP = 10;
const MOST_PAIRS = 5_000;

/** Pairs of persons that may be one, the likeliest first. Nothing is ever merged because of this list. */
export const listDuplicates = verb(
  { permission: 'analytics.journey.view' },
  async (ctx, { page, limit }: PageInput): Promise<{ items: DuplicateView[]; total: number }> => {
    const pairs = (await readPairs(ctx)).filter(
      ({ reason, first_value, second_value }) =>
        reason !== 'similar_email' || differsByOneSlip(nameOf(first_value!), nameOf(second_value!)),
    );
    const views = [...Map.groupBy(pairs, (pair) => `${pair.first_id} ${pair.second_id}`).values()].map(toView);
    views.sort((a, b) => b.score - a.score || (a.customerIds.join() < b.customerIds.join() ? -1 : 1));
    return { items: views.slice((page - 1) * limit, page * limit), total: views.length };
  },
);

/** The mailbox without its tag and dots. */
const nameOf = (email: string): string => email.split('@')[0]!.split('+')[0]!.replaceAll('.', '');

function toView(pairs: readonly Pair[]): DuplicateView {
  const byReason = new Map(pairs.map((pair) => [pair.reason, pair]));
  const codes = (Object.keys(DUPLICATE_REASONS) as DuplicateReason[]).filter((code) => byReason.has(code));
  return {
    customerIds: [pairs[0]!.first_id, pairs[0]!.second_id],
    score: duplicateScore(codes),
    reasons: codes.map((code) => ({
      code,
      firstValue: byReason.get(code)!.first_value,
      secondValue: byReason.get(code)!.second_value,
    })),
  };
}

/** People who share a key, in blocks of few; pairs that somebody told apart are left out. */
async function readPairs(ctx: Ctx): Promise<Pair[]> {
  const person = (column: string) => sql`
    coalesce((select l.canonical_id from identity_links l
              where l.organization_id = ${ctx.organizationId} and l.customer_id = ${sql.ref(column)}
                and l.ended_xid is null), ${sql.ref(column)})`;
  // Sizes of intermediate results are guesses: without statistics nested loops over them would take minutes.
  await sql`select set_config('enable_nestloop', 'off', true)`.execute(ctx.tx);
  const { rows } = await sql<Pair>`
    with recent as materialized (
      select i.type, i.value, ${person('i.customer_id')} as person_id
      from (select type, value, customer_id from customer_identifiers
            where organization_id = ${ctx.organizationId} and type in ('email', 'phone')
            order by id desc limit ${COMPARED_IDENTIFIERS}::integer) i
    ), email as materialized (
      select person_id, value, split_part(value, '@', 2) as domain,
             replace(split_part(split_part(value, '@', 1), '+', 1), '.', '') as name
      from recent where type = 'email'
    ), keyed as (
      select 'email_variant' as reason, name || '@' || domain as key, person_id, value from email
      union
      select 'email_name_and_phone_tail', e.name || ' ' || right(p.value, 7), e.person_id, e.value
      from email e join recent p on p.person_id = e.person_id and p.type = 'phone'
      union
      select 'similar_email', edge || '@' || domain, person_id, value
      from email cross join lateral (values ('<' || left(name, 4)), ('>' || right(name, 4))) as part(edge)
      where length(name) >= 5
      union
      select 'shared_device', visitor_id::text, person_id, null
      from (select k.customer_id as visitor_id, ${person('k.customer_id')} as owner_id, ${person('k.other_id')} as other_id
            from identity_conflicts k
            where k.organization_id = ${ctx.organizationId} and k.rule = 'earliest_claim'
            order by k.id desc limit ${COMPARED_IDENTIFIERS}::integer) doubt
      cross join lateral (values (owner_id), (other_id)) as side(person_id)
    ), grouped as (
      select *, count(*) over (partition by reason, key) as members from keyed
    ), apart as (
      select least(a, b) as first_id, greatest(a, b) as second_id
      from (select ${person('s.first_id')} as a, ${person('s.second_id')} as b from identity_separations s
            where s.organization_id = ${ctx.organizationId}) separation
    )
    select distinct on (a.person_id, b.person_id, a.reason, a.value, b.value)
           a.person_id as first_id, b.person_id as second_id, a.reason, a.value as first_value, b.value as second_value
    from grouped a
    join grouped b on b.reason = a.reason and b.key = a.key and a.person_id < b.person_id
    where a.members <= ${LARGEST_GROUP}::integer
      and not exists (select from apart where apart.first_id = a.person_id and apart.second_id = b.person_id)
    order by a.person_id, b.person_id, a.reason, a.value, b.value
    limit ${MOST_PAIRS}::integer`.execute(ctx.tx);
  return rows;
}
