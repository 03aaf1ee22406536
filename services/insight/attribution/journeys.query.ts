import { type RawBuilder, sql } from 'kysely';
import { type Dimension, isDataDriven, NO_VALUE } from '../../../domain/insight/attribution.rules.ts';
import { behaviorTouches } from './behavior-touches.query.ts';
import { currentAtStart, type FrozenRun, seenAtStart } from './conversions.query.ts';

/** Which of the optional, dearer columns of a touch the run's models read. */
export const needsMilestones = ({ config, inputs }: FrozenRun): boolean =>
  config.models.some((model) => model === 'W_SHAPED' || model === 'FULL_PATH') &&
  inputs.milestoneEventTypes.lead.length + inputs.milestoneEventTypes.opportunity.length > 0;

export const needsValues = ({ config }: FrozenRun): boolean => config.models.some(isDataDriven);

const VALUES: Readonly<Record<Dimension, RawBuilder<string>>> = {
  channel: sql`touch.channel`,
  campaign: sql`coalesce(source.campaign, ${NO_VALUE})`,
  vendor: sql`coalesce(touch.vendor_id::text, ${NO_VALUE})`,
  source: sql`coalesce(source.utm ->> 'source', ${NO_VALUE})`,
};

/** What a data-driven model tells a `touch` apart by; needs `valueSource` among the joins. Sorts by bytes. */
export const touchValue = ({ config }: FrozenRun): RawBuilder<string> =>
  sql<string>`(${VALUES[config.dimension]} collate "C")`;

export const valueSource = ({ config, organizationId }: FrozenRun): RawBuilder<unknown> =>
  config.dimension === 'campaign' || config.dimension === 'source'
    ? sql`left join touch_sources source on source.organization_id = ${organizationId} and source.id = touch.touch_source_id`
    : sql``;

/** (conversion, record) from a CTE `conv`: every record of every party's person. Records are rows of customers. */
export function recordsOf({ organizationId, snapshot }: FrozenRun): RawBuilder<unknown> {
  const person = sql`
    select party.conversion_id, party.customer_id, coalesce(link.canonical_id, party.customer_id) as canonical_id
    from (
      select id as conversion_id, customer_id from conv
      union all
      select p.conversion_id, p.customer_id
      from conv join conversion_parties p on p.organization_id = ${organizationId} and p.conversion_id = conv.id
      where ${currentAtStart('p', snapshot)}
    ) party
    left join identity_links link on link.organization_id = ${organizationId}
      and link.customer_id = party.customer_id and ${currentAtStart('link', snapshot)}`;
  return sql`
    select conversion_id, canonical_id as customer_id from (${person}) person
    union
    select person.conversion_id, member.customer_id
    from (${person}) person
    join identity_links member on member.organization_id = ${organizationId}
      and member.canonical_id = person.canonical_id and ${currentAtStart('member', snapshot)}`;
}

/** Touches in the window from CTEs `conv` and `record`, numbered in the one order of all models: start, external id, id. */
export function placedTouches(run: FrozenRun, more: RawBuilder<unknown> = sql``): RawBuilder<unknown> {
  const { config } = run;
  const widest = Math.max(
    config.timeWindowHours,
    ...Object.values(config.channelWindows),
    ...Object.values(config.eventTypeWindows),
  );
  const special = Object.keys(config.channelWindows).length + Object.keys(config.eventTypeWindows).length > 0;
  const inWindow = sql`and i.started_at between conv.occurred_at - ${hours(widest)} and conv.occurred_at`;
  const meanProbability = config.models.includes('AI_WEIGHTED')
    ? sql`, avg(touch.purchase_probability) over journey as mean_probability`
    : sql``;
  const value = needsValues(run) ? sql`, ${touchValue(run)} as value` : sql``;
  return sql`
    select conv.id as conversion_id, conv.amount_minor, conv.currency, conv.occurred_at,
           touch.id as interaction_id, touch.version, touch.customer_id, touch.channel, touch.vendor_id,
           touch.touch_source_id, touch.started_at, touch.purchase_probability, touch.primary_intent,
           row_number() over journey as position, count(*) over journey as touches,
           max(touch.started_at) over journey as newest_at
           ${meanProbability} ${value} ${more}
    from record
    join conv on conv.id = record.conversion_id
    cross join lateral (${touchesOf(run, sql`i.customer_id = record.customer_id`, inWindow)}) touch
    ${needsValues(run) ? valueSource(run) : sql``}
    ${special ? sql`where touch.started_at >= conv.occurred_at - ${narrowWindow(run)}` : sql``}
    window journey as (partition by conv.id order by touch.started_at, touch.external_id, touch.id
                       rows between unbounded preceding and unbounded following)`;
}

