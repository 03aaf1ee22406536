import { columns, flow, PALETTE, ranking } from './charts.ts';
import { html, type Markup } from './markup.ts';
import { count, figure, major, modelName, money, nothing, ofModel, percent, section, sumOf, table } from './parts.ts';
import { type ReportData, WORK, type Work } from './read-report.ts';

interface Ranked {
  name: string;
  /** Credit that has nobody of this kind. */
  muted: boolean;
  credits: number;
  amountMinor: number;
  share: number;
}

function rankedRows({ cells, model, currency }: ReportData, dimension: 'agent' | 'team' | 'vendor' | Work): Ranked[] {
  if (!currency) return [];
  const own = ofModel(cells[dimension], model, currency);
  const total = sumOf(own);
  return own
    .map((cell) => ({
      name:
        cell.key === null
          ? `without ${dimension === 'agent' ? 'an' : 'a'} ${NOUNS[dimension] ?? dimension}`
          : (cell.label ?? cell.key),
      muted: cell.key === null,
      credits: Number(cell.weight) / 1e12,
      amountMinor: cell.amountMinor,
      share: total === 0 ? 0 : cell.amountMinor / total,
    }))
    .sort((a, b) => b.amountMinor - a.amountMinor);
}

const NOUNS: Readonly<Record<string, string>> = { bdr_agent: 'sales agent' };

const rankedTable = (caption: string, first: string, currency: string, rows: readonly Ranked[]): Markup =>
  table(
    caption,
    [
      { title: first, text: true, cell: (row: Ranked) => row.name },
      { title: 'Conversions', cell: (row: Ranked) => count(row.credits) },
      { title: 'Revenue', cell: (row: Ranked) => money(row.amountMinor, currency) },
      { title: 'Share', cell: (row: Ranked) => percent(row.share) },
    ],
    rows,
  );

const toBars = (rows: readonly Ranked[], currency: string) =>
  rows.map((row) => ({ name: row.name, value: major(row.amountMinor, currency), muted: row.muted }));

export function people(data: ReportData): Markup {
  const { currency, model } = data;
  const rows = rankedRows(data, 'agent');
  const lead = `Revenue credited by ${modelName(model)}. The credit of a touch is shared by those who took part in it.`;
  if (!currency || rows.length === 0)
    return section('agents', 'Agents', lead, nothing('No touch with credit had an agent.'));
  const shown = rows.slice(0, 12);
  return section(
    'agents',
    'Agents',
    lead,
    html`<div class="split">${figure(
      ranking({ width: 500, height: 30 * shown.length + 16 }, toBars(shown, currency), PALETTE[0]!),
      'Bars: the agents with the most revenue; the table has the numbers.',
    )}${rankedTable(rows.length > shown.length ? `The first ${shown.length} of ${rows.length}` : 'All agents', 'Agent', currency, shown)}</div>`,
  );
}

export function ranked(data: ReportData, dimension: 'team' | 'vendor' | Work, title: string, color: string): Markup {
  const { currency } = data;
  const rows = rankedRows(data, dimension).slice(0, 10);
  const isWork = (WORK as readonly string[]).includes(dimension);
  const shown = isWork ? rows.filter(({ muted }) => !muted) : rows;
  const rest = rows.find(({ muted }) => muted)?.share ?? 0;
  const lead = isWork
    ? `By ${modelName(data.model)}. ${percent(1 - rest)} of the revenue had one at work.`
    : `By ${modelName(data.model)}.`;
  if (!currency || rows.length === 0)
    return section(dimension, title, lead, nothing(`No touch with credit had a ${dimension}.`));
  return section(
    dimension,
    title,
    lead,
    html`${figure(
      ranking({ width: 490, height: 30 * shown.length + 16 }, toBars(shown, currency), color),
      `Bars: revenue by ${dimension}; the table has the numbers.`,
    )}${rankedTable(`${title}, ${currency}`, title.slice(0, -1), currency, rows)}`,
  );
}

const WORK_TITLES: Readonly<Record<Work, string>> = {
  cadence: 'Cadences',
  template: 'Templates',
  sender: 'Senders',
  bdr_agent: 'Sales agents',
};

/** What of the product's own messages was at work; nothing where it sent none that earned credit. */
export function work(data: ReportData): Markup[] {
  const shown = WORK.filter((dimension) => data.cells[dimension].some(({ key }) => key !== null));
  return Array.from(
    { length: Math.ceil(shown.length / 2) },
    (_, pair) =>
      html`<div class="pair">${shown
        .slice(2 * pair, 2 * pair + 2)
        .map((dimension) => ranked(data, dimension, WORK_TITLES[dimension], PALETTE[1]!))}</div>`,
  );
}

export function journeys(data: ReportData): Markup {
  const { journeys: found, currency, cells, run } = data;
  const lead = 'The ways that led to conversions, step by step. Touches of one channel in a row are one step.';
  if (!currency || found.paths.length === 0)
    return section('journeys', 'Journeys', lead, nothing('No journey has led to a conversion.'));
  const channels = [...new Set(cells.channel.map((cell) => cell.key ?? 'none'))];
  const colorOf = (channel: string) => PALETTE[Math.max(0, channels.indexOf(channel)) % PALETTE.length]!;
  const shown = found.paths.slice(0, 12);
  const step = (channel: string) =>
    html`<span class="step"><i style="background:${colorOf(channel)}"></i>${channel}</span>`;
  return section(
    'journeys',
    'Journeys',
    found.looked < (run.conversionsAttributed ?? 0)
      ? `${lead} ${count(found.looked)} conversions in ${currency} were looked at.`
      : lead,
    html`${figure(
      flow({ width: 1040, height: 380 }, found.paths.slice(0, 24), colorOf),
      'Streams: the most frequent ways from touch to touch to the conversion; the table has the numbers.',
    )}
<div class="split">${table(
      'The most frequent ways',
      [
        { title: 'Way', text: true, cell: (row: (typeof shown)[number]) => html`${row.steps.map(step)}` },
        { title: 'Conversions', cell: (row: (typeof shown)[number]) => count(row.conversions) },
        { title: 'Revenue', cell: (row: (typeof shown)[number]) => money(row.amountMinor, currency) },
      ],
      shown,
    )}<div><h3>Touches before a conversion</h3>${figure(
      columns(
        { width: 420, height: 210 },
        found.lengths.map(({ touches, conversions }) => ({
          name: touches >= 12 ? '12+' : String(touches),
          value: conversions,
        })),
      ),
      `Columns: conversions by number of touches, ${found.lengths.map(({ touches, conversions }) => `${touches}: ${conversions}`).join(', ')}.`,
    )}</div></div>`,
  );
}
