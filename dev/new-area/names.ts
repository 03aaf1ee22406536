/** What stands for `{{name}}` in the templates beside this file; the code that fills them needs these. */
export interface AreaNames extends Readonly<Record<string, string>> {
  readonly wing: string;
  /** `price-lists`: folder, file and path. */
  readonly area: string;
  /** `price-list`: of files about one. */
  readonly one: string;
  /** `PriceList`. */
  readonly Type: string;
  /** `PriceLists`. */
  readonly Types: string;
  /** `priceList`. */
  readonly variable: string;
  /** Where the wing's services are entered, from the wing's folder of the API. */
  readonly services: string;
  /** Of the new migration, without `.ts`. */
  readonly migration: string;
}

export interface AreaWish {
  wing: string;
  area: string;
  one?: string | undefined;
  face: string;
  view: string;
  edit: string;
  services: string;
}

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const pascal = (kebab: string): string => kebab.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
const snake = (kebab: string): string => kebab.replaceAll('-', '_');

const capital = (text: string): string => text.replace(/^\w/, (letter) => letter.toUpperCase());

/** What is wrong with a wish, or its names. @param migrations names of the files that exist */
export function namesOf(wish: AreaWish, migrations: readonly string[], catalogue: string): AreaNames | string {
  const { wing, area, face, view, edit, services } = wish;
  const one = wish.one ?? area.replace(/ies$/, 'y').replace(/(?<!y)s$/, '');
  for (const name of [wing, area, one]) {
    if (!KEBAB.test(name)) return `"${name}" is not a name in lower case with hyphens, such as price-lists.`;
  }
  if (one === area) return `"${area}" does not look like a plural; say what one of them is called: --one <name>`;
  if (face !== 'a' && face !== 'b') return `The face is a (/v1) or b (/api/v1), not "${face}".`;
  for (const permission of [view, edit]) {
    if (!catalogue.includes(`'${permission}':`)) {
      return `The catalogue knows no permission "${permission}"; it stands in domain/platform/permissions.rules.ts.`;
    }
  }
  const last = Math.max(...migrations.flatMap((file) => Number(/^(\d{4})_/.exec(file)?.[1] ?? [])));
  const noun = one.replaceAll('-', ' ');
  const nouns = area.replaceAll('-', ' ');
  const aNoun = `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
  const isA = face === 'a';
  return {
    wing,
    area,
    services,
    face,
    view,
    edit,
    one,
    table: snake(area),
    migration: `${String(last + 1).padStart(4, '0')}_${wing}_${snake(area)}`,
    Type: pascal(one),
    Types: pascal(area),
    variable: pascal(one).replace(/^\w/, (letter) => letter.toLowerCase()),
    CODE: snake(one).toUpperCase(),
    action: snake(one),
    noun,
    nouns,
    aNoun,
    Noun: capital(noun),
    Nouns: capital(nouns),
    ANoun: capital(aNoun),
    path: `${isA ? '/v1' : '/api/v1'}/${area}`,
    code: isA ? 'json.code' : 'json.error.code',
    existingId: isA ? 'json.details.existing_id' : 'json.error.details.existingId',
  };
}
