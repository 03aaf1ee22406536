import { createHash } from 'node:crypto';
import { type CallFacts, type CallState, callerIdentifiers, extrasOf } from '../../../domain/crm/live-call.rules.ts';
import type { InteractionInput, ParticipantInput } from '../../data/index.ts';

export interface CallToProject {
  readonly source: string;
  readonly callId: string;
  readonly facts: CallFacts;
  readonly state: CallState;
}

/** Ids of the teams that calls name, by whatever name they were given. */
export type TeamIds = ReadonlyMap<string, string>;

export const teamKey = (team: string | number): string => String(team).trim().toLowerCase();

/** By this name the call is an interaction, whoever looks for it. */
export const externalIdOf = ({ source, callId }: Pick<CallToProject, 'source' | 'callId'>): string =>
  `${source}:${callId}`;

/**
 * The interaction that the call is, as far as it is known; null while nobody knows who the other side is.
 * @param anonymous what stands for somebody who never will be known
 */
export function interactionOf(call: CallToProject, teams: TeamIds, anonymous: boolean): InteractionInput | null {
  const { facts, state } = call;
  const known = callerIdentifiers(facts);
  if (known.length === 0 && !anonymous) return null;
  const optional = <Name extends keyof InteractionInput>(name: Name, value: InteractionInput[Name] | null) =>
    value === undefined || value === null ? {} : { [name]: value };
  const outcome = facts.outcome?.value;
  return {
    externalInteractionId: externalIdOf(call),
    channel: 'call',
    startedAt: state.startedAt,
    customerIdentifiers: known.length > 0 ? known : [{ type: 'call', value: externalIdOf(call) }],
    participants: participantsOf(facts, teams),
    metadata: { ...extrasOf(facts), call_id: call.callId, ...(outcome === undefined ? {} : { outcome }) },
    ...optional('endedAt', state.endedAt),
    ...optional('direction', facts.direction?.value),
    ...optional('language', facts.language?.value),
    ...optional('vendorCode', facts.vendorCode?.value),
    ...optional('primaryIntent', facts.primaryIntent?.value),
    ...optional('purchaseProbability', facts.purchaseProbability?.value),
    ...optional('transcriptUrl', facts.transcriptUrl?.value),
    ...optional('cost', facts.cost?.value.amount),
    ...optional('costCurrency', facts.cost?.value.currency),
  };
}

/** A team that does not exist is left out: a call is not lost because of the name of a team. */
function participantsOf(facts: CallFacts, teams: TeamIds): ParticipantInput[] {
  const named = facts.team?.value;
  const teamId = named === undefined ? undefined : teams.get(teamKey(named));
  const externalId = facts.agentExternalId?.value;
  if (externalId === undefined) return teamId === undefined ? [] : [{ role: 'team', id: teamId }];
  return [{ role: 'agent', externalId, name: facts.agentName?.value, teamId }];
}

/** Equal for equal interactions: what has not changed is not corrected. */
export const fingerprintOf = (interaction: InteractionInput): string =>
  createHash('sha256').update(JSON.stringify(interaction)).digest('hex');
