import type { Cell } from '../compare/cells.query.ts';
import { groupedBars, timeline } from './charts.ts';
import { html, type Markup } from './markup.ts';
import {
  count,
  figure,
  longDay,
  major,
  modelName,
  money,
  nothing,
  ofModel,
  percent,
  section,
  sumOf,
  table,
  whole,
} from './parts.ts';
import type { ReportData } from './read-report.ts';

const MAX_CHANNELS = 8;

export function models({ run, cells, currency }: ReportData): Markup {
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
  // Many columns have to fit on paper: the caption names the currency, and cents are left out.
  const amount = (minor: number) => (run.models.length > 5 ? whole(minor, currency) : money(minor, currency));
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
        html`${amount(at(row.own, model))}<small>${percent(total.get(model) ? at(row.own, model) / total.get(model)! : 0)}</small>`,
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

export function overTime({ cells, model, currency }: ReportData): Markup {
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
