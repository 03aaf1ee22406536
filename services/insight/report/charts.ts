import { BarChart, LineChart, SankeyChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { JourneyPath } from './read-report.ts';

use([BarChart, LineChart, SankeyChart, GridComponent, LegendComponent, MarkLineComponent, SVGRenderer]);

export const PALETTE = [
  '#4f46e5',
  '#0ea5e9',
  '#10b981',
  '#f59e0b',
  '#ec4899',
  '#8b5cf6',
  '#14b8a6',
  '#f97316',
  '#64748b',
  '#84cc16',
  '#ef4444',
  '#a16207',
];
const INK = '#334155';
const FAINT = '#e2e8f0';
const FONT = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

export interface Size {
  width: number;
  height: number;
}

/** The drawing alone, without a script; names are escaped by the renderer. */
function draw(size: Size, option: object): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption({ animation: false, color: PALETTE, textStyle: { fontFamily: FONT, color: INK }, ...option });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

const short = (text: string, max = 26): string => (text.length > max ? `${text.slice(0, max - 1)}…` : text);

/** 1234567 → `1.2M`. */
export function compact(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return `${+(value / 1e9).toFixed(1)}B`;
  if (size >= 1e6) return `${+(value / 1e6).toFixed(1)}M`;
  if (size >= 1e3) return `${+(value / 1e3).toFixed(1)}k`;
  return String(+value.toFixed(size < 10 ? 2 : 0));
}

/** Labels lie inside the drawing. */
const FITTED = { outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' };

const axisStyle = {
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: { color: '#64748b', fontSize: 11 },
  splitLine: { lineStyle: { color: FAINT } },
};
const valueAxis = { type: 'value', ...axisStyle, axisLabel: { ...axisStyle.axisLabel, formatter: compact } };
const names = (values: readonly string[]) => ({
  type: 'category',
  data: values,
  ...axisStyle,
  axisLabel: { color: INK, fontSize: 12, interval: 0, formatter: (name: string) => short(name) },
});

export interface Series {
  name: string;
  values: readonly number[];
}

/** Groups of bars: one group per category, one bar per series. */
export const groupedBars = (size: Size, categories: readonly string[], series: readonly Series[]): string =>
  draw(size, {
    legend: {
      top: 0,
      left: 0,
      itemWidth: 11,
      itemHeight: 11,
      itemGap: 26,
      icon: 'roundRect',
      textStyle: { color: INK, fontSize: 12 },
    },
    grid: { left: 8, right: 8, top: 24 + 22 * Math.ceil(series.length / 6), bottom: 4, ...FITTED },
    xAxis: names(categories),
    yAxis: valueAxis,
    series: series.map(({ name, values }) => ({
      type: 'bar',
      name,
      data: values,
      barMaxWidth: 30,
      barGap: '8%',
      itemStyle: { borderRadius: [3, 3, 0, 0] },
    })),
  });

export interface Bar {
  name: string;
  value: number;
  /** Nobody's share. */
  muted?: boolean;
}

/** Wider than any font draws it: names are measured on no screen here. */
const widthOf = (text: string): number => 7.2 * short(text).length;

/** One bar per name, the longest on top, with its value at its end. */
export const ranking = (size: Size, rows: readonly Bar[], color: string): string =>
  draw(size, {
    grid: { left: 18 + Math.max(...rows.map((row) => widthOf(row.name))), right: 56, top: 4, bottom: 4 },
    xAxis: { type: 'value', show: false, min: (range: { min: number }) => Math.min(0, range.min) },
    yAxis: { ...names(rows.map((row) => row.name)), inverse: true },
    series: [
      {
        type: 'bar',
        data: rows.map(({ value, muted }) => ({ value, itemStyle: { color: muted ? '#cbd5e1' : color } })),
        barMaxWidth: 18,
        itemStyle: { borderRadius: [0, 4, 4, 0] },
        label: {
          show: true,
          position: 'right',
          color: INK,
          fontSize: 11,
          formatter: ({ value }: { value: number }) => compact(value),
        },
      },
    ],
  });

export const timeline = (size: Size, points: readonly { day: string; value: number }[]): string =>
  draw(size, {
    grid: { left: 8, right: 16, top: 12, bottom: 4, ...FITTED },
    xAxis: {
      type: 'category',
      boundaryGap: false,
      data: points.map((point) => point.day),
      ...axisStyle,
      axisLabel: { ...axisStyle.axisLabel, hideOverlap: true },
    },
    yAxis: valueAxis,
    series: [
      {
        type: 'line',
        data: points.map((point) => point.value),
        smooth: 0.25,
        symbol: points.length > 40 ? 'none' : 'circle',
        symbolSize: 5,
        lineStyle: { width: 2.5, color: PALETTE[0] },
        itemStyle: { color: PALETTE[0] },
        areaStyle: { color: PALETTE[0], opacity: 0.12 },
      },
    ],
  });

export const columns = (size: Size, rows: readonly { name: string; value: number }[]): string =>
  draw(size, {
    grid: { left: 8, right: 8, top: 20, bottom: 4, ...FITTED },
    xAxis: names(rows.map((row) => row.name)),
    yAxis: { ...valueAxis, show: false },
    series: [
      {
        type: 'bar',
        data: rows.map((row) => row.value),
        barMaxWidth: 34,
        itemStyle: { color: PALETTE[1], borderRadius: [3, 3, 0, 0] },
        label: {
          show: true,
          position: 'top',
          fontSize: 11,
          color: INK,
          formatter: ({ value }: { value: number }) => compact(value),
        },
      },
    ],
  });

const STEPS_SHOWN = 4;
const CONVERSION = 'Conversion';

/** Journeys as streams from step to step; the number of the step keeps streams from running in circles. */
export function flow(size: Size, paths: readonly JourneyPath[], colorOf: (channel: string) => string): string {
  const links = new Map<string, { source: string; target: string; value: number }>();
  const nodes = new Map<string, { name: string; depth: number; channel: string }>();
  const depth = Math.min(STEPS_SHOWN, Math.max(1, ...paths.map((path) => path.steps.length)));
  const add = (from: string, to: string, value: number) => {
    const id = JSON.stringify([from, to]);
    const link = links.get(id) ?? { source: from, target: to, value: 0 };
    link.value += value;
    links.set(id, link);
  };
  for (const { steps, conversions } of paths) {
    // Long ways keep their last steps: the conversion is what they have in common.
    const shown = steps.slice(-depth);
    const ids = shown.map((channel, index) => {
      const at = depth - shown.length + index;
      const name = `${at + 1} ${channel}`;
      nodes.set(name, { name, depth: at, channel });
      return name;
    });
    for (const [index, id] of ids.entries()) add(id, ids[index + 1] ?? CONVERSION, conversions);
  }
  nodes.set(CONVERSION, { name: CONVERSION, depth, channel: CONVERSION });
  return draw(size, {
    series: [
      {
        type: 'sankey',
        left: 6,
        right: 92,
        top: 8,
        bottom: 8,
        nodeWidth: 14,
        nodeGap: 10,
        draggable: false,
        data: [...nodes.values()].map(({ name, depth: at, channel }) => ({
          name,
          depth: at,
          itemStyle: { color: channel === CONVERSION ? '#0f172a' : colorOf(channel), borderWidth: 0 },
          label: { formatter: () => short(channel, 16) },
        })),
        links: [...links.values()],
        label: { color: INK, fontSize: 11 },
        lineStyle: { color: 'source', opacity: 0.28, curveness: 0.5 },
      },
    ],
  });
}
