import { currencyExponent, fromMinorUnits } from '../../../domain/data/money.rules.ts';
import type { Cell } from '../compare/cells.query.ts';
import { columns, flow, groupedBars, PALETTE, ranking, timeline } from './charts.ts';
import { html, Markup } from './markup.ts';
import type { ReportData } from './read-report.ts';
import { STYLE } from './style.ts';

/** The whole page: no script, no request to anywhere, every chart with its numbers beside it. */
export function renderReport(data: ReportData): string {
  const { run, organization } = data;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${run.name} · attribution report</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<header>
  <p class="brand"><span class="mark" aria-hidden="true"></span>Revloop <span class="sep">/</span> ${organization.name}</p>
  <h1>${run.name}</h1>
  <p class="sub">Attribution report · ${periodOf(data)} · data as of ${stamp(run.asOf, organization.timeZone)}</p>
  <ul class="chips" aria-label="Models">${run.models.map(
    (model) => html`<li class="${model === data.model ? 'chip on' : 'chip'}">${modelName(model)}</li>`,
  )}</ul>
</header>
<main>
${cards(data)}
${models(data)}
${overTime(data)}
${people(data)}
<div class="pair">
${ranked(data, 'team', 'Teams', PALETTE[2]!)}
${ranked(data, 'vendor', 'Vendors', PALETTE[3]!)}
</div>
${journeys(data)}
${method(data)}
</main>
<footer>Run ${run.id} · generation ${run.publishedGeneration} · every figure can be read again by this id and stays the same.</footer>
</body>
</html>
`;
  return page.text;
}

const words = (code: string): string => code.toLowerCase().replaceAll('_', ' ');
export const modelName = (code: string): string =>
  code === 'AI_WEIGHTED' ? 'AI weighted' : words(code).replace(/^./, (first) => first.toUpperCase());

const stamp = (at: Date | null, timeZone: string): string =>
  at
    ? `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone }).format(at)} (${timeZone})`
    : '–';
const longDay = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

function periodOf({ run, cells }: ReportData): string {
  const days = cells.day.flatMap((cell) => cell.key ?? []).sort();
  const from = run.config.startDate ?? days[0];
  const to = run.config.endDate ?? days.at(-1);
  return from && to ? `conversions of ${longDay(from)} to ${longDay(to)}` : 'no conversions';
}

const count = (value: number): string => new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }).format(value);
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const money = (minor: number, currency: string): string =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency, currencyDisplay: 'code' })
    .format(fromMinorUnits(minor, currency) as unknown as number)
    .replace(/\s/g, '\u00a0');
const major = (minor: number, currency: string): number => minor / 10 ** currencyExponent(currency);

const sumOf = (cells: readonly Cell[]) => cells.reduce((sum, cell) => sum + cell.amountMinor, 0);
const ofModel = (cells: readonly Cell[], model: string, currency: string) =>
  cells.filter((cell) => cell.modelCode === model && cell.currency === currency);

function cards(data: ReportData): Markup {
  const { run, journeys, cells, model } = data;
  const processed = run.conversionsProcessed ?? 0;
  const attributed = run.conversionsAttributed ?? 0;
  const byCurrency = Map.groupBy(
    cells.channel.filter((cell) => cell.modelCode === model),
    (cell) => cell.currency,
  );
  const revenue = [...byCurrency].sort(([a], [b]) =>
    a === data.currency ? -1 : b === data.currency ? 1 : a < b ? -1 : 1,
  );
  const card = (label: string, value: string, note: Markup | string) =>
    html`<div class="card"><dt>${label}</dt><dd><strong>${value}</strong><span>${note}</span></dd></div>`;
  const [main, ...others] = revenue;
  return html`<dl class="cards">
