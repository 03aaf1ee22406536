import {
  type AgentDeps,
  type AgentProgress,
  advanceProspect,
  type Progress,
  tickAgent,
} from '../../services/agent/bdr/index.ts';
import type { Clock } from '../../services/core/clock.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import type { BdrAgentInput } from '../../workflows/agent/bdr-agent.contract.ts';
import type { BdrProspectInput } from '../../workflows/agent/bdr-prospect.contract.ts';
import { withHeartbeat } from '../core/heartbeat.ts';

export type BdrActivities = ReturnType<typeof createBdrActivities>;

export interface BdrActivityDeps extends AgentDeps {
  readonly clock: Clock;
}

export function createBdrActivities({ clock, ...deps }: BdrActivityDeps) {
  const scopeOf = (organizationId: string) => ({ organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() });
  return {
    /** Takes every step on one person that is due, and says when to look again. */
    bdrAdvance: ({ organizationId, executionId, generation }: BdrProspectInput): Promise<Progress> =>
      withHeartbeat(({ signal }) =>
        advanceProspect(deps, scopeOf(organizationId), { executionId, generation }, signal),
      ),

    /** Looks for people to begin with, and says when to look again. */
    bdrTick: async ({ organizationId, teamId, generation }: BdrAgentInput): Promise<AgentProgress> => {
      await deps.faultPoint('bdr.before-tick');
      return inTransaction(deps.db, scopeOf(organizationId), (ctx) => tickAgent(ctx, { teamId, generation }));
    },
  };
}
