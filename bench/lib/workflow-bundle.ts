import { join } from 'node:path';
import { ROOT } from '../../dev/host.ts';
import type { BundleOptions } from '../../temporal/bundle.ts';

export const BENCH_BUNDLE: BundleOptions = {
  workflowsPath: join(ROOT, 'bench', 'workflows', 'index.ts'),
  sourceRoots: [join(ROOT, 'bench', 'workflows')],
  cacheDir: join(ROOT, '.cache', 'bench-bundles'),
};

export const PRODUCT_QUEUE = 'bench-product';
export const FLOOR_QUEUE = 'bench-floor';
export const WORKFLOW_TYPE = 'oneActivityProcess';
