export interface Page {
  readonly url: string;
  /** Without host, query and fragment: views of one page count together. */
  readonly path: string;
  readonly utm: Record<string, string> | null;
}

const MOST_CHARACTERS = 255;

/** The page of a view, which has a URL or a path; `utm_source` of its query becomes `source`. */
export function pageOf({ url, page }: { url?: string | undefined; page?: string | undefined }): Page {
  const location = url ?? (/^(\/|https?:\/\/)/i.test(page!) ? page! : `/${page}`);
  // The base stands for the site where only a path is given.
  const parsed = URL.parse(location, 'https://site.invalid');
  if (!parsed) return { url: location, path: location, utm: null };
  const utm = [...parsed.searchParams].flatMap(([name, value]) =>
    name.startsWith('utm_') && name.length > 4 && value !== ''
      ? [[name.slice(4, 68), value.slice(0, MOST_CHARACTERS)] as const]
      : [],
  );
  return { url: location, path: parsed.pathname, utm: utm.length > 0 ? Object.fromEntries(utm) : null };
}
