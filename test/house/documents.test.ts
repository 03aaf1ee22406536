import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './sources.ts';

const DOCUMENTS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'OPERATIONS.md',
  'CHANGELOG.md',
  'TELEPHONY_INTEGRATION_GUIDE.md',
  'deploy/README.md',
  ...globSync('docs/*.md', { cwd: ROOT }),
];
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1]!);
const isThere = (path: string): boolean =>
  path.includes('*') ? globSync(path, { cwd: ROOT }).length > 0 : existsSync(join(ROOT, path));

/** What a document names and the repository does not have. */
function deadNames(document: string, text: string): string[] {
  const links = all(text, /\]\((?!https?:|#)([^)#\s]+)/g).map((link) => join(dirname(document), link));
  // In backticks: a file with a known ending, or a folder with its slash. Placeholders are no names.
  const paths = all(text, /`([\w.@-]*[\w-][\w.@*/-]*(?:\.(?:ts|mjs|md|json|yml|sql)|\/))(?=[`\s])/g)
    .filter((path) => !/^(?:\*|\.)|\*\.\w*\.?test\.ts$/.test(path))
    .filter((path) => path.includes('/') || /^[a-zA-Z]/.test(path));
  const commands = all(text, /npm run ([\w:-]+)/g).filter((name) => !Object.hasOwn(scripts, name));
  return [...[...links, ...paths].filter((path) => !isThere(path)), ...commands.map((name) => `npm run ${name}`)];
}

describe('the documents', () => {
  it.each(DOCUMENTS)('%s names only files, folders and commands that exist', (document) => {
    expect(deadNames(document, readFileSync(join(ROOT, document), 'utf8'))).toEqual([]);
  });

  it('explain every command', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const explained = (name: string) => readme.includes(`npm run ${name}`) || readme.includes(`npm ${name}`);
    expect(Object.keys(scripts).filter((name) => !explained(name))).toEqual([]);
  });

  it('are read closely enough to notice what is gone', () => {
    const text =
      'See [it](GONE.md) and `services/core/gone.ts`, `gone/`, `config.ts`, `services/<wing>/<area>.ts`; npm run gone.';
    expect(deadNames('README.md', text)).toEqual(['GONE.md', 'services/core/gone.ts', 'gone/', 'npm run gone']);
    expect(deadNames('deploy/README.md', '[x](../README.md) `npm run verify` `domain/` `*.db.test.ts`')).toEqual([]);
  });
});
