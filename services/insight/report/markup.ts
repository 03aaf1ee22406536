/** Text that is markup already. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

type Value = Markup | string | number | null | undefined | false | readonly Value[];

const render = (value: Value): string => {
  if (value instanceof Markup) return value.text;
  if (value === null || value === undefined || value === false) return '';
  return Array.isArray(value) ? value.map(render).join('') : escapeText(String(value));
};

/** Everything put into the template is escaped, unless it is markup itself. */
export const html = (parts: TemplateStringsArray, ...values: Value[]): Markup =>
  new Markup(parts.reduce((text, part, index) => text + render(values[index - 1]) + part));
