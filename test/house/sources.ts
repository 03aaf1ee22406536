import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Source {
  /** From the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  /** A path from the project's root, or a package such as `hono` or `node:fs`. */
  readonly target: string;
  readonly isPackage: boolean;
  /** `import type` and `export type`: gone when the file runs. */
  readonly typeOnly: boolean;
}

/** Every TypeScript file of the project that somebody wrote or generated as source. */
export function readSources(): Source[] {
  const skip = (name: string) => ['node_modules', 'test-results', 'dist'].includes(name) || name.startsWith('.');
  return globSync('**/*.ts', { cwd: ROOT, exclude: (path) => skip(path.split(/[\\/]/).at(-1) ?? '') })
    .sort()
    .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(ROOT, path), 'utf8') }));
}

// The formatter puts every declaration at the start of a line and ends it with a semicolon.
const DECLARATION = /^(?:import|export)(\s+type)?\b(?:[^;'"`]*?\bfrom)?\s*['"]([^'"]+)['"](?: with \{[^}]*\})?;$/gm;
const EXPRESSION = /(\btypeof\s+)?\bimport\(\s*['"]([^'"]+)['"]/g;

export function importsOf({ path, text }: Source): Import[] {
  return [DECLARATION, EXPRESSION].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, type, specifier]) => {
      const isPackage = !specifier!.startsWith('.');
      return {
        target: isPackage ? specifier! : posix.join(posix.dirname(path), specifier!),
        isPackage,
        typeOnly: type !== undefined,
      };
    }),
  );
}

/** `@scope/name/deep` → `@scope/name`; the modules of Node keep their own names. */
export function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
