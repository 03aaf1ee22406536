import { readFileSync } from 'node:fs';

/** An answer as a provider prints it in its documentation; the file's name is the provider and the page. */
export interface Published {
  readonly page: string;
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each page has a shape of its own
  readonly body: any;
  // biome-ignore lint/suspicious/noExplicitAny: what else the page prints
  readonly [more: string]: any;
}

export const published = (name: string): Published =>
  JSON.parse(readFileSync(new URL(`published/${name}.json`, import.meta.url), 'utf8')) as Published;