${card(
  'Attributed revenue',
  main ? money(sumOf(main[1]), main[0]) : '–',
  others.length > 0 ? `and ${others.map(([code, rows]) => money(sumOf(rows), code)).join(', ')}` : 'one currency',
)}
${card('Conversions', count(processed), `${count(attributed)} with a touch before them`)}
${card('Attributed', processed > 0 ? percent(attributed / processed) : '–', `${count(run.conversionsUnattributed ?? 0)} without a touch in the window`)}
${card('Touches per journey', journeys.averageTouches === null ? '–' : count(journeys.averageTouches), journeys.medianDays === null ? 'no journeys' : `half convert within ${count(journeys.medianDays)} days`)}
</dl>`;
}

const section = (id: string, title: string, lead: string, body: Markup, kind = ''): Markup =>
  html`<section class="${kind}" aria-labelledby="${id}"><h2 id="${id}">${title}</h2><p class="lead">${lead}</p>${body}</section>`;
const figure = (svg: string, label: string): Markup =>
  html`<figure role="img" aria-label="${label}">${new Markup(svg)}</figure>`;
const nothing = (what: string): Markup => html`<p class="none">${what}</p>`;

interface Column<Row> {
  title: string;
  cell: (row: Row) => string | Markup;
  text?: boolean;
}

const table = <Row>(
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

const MAX_CHANNELS = 8;

function models({ run, cells, currency }: ReportData): Markup {
  const title = 'Models side by side';
  if (!currency)
    return section(
      'models',
      title,
      'What each channel earns, by each way of sharing the credit.',
      nothing('No conversion has a touch in its window.'),
    );
  const ranks = [
    ...Map.groupBy(
      cells.channel.filter((cell) => cell.currency === currency),
      (cell) => cell.key,
    ),
  ]
    .map(([key, own]) => ({ name: key ?? 'none', own, top: Math.max(...own.map((cell) => cell.amountMinor)) }))
    .sort((a, b) => b.top - a.top);
  const shown = ranks.slice(0, MAX_CHANNELS);
  const at = (own: readonly Cell[], model: string) => own.find((cell) => cell.modelCode === model)?.amountMinor ?? 0;
  const total = new Map(run.models.map((model) => [model, sumOf(ofModel(cells.channel, model, currency))]));
  const svg = groupedBars(
    { width: 1040, height: 330 },
    shown.map((row) => row.name),
    run.models.map((model) => ({
      name: modelName(model),
      values: shown.map((row) => major(at(row.own, model), currency)),
    })),
  );
  const shares = (own: readonly Cell[]) =>
    run.models.map((model) => (total.get(model) ? at(own, model) / total.get(model)! : 0));
  const spread = (own: readonly Cell[]) => Math.max(...shares(own)) - Math.min(...shares(own));
  const disputed = [...shown].sort((a, b) => spread(b.own) - spread(a.own))[0];
  const lead =
    run.models.length > 1 && disputed
      ? `The models disagree most about ${disputed.name}: its share lies between ${percent(Math.min(...shares(disputed.own)))} and ${percent(Math.max(...shares(disputed.own)))}.`
      : 'What each channel earns.';
  return section(
    'models',
    title,
    lead,
    html`${figure(svg, `Bars: revenue in ${currency} by channel and model; the table has the numbers.`)}
