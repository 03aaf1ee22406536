import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PRODUCT_BUNDLE, workflowBundle } from '../../temporal/bundle.ts';
import { installRuntime } from '../../temporal/runtime.ts';
import { quietLogger } from './harness.ts';
import { readHistories, replayHistories } from './histories.ts';

const ROOT = dirname(PRODUCT_BUNDLE.workflowsPath);

describe('recorded histories', () => {
  const histories = readHistories(ROOT);

  it('exist for every workflow type, so that no workflow changes unnoticed', async () => {
    expect(existsSync(PRODUCT_BUNDLE.workflowsPath)).toBe(true);
    const exported = (await import(pathToFileURL(PRODUCT_BUNDLE.workflowsPath).href)) as Record<string, unknown>;
    const types = Object.keys(exported).filter((name) => typeof exported[name] === 'function');
    const recorded = new Set(histories.map(({ workflowType }) => workflowType));
    const missing = types.filter((type) => !recorded.has(type));
    expect(missing, 'Record one: npm run histories -- --help').toEqual([]);
    const gone = [...recorded].filter((type) => !types.includes(type));
    expect(gone, 'Their executions may still run: keep the workflow, or delete its histories at a release.').toEqual(
      [],
    );
  }, 60_000);

  it('show three ways at least in which each process can go', () => {
    const ways = Map.groupBy(histories, ({ workflowType }) => workflowType);
    const few = [...ways].filter(([, recorded]) => recorded.length < 3).map(([type]) => type);
    expect(few, 'Record more, or describe them in shapes.ts: npm run histories -- --help').toEqual([]);
  });

  it('replay with the workflows as they are now', async () => {
    installRuntime({ logger: quietLogger, service: 'test' });
    const { codePath } = await workflowBundle();
    const misfits = await replayHistories(codePath, histories);
    // A misfit breaks running executions: guard the change with patched(), or restore the old order of commands.
    expect(misfits).toEqual({});
  }, 120_000);
});
