import { PALETTE } from './charts.ts';
import { html, Markup } from './markup.ts';
import { models, overTime } from './model-sections.ts';
import { count, longDay, modelName, money, percent, section, stamp, sumOf, whole } from './parts.ts';
import { journeys, people, ranked, work } from './people-sections.ts';
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
${work(data)}
${journeys(data)}
${method(data)}
</main>
<footer>Run ${run.id} · generation ${run.publishedGeneration} · every figure can be read again by this id and stays the same.</footer>
</body>
</html>
`;
  return page.text;
}

function periodOf({ run, cells }: ReportData): string {
  const days = cells.day.flatMap((cell) => cell.key ?? []).sort();
  const from = run.config.startDate ?? days[0];
  const to = run.config.endDate ?? days.at(-1);
  return from && to ? `conversions of ${longDay(from)} to ${longDay(to)}` : 'no conversions';
}

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
  main ? `${main[0]}\u00a0${whole(sumOf(main[1]), main[0])}` : '–',
  others.length > 0 ? `and ${others.map(([code, rows]) => money(sumOf(rows), code)).join(', ')}` : 'one currency',
)}
${card('Conversions', count(processed), `${count(attributed)} with a touch before them`)}
${card('Attributed', processed > 0 ? percent(attributed / processed) : '–', `${count(run.conversionsUnattributed ?? 0)} without a touch in the window`)}
${card('Touches per journey', journeys.averageTouches === null ? '–' : count(journeys.averageTouches), journeys.medianDays === null ? 'no journeys' : `half convert within ${count(journeys.medianDays)} days`)}
</dl>`;
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
