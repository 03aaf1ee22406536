import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import pino from 'pino';
import { PRODUCT_BUNDLE, workflowBundle } from '../../temporal/bundle.ts';
import { installRuntime } from '../../temporal/runtime.ts';
import { readHistories, replayHistories } from '../../test/temporal/histories.ts';
import type { Trial } from '../lib/trial.ts';

/** F15: today's workflow code takes up what yesterday's has begun. */
export const replayedHistories: Trial = {
  id: 'F15',
  title: 'recorded histories under the workflow code of today',
  guarantee: 'Every workflow type has recorded histories, and none of them is nondeterministic with the code as it is.',
  async run() {
    const root = dirname(PRODUCT_BUNDLE.workflowsPath);
    const histories = readHistories(root);
    const exported = (await import(pathToFileURL(PRODUCT_BUNDLE.workflowsPath).href)) as Record<string, unknown>;
    const types = Object.keys(exported).filter((name) => typeof exported[name] === 'function');
    const recorded = new Set(histories.map(({ workflowType }) => workflowType));
    installRuntime({ logger: pino({ level: 'silent' }), service: 'faults' });
    const { codePath } = await workflowBundle();
    const misfits = await replayHistories(codePath, histories);
    return {
      trials: histories.length,
      counts: {
        nondeterministic: Object.keys(misfits).length,
        typesWithoutHistory: types.filter((type) => !recorded.has(type)).length,
      },
      notes: { types: types.length, ...misfits },
    };
  },
};