${table(
  `Revenue by channel and model, ${currency}`,
  [
    { title: 'Channel', text: true, cell: (row: (typeof ranks)[number]) => row.name },
    ...run.models.map((model) => ({
      title: modelName(model),
      cell: (row: (typeof ranks)[number]) =>
        html`${money(at(row.own, model), currency)}<small>${percent(total.get(model) ? at(row.own, model) / total.get(model)! : 0)}</small>`,
    })),
    ...(run.models.length > 1
      ? [{ title: 'Spread', cell: (row: (typeof ranks)[number]) => `${(spread(row.own) * 100).toFixed(1)} pp` }]
      : []),
  ],
  ranks.slice(0, 14),
)}`,
  );
}

const MAX_POINTS = 46;

function overTime({ cells, model, currency }: ReportData): Markup {
  const title = 'Revenue over time';
  const days = currency ? ofModel(cells.day, model, currency).filter((cell) => cell.key !== null) : [];
  if (!currency || days.length < 2) return html``;
  const weekly = days.length > MAX_POINTS;
  const points = new Map<string, { day: string; value: number; credits: number }>();
  for (const cell of days) {
    const day = weekly ? weekOf(cell.key!) : cell.key!;
    const point = points.get(day) ?? { day, value: 0, credits: 0 };
    point.value += cell.amountMinor;
    point.credits += Number(cell.weight) / 1e12;
    points.set(day, point);
  }
  const all = [...points.values()];
  const best = all.reduce((a, b) => (b.value > a.value ? b : a));
  return section(
    'time',
    title,
    `By ${weekly ? 'week' : 'day'} of the conversion. The best was ${weekly ? 'the week of ' : ''}${longDay(best.day)} with ${money(best.value, currency)}.`,
    html`${figure(
      timeline(
        { width: 1040, height: 230 },
        all.map(({ day, value }) => ({ day, value: major(value, currency) })),
      ),
      `Line: attributed revenue in ${currency} by ${weekly ? 'week' : 'day'}; the table has the numbers.`,
    )}<details><summary>The numbers</summary>${table(
      `Attributed revenue by ${weekly ? 'week' : 'day'}`,
      [
        { title: weekly ? 'Week of' : 'Day', text: true, cell: (row: (typeof all)[number]) => row.day },
        { title: 'Conversions', cell: (row: (typeof all)[number]) => count(row.credits) },
        { title: 'Revenue', cell: (row: (typeof all)[number]) => money(row.value, currency) },
      ],
      all,
    )}</details>`,
  );
}

/** Monday of the day's week. */
function weekOf(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
  return at.toISOString().slice(0, 10);
}

interface Ranked {
  name: string;
  /** Credit that has nobody of this kind. */
  muted: boolean;
  credits: number;
  amountMinor: number;
  share: number;
}

function rankedRows({ cells, model, currency }: ReportData, dimension: 'agent' | 'team' | 'vendor'): Ranked[] {
  if (!currency) return [];
  const own = ofModel(cells[dimension], model, currency);
  const total = sumOf(own);
  return own
    .map((cell) => ({
      name: cell.key === null ? `without ${dimension === 'agent' ? 'an' : 'a'} ${dimension}` : (cell.label ?? cell.key),
      muted: cell.key === null,
      credits: Number(cell.weight) / 1e12,
      amountMinor: cell.amountMinor,
      share: total === 0 ? 0 : cell.amountMinor / total,
    }))
    .sort((a, b) => b.amountMinor - a.amountMinor);
}

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

function people(data: ReportData): Markup {
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

function ranked(data: ReportData, dimension: 'team' | 'vendor', title: string, color: string): Markup {
  const { currency } = data;
  const rows = rankedRows(data, dimension).slice(0, 10);
  const lead = `By ${modelName(data.model)}.`;
  if (!currency || rows.length === 0)
    return section(dimension, title, lead, nothing(`No touch with credit had a ${dimension}.`));
  return section(
    dimension,
    title,
    lead,
    html`${figure(
      ranking({ width: 490, height: 30 * rows.length + 16 }, toBars(rows, currency), color),
      `Bars: revenue by ${dimension}; the table has the numbers.`,
    )}${rankedTable(`${title}, ${currency}`, title.slice(0, -1), currency, rows)}`,
  );
}

function journeys(data: ReportData): Markup {
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

function method({ run, organization, model }: ReportData): Markup {
  const { config } = run;
  const list = (values: readonly string[]) => (values.length > 0 ? values.join(', ') : 'all');
  const facts: [string, string][] = [
    ['Lookback window', `${count(config.timeWindowHours)} hours before the conversion`],
    ['Half-life (time decay)', `${count(config.halfLifeHours)} hours`],
    ['Channels', list(config.includeChannels)],
    ['Conversion types', list(config.eventTypes)],
    ['Smallest amount', config.minPurchaseAmount ?? 'none'],
    ['Model of the single charts', modelName(model)],
    ['Frozen at', stamp(run.asOf, organization.timeZone)],
  ];
  return section(
    'method',
    'How to read this',
    'Weights of a conversion sum to exactly 1 and amounts to the cent. Currencies are never added: charts show the one with the most conversions. The input is frozen: later facts, merges and corrections change nothing here.',
    html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`,
    'method',
  );
}
