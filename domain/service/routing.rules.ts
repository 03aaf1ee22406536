export const ROUTING_STRATEGIES = ['assignee', 'team', 'round_robin', 'least_loaded', 'skill', 'language'] as const;
export type RoutingStrategy = (typeof ROUTING_STRATEGIES)[number];

/** Somebody whom a rule may choose. */
export interface RoutingMember {
  readonly userId: string;
  readonly skills?: readonly string[] | undefined;
  /** Language codes; a person's own counts too. */
  readonly languages?: readonly string[] | undefined;
  /** Open tickets at most; absent: any number. */
  readonly maxOpen?: number | undefined;
}

/** A member as they are at this moment. */
export interface RoutingCandidate extends RoutingMember {
  readonly openTickets: number;
}

export interface RoutedTicket {
  readonly tags: readonly string[];
  readonly language: string | null;
}

/**
 * Whom the strategy takes; null: nobody can. Members with all the places taken are passed over. `skill` takes who knows the most of the
 * ticket's tags, `language` who speaks it (`pt` serves `pt-BR`); both then take the one with the fewest open tickets.
 */
export function chooseMember(
  strategy: RoutingStrategy,
  members: readonly RoutingCandidate[],
  ticket: RoutedTicket,
  lastAssignedId: string | null,
): string | null {
  const free = members.filter(({ maxOpen, openTickets }) => maxOpen === undefined || openTickets < maxOpen);
  if (free.length === 0) return null;
  if (strategy === 'round_robin') return nextInTurn(members, free, lastAssignedId);
  if (strategy === 'skill') {
    const known = (member: RoutingCandidate) =>
      (member.skills ?? []).filter((skill) => ticket.tags.includes(skill)).length;
    const most = Math.max(...free.map(known));
    return most === 0 ? null : leastLoaded(free.filter((member) => known(member) === most));
  }
  if (strategy === 'language') {
    if (ticket.language === null) return null;
    const speaking = free.filter(({ languages }) => (languages ?? []).some((one) => speaks(one, ticket.language!)));
    return speaking.length === 0 ? null : leastLoaded(speaking);
  }
  return leastLoaded(free);
}

const speaks = (known: string, wanted: string): boolean =>
  known.toLowerCase() === wanted.toLowerCase() || known.toLowerCase() === wanted.toLowerCase().split('-')[0];

/** Ties go to whom the rule names first. */
const leastLoaded = (members: readonly RoutingCandidate[]): string =>
  members.reduce((best, member) => (member.openTickets < best.openTickets ? member : best)).userId;

function nextInTurn(
  members: readonly RoutingCandidate[],
  free: readonly RoutingCandidate[],
  lastAssignedId: string | null,
): string {
  const last = members.findIndex(({ userId }) => userId === lastAssignedId);
  const turn = members.map((_, index) => members[(last + 1 + index) % members.length]!);
  return turn.find((member) => free.includes(member))!.userId;
}
