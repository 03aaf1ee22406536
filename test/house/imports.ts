import { ADVICE, EXCEPTIONS, FLOORS, ROOMS, type Room, TABLE } from './import-table.ts';
import { type Import, importsOf, packageOf, type Source } from './sources.ts';

export const roomOf = (path: string): Room | undefined => ROOMS.find(([pattern]) => pattern.test(path))?.[1];

export interface Violation {
  readonly file: string;
  readonly target: string;
  readonly message: string;
}

/** One violation per import that the table does not allow, each with the rule and the way out. */
export function findViolations(sources: readonly Source[]): Violation[] {
  return sources.flatMap((source) => {
    const room = roomOf(source.path);
    if (!room) {
      const message = `${source.path} is in no room. Put it into one, or add its room to test/house/import-table.ts.`;
      return [{ file: source.path, target: '', message }];
    }
    return importsOf(source).flatMap((imported) => {
      const rule = ruleBrokenBy(source.path, room, imported);
      return rule === undefined ? [] : [violation(source.path, room, imported, rule)];
    });
  });
}

function violation(file: string, room: Room, { target, typeOnly }: Import, rule: string): Violation {
  const advice = ADVICE.find(({ from, to }) => (!from || from.includes(room)) && to.test(target));
  const lines = [
    `${file} imports ${typeOnly ? 'types of ' : ''}${target}`,
    `  Rule: ${rule}`,
    `  ${room} holds ${TABLE[room].holds}.`,
    ...(advice ? [`  Instead: ${advice.says}`] : []),
  ];
  return { file, target, message: lines.join('\n') };
}

function ruleBrokenBy(file: string, room: Room, imported: Import): string | undefined {
  return imported.isPackage
    ? packageRule(room, imported)
    : (roomRule(room, imported) ?? wingRule(file, room, imported));
}

function packageRule(room: Room, { target, typeOnly }: Import): string | undefined {
  const { packages, typePackages = [] } = TABLE[room];
  if (packages === 'any') return undefined;
  const name = packageOf(target);
  const allowed = typeOnly ? [...packages, ...typePackages] : packages;
  if (allowed.includes(name) || (name.startsWith('node:') && allowed.includes('node:*'))) return undefined;
  if (typePackages.includes(name)) return `${room} may import types of ${name} alone (\`import type\`).`;
  return `${room} may import ${packages.length > 0 ? `the packages ${packages.join(', ')}` : 'no package'}.`;
}

function roomRule(room: Room, { target, typeOnly }: Import): string | undefined {
  const { rooms, typesOf = [] } = TABLE[room];
  const other = roomOf(target);
  if (rooms === 'any' || other === room) return undefined;
  if (other && (rooms.includes(other) || (typeOnly && typesOf.includes(other)))) return undefined;
  if (other && typesOf.includes(other)) return `${room} may import types of ${other} alone (\`import type\`).`;
  return `${room} may import ${[room, ...rooms].join(', ')}, not ${other ?? 'files of no room'}.`;
}

const wingOf = (path: string): string => path.split('/')[1] ?? '';
const floorOf = (wing: string): number => FLOORS.findIndex((wings) => wings.includes(wing));
const isOpenDoor = (path: string): boolean => /^services\/(core\/.+|[^/]+\/([^/]+\/)?index)\.ts$/.test(path);

/** Wings stand on each other in domain and services; from outside a wing's services are entered by their index. */
function wingRule(file: string, room: Room, { target }: Import): string | undefined {
  const other = roomOf(target);
  const [wing, otherWing] = [wingOf(file), wingOf(target)];
  const sameHouse =
    (room === 'services' && other === 'services') || (/^domain/.test(room) && /^domain/.test(other ?? ''));
  if (sameHouse && wing !== otherWing) {
    if (floorOf(wing) < 0) return `the wing ${wing} is in no floor of test/house/import-table.ts.`;
    if (floorOf(otherWing) >= floorOf(wing)) {
      return `wings stand on each other (${FLOORS.map((wings) => wings.join(', ')).join(' ← ')}), so ${wing} may not know ${otherWing}; what it does because of it is a reaction in ${otherWing}.`;
    }
  }
  const enters = other === 'services' && ['api', 'activities'].includes(room);
  if (other === 'services' && (enters || (sameHouse && wing !== otherWing)) && !isOpenDoor(target)) {
    return `services of a wing are entered by services/<wing>/index.ts or services/<wing>/<area>/index.ts, so export it there.`;
  }
  return undefined;
}

export function withoutExceptions(violations: readonly Violation[]): { found: string[]; stale: string[] } {
  const covers = (entry: (typeof EXCEPTIONS)[number]) => (one: Violation) =>
    one.file === entry.file && one.target === entry.target;
  return {
    found: violations.filter((one) => !EXCEPTIONS.some((entry) => covers(entry)(one))).map(({ message }) => message),
    stale: EXCEPTIONS.filter((entry) => !violations.some(covers(entry))).map(
      ({ file, target }) => `${file} → ${target}`,
    ),
  };
}

/** Every file that runs when `roots` are loaded, with the first way that leads there. */
export function reachableFrom(sources: readonly Source[], roots: readonly string[]): Map<string, Import[]> {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const reached = new Map<string, Import[]>();
  const open = [...roots];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const source = byPath.get(path);
    if (!source || reached.has(path)) continue;
    const values = importsOf(source).filter(({ typeOnly }) => !typeOnly);
    reached.set(path, values);
    open.push(...values.flatMap(({ target, isPackage }) => (isPackage ? [] : [target])));
  }
  return reached;
}
