import { fileURLToPath } from 'node:url';
import type { BundleOptions } from '../../temporal/bundle.ts';

const root = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The test-only workflows in `test/temporal/workflows`. */
export const PROBE_BUNDLE: BundleOptions = {
  workflowsPath: root('test/temporal/workflows/index.ts'),
  sourceRoots: [root('test/temporal/workflows')],
  cacheDir: root('.cache/probe-bundles'),
};
