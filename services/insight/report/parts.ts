import { currencyExponent, fromMinorUnits } from '../../../domain/data/money.rules.ts';
import type { Cell } from '../compare/cells.query.ts';
import { html, Markup } from './markup.ts';

export const words = (code: string): string => code.toLowerCase().replaceAll('_', ' ');
export const modelName = (code: string): string =>
  code === 'AI_WEIGHTED' ? 'AI weighted' : words(code).replace(/^./, (first) => first.toUpperCase());

export const stamp = (at: Date | null, timeZone: string): string =>
  at
    ? `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone }).format(at)} (${timeZone})`
    : '–';
export const longDay = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

export const count = (value: number): string =>
  new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }).format(value);
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
export const money = (minor: number, currency: string): string =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency, currencyDisplay: 'code' })
    .format(fromMinorUnits(minor, currency) as unknown as number)
    .replace(/\s/g, '\u00a0');
/** Whole units, where places are not worth their room; the exact amounts are in the tables. */
export const whole = (minor: number, currency: string): string =>
  new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 }).format(major(minor, currency));

export const major = (minor: number, currency: string): number => minor / 10 ** currencyExponent(currency);

export const sumOf = (cells: readonly Cell[]) => cells.reduce((sum, cell) => sum + cell.amountMinor, 0);
export const ofModel = (cells: readonly Cell[], model: string, currency: string) =>
  cells.filter((cell) => cell.modelCode === model && cell.currency === currency);

export const section = (id: string, title: string, lead: string, body: Markup, kind = ''): Markup =>
  html`<section class="${kind}" aria-labelledby="${id}"><h2 id="${id}">${title}</h2><p class="lead">${lead}</p>${body}</section>`;
export const figure = (svg: string, label: string): Markup =>
  html`<figure role="img" aria-label="${label}">${new Markup(svg)}</figure>`;
export const nothing = (what: string): Markup => html`<p class="none">${what}</p>`;

export interface Column<Row> {
  title: string;
  cell: (row: Row) => string | Markup;
  text?: boolean;
}

export const table = <Row>(
  caption: string,
  of: readonly Column<Row>[],
  rows: readonly Row[],
): Markup => html`<div class="table"><table>
<caption>${caption}</caption>
<thead><tr>${of.map(({ title, text }) => html`<th scope="col" class="${text ? 'text' : 'number'}">${title}</th>`)}</tr></thead>
<tbody>${rows.map(
  (row) =>
    html`<tr>${of.map(({ cell, text }, index) =>
      index === 0
        ? html`<th scope="row" class="text">${cell(row)}</th>`
        : html`<td class="${text ? 'text' : 'number'}">${cell(row)}</td>`,
    )}</tr>`,
)}</tbody></table></div>`;
