import type { BundleOptions } from './bundle.ts';
import { buildBundle, PRODUCT_BUNDLE } from './bundle.ts';

/** `node temporal/build-bundle.ts [options as JSON]`: fills the cache and prints the path. */
const [argument] = process.argv.slice(2);
const options = argument === undefined ? PRODUCT_BUNDLE : (JSON.parse(argument) as BundleOptions);
process.stdout.write(`${await buildBundle(options)}\n`);
