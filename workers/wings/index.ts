import { createAgentWork } from './agent.ts';
import { createCrmWork } from './crm.ts';
import { createDataWork } from './data.ts';
import { createInsightWork } from './insight.ts';
import { createIntegrationsWork } from './integrations.ts';
import { createOutreachWork } from './outreach.ts';
import { createPlatformWork } from './platform.ts';
import { createServiceWork } from './service.ts';
import type { WingWork, WorkTools } from './work.ts';

const WINGS = [
  createPlatformWork,
  createDataWork,
  createCrmWork,
  createOutreachWork,
  createAgentWork,
  createInsightWork,
  createServiceWork,
  createIntegrationsWork,
];

/** The work of all wings as one. */
export function createWork(tools: WorkTools): Required<WingWork> {
  const wings = WINGS.map((create) => create(tools));
  const merged = (queue: 'main' | 'bulk' | 'outbound'): object =>
    Object.assign({}, ...wings.map((wing) => wing[queue]));
  return {
    main: merged('main'),
    bulk: merged('bulk'),
    outbound: merged('outbound'),
    loops: wings.flatMap((wing) => wing.loops ?? []),
    sendGuards: wings.flatMap((wing) => wing.sendGuards ?? []),
    sendObservers: wings.flatMap((wing) => wing.sendObservers ?? []),
  };
}