/** Touches that pass the run's filters (`i`), current rows and history as the snapshot saw them. */
export function touchesOf(run: FrozenRun, whose: RawBuilder<unknown>, when: RawBuilder<unknown>): RawBuilder<unknown> {
  const { config, snapshot, organizationId } = run;
  const one = (table: 'interactions' | 'interactions_history') => sql`
    select i.id, i.version, i.customer_id, i.external_id, i.channel, i.vendor_id, i.touch_source_id, i.started_at,
           i.purchase_probability, i.primary_intent
    from ${sql.table(table)} i
    where i.organization_id = ${organizationId} and ${whose} and i.voided_at is null
      ${when}
      and ${(table === 'interactions' ? seenAtStart : currentAtStart)('i', snapshot)}
      ${config.includeChannels.length > 0 ? sql`and i.channel = any(${sql.val(config.includeChannels)}::text[])` : sql``}
      ${config.vendorId ? sql`and i.vendor_id = ${config.vendorId}` : sql``}
      ${config.teamId ? touchedByTeam(organizationId, config.teamId) : sql``}`;
  const kinds = [one('interactions'), one('interactions_history'), ...behaviorTouches(run, whose, when)];
  return sql.join(kinds, sql` union all `);
}

const touchedByTeam = (organizationId: string, teamId: string): RawBuilder<unknown> => sql`and exists (
  select from interaction_participants p
  where p.organization_id = ${organizationId} and p.interaction_id = i.id and p.interaction_version = i.version
    and p.team_id = ${teamId})`;

const hours = (count: number): RawBuilder<unknown> => sql`make_interval(secs => ${count * 3600}::double precision)`;

/** Where a channel's and an event type's window apply, the narrower one; the general window else. */
function narrowWindow({ config }: FrozenRun): RawBuilder<unknown> {
  const given = (windows: Record<string, number>, key: RawBuilder<unknown>) =>
    sql`(${JSON.stringify(windows)}::jsonb ->> ${key})::double precision`;
  return sql`make_interval(secs => 3600 * coalesce(
    least(${given(config.channelWindows, sql`touch.channel`)}, ${given(config.eventTypeWindows, sql`conv.event_type`)}),
    ${config.timeWindowHours}::double precision))`;
}

/**
 * (conversion_id, lead_at, opportunity_at) from CTEs `conv` and `record`: when its people first reached a milestone,
 * by an event or a conversion of its types; null when they had not at the time of the conversion.
 */
export function milestonesOf(run: FrozenRun): RawBuilder<unknown> {
  const { lead, opportunity } = run.inputs.milestoneEventTypes;
  const types = sql.val([...new Set([...lead, ...opportunity])]);
  const { organizationId, snapshot } = run;
  const first = (of: readonly string[], name: string) => sql`
    case when min(reached.at) filter (where reached.type = any(${sql.val(of)}::text[])) <= conv.occurred_at
      then min(reached.at) filter (where reached.type = any(${sql.val(of)}::text[])) end as ${sql.ref(name)}`;
  const facts = (table: 'conversions' | 'conversions_history') => sql`
    select c.event_type, c.occurred_at from ${sql.table(table)} c
    where c.organization_id = ${organizationId} and c.customer_id = record.customer_id and c.voided_at is null
      and c.event_type = any(${types}::text[])
      and ${(table === 'conversions' ? seenAtStart : currentAtStart)('c', snapshot)}`;
  return sql`
    select conv.id as conversion_id, ${first(lead, 'lead_at')}, ${first(opportunity, 'opportunity_at')}
    from record
    join conv on conv.id = record.conversion_id
    cross join lateral (
      select e.type, e.occurred_at as at from events e
      where e.organization_id = ${organizationId} and e.customer_id = record.customer_id
        and e.type = any(${types}::text[]) and ${seenAtStart('e', snapshot)}
      union all
      select e.type, e.occurred_at
      from behavior_owners_history owner
      join events e on e.organization_id = ${organizationId} and e.id = owner.fact_id
      where owner.organization_id = ${organizationId} and owner.customer_id = record.customer_id
        and e.type = any(${types}::text[]) and ${currentAtStart('owner', snapshot, 'events')}
      union all ${facts('conversions')} union all ${facts('conversions_history')}
    ) reached
    group by conv.id, conv.occurred_at`;
}
