import { conflict, notFound } from '../../../domain/core/errors.ts';
import { fromMinorUnits } from '../../../domain/data/money.rules.ts';
import type { ModelCode } from '../../../domain/insight/attribution.rules.ts';
import { DIFFERENCE_PARTS, type DifferencePart, type Dimension } from '../../../domain/insight/comparison.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type RunView, selectRuns, toRunView } from '../attribution/run-view.ts';
import { type Cell, readCells } from './cells.query.ts';
import { type ComparisonView, comparisonOf } from './comparison-view.ts';

export interface CompareInput {
  /** Absent: the newest completed run. */
  runIds?: readonly string[] | undefined;
  modelCodes?: readonly ModelCode[] | undefined;
  dimension: Dimension;
  /** Rows, those with the largest revenue; totals are over all. */
  limit: number;
}

/** One run and model side by side with others. */
export interface ComparedColumn {
  runId: string;
  runName: string;
  modelCode: string;
  asOf: Date | null;
  publishedGeneration: number;
}

export interface ComparedValue {
  runId: string;
  modelCode: string;
  credits: string;
  revenue: string;
}

export interface ComparedRow {
  key: string | null;
  label: string | null;
  currency: string;
  values: ComparedValue[];
}

export interface DifferenceRow {
  key: string | null;
  label: string | null;
  currency: string;
  modelCode: string;
  from: string;
  to: string;
  difference: string;
  /** Null until the states between the runs are computed. */
  parts: Record<DifferencePart, string> | null;
}

export interface CompareView {
  dimension: Dimension;
  columns: ComparedColumn[];
  rows: ComparedRow[];
  /** By currency. */
  totals: Omit<ComparedRow, 'key' | 'label'>[];
  /** More values exist than rows are shown. */
  truncated: boolean;
  /** Of exactly two runs: the second less the first. */
  difference: {
    baseRunId: string;
    runId: string;
    explanation: ComparisonView | null;
    rows: DifferenceRow[];
    totals: Omit<DifferenceRow, 'key' | 'label'>[];
  } | null;
}

/** @throws AppError not_found; conflict `RUN_NOT_COMPLETED`. */
export const compareRuns = verb(
  { permission: 'attribution.view' },
  async (ctx, input: CompareInput): Promise<CompareView> => {
    const runs = await readRuns(ctx, input.runIds);
    const runIds = runs.map((run) => run.id);
    const explanation = runIds.length === 2 ? await comparisonOf(ctx, runIds[0]!, runIds[1]!) : null;
    const explained = explanation?.status === 'completed' ? explanation : null;
    const states = [...runIds, ...(explained?.steps.map((step) => step.runId) ?? [])];
    const cells = await readCells(ctx, { runIds: states, models: input.modelCodes, dimension: input.dimension });
    const shown = new Set(runIds);
    const groups = groupCells(cells.filter((cell) => shown.has(cell.runId)));
    const rows = groups.slice(0, input.limit);
    return {
      dimension: input.dimension,
      columns: columnsOf(runs, input.modelCodes),
      rows: rows.map((group) => ({ ...group.head, values: group.cells.map(toValue) })),
      totals: totalsOf(cells.filter((cell) => shown.has(cell.runId))),
      truncated: groups.length > rows.length,
      difference:
        runIds.length === 2 ? differenceOf([runIds[0]!, runIds[1]!], explanation, explained, cells, input.limit) : null,
    };
  },
);

async function readRuns(ctx: Ctx, runIds: readonly string[] | undefined): Promise<RunView[]> {
  if (!runIds) {
    const newest = await selectRuns(ctx)
      .where('r.comparison_id', 'is', null)
      .where('r.published_generation', 'is not', null)
      .orderBy('r.created_at', 'desc')
      .orderBy('r.id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return newest ? [toRunView(newest)] : [];
  }
  const wanted = [...new Set(runIds)];
  const found = new Map((await selectRuns(ctx).where('r.id', 'in', wanted).execute()).map((row) => [row.id, row]));
  return wanted.map((runId) => {
    const row = found.get(runId);
    if (!row) throw notFound('The attribution run');
    if (row.published_generation === null) {
      throw conflict('RUN_NOT_COMPLETED', `The run ${row.name} has no results yet.`, {
        hint: 'Execute it and wait until its status is completed.',
        details: { runId, status: row.status },
      });
    }
    return toRunView(row);
  });
}

const columnsOf = (runs: readonly RunView[], models: readonly ModelCode[] | undefined): ComparedColumn[] =>
  runs.flatMap((run) =>
    run.models
      .filter((model) => !models || models.includes(model))
      .map((modelCode) => ({
        runId: run.id,
        runName: run.name,
        modelCode,
        asOf: run.asOf,
        publishedGeneration: run.publishedGeneration!,
      })),
  );

const toValue = (cell: Cell): ComparedValue => ({
  runId: cell.runId,
  modelCode: cell.modelCode,
  credits: creditsOf(BigInt(cell.weight)),
  revenue: fromMinorUnits(cell.amountMinor, cell.currency),
});

interface Group {
  head: { key: string | null; label: string | null; currency: string };
  cells: Cell[];
}

/** By value and currency, those with the largest revenue of any column first; days and weeks in their own order. */
function groupCells(cells: readonly Cell[]): Group[] {
  const groups = new Map<string, Group>();
  for (const cell of cells) {
    const id = JSON.stringify([cell.key, cell.currency]);
    const group = groups.get(id) ?? { head: { key: cell.key, label: cell.label, currency: cell.currency }, cells: [] };
    group.cells.push(cell);
    groups.set(id, group);
  }
  const weight = ({ cells: own }: Group) => Math.max(...own.map((cell) => Math.abs(cell.amountMinor)));
  const isDay = (group: Group) => /^\d{4}-\d\d-\d\d$/.test(group.head.key ?? '');
  return [...groups.values()].sort((a, b) =>
    isDay(a) && isDay(b) ? (a.head.key! < b.head.key! ? -1 : 1) : weight(b) - weight(a),
  );
}

function totalsOf(cells: readonly Cell[]): Omit<ComparedRow, 'key' | 'label'>[] {
  const sums = new Map<string, { cell: Cell; credits: bigint; minor: number }>();
  for (const cell of cells) {
    const id = JSON.stringify([cell.currency, cell.runId, cell.modelCode]);
    const sum = sums.get(id) ?? { cell, credits: 0n, minor: 0 };
    sum.credits += BigInt(cell.weight);
    sum.minor += cell.amountMinor;
    sums.set(id, sum);
  }
  const byCurrency = Map.groupBy(sums.values(), ({ cell }) => cell.currency);
  return [...byCurrency].map(([currency, all]) => ({
    currency,
    values: all.map(({ cell, credits, minor }) => ({
      runId: cell.runId,
      modelCode: cell.modelCode,
      credits: creditsOf(credits),
      revenue: fromMinorUnits(minor, currency),
    })),
  }));
}

/** Units of 1e-12 → conversions with six decimals. */
function creditsOf(weight: bigint): string {
  const rounded = (weight + (weight < 0n ? -500_000n : 500_000n)) / 1_000_000n;
  const digits = String(rounded < 0n ? -rounded : rounded).padStart(7, '0');
  return `${rounded < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

/** From one run to the other over the states between them; each part is the step from one state to the next. */
function differenceOf(
  [baseRunId, runId]: [string, string],
  explanation: ComparisonView | null,
  explained: ComparisonView | null,
  cells: readonly Cell[],
  limit: number,
): CompareView['difference'] {
  const models = new Set(explained?.models ?? commonModels(cells, baseRunId, runId));
  const sums = new Map<string, { head: Cell; byRun: Map<string, number> }>();
  const totals = new Map<string, { head: Cell; byRun: Map<string, number> }>();
  const add = (into: typeof sums, id: string, cell: Cell) => {
    const sum = into.get(id) ?? { head: cell, byRun: new Map<string, number>() };
    sum.byRun.set(cell.runId, (sum.byRun.get(cell.runId) ?? 0) + cell.amountMinor);
    into.set(id, sum);
  };
  for (const cell of cells) {
    if (!models.has(cell.modelCode)) continue;
    add(sums, JSON.stringify([cell.key, cell.currency, cell.modelCode]), cell);
    add(totals, JSON.stringify([cell.currency, cell.modelCode]), cell);
  }
  const row = ({ head, byRun }: { head: Cell; byRun: Map<string, number> }) => {
    const at = (id: string) => byRun.get(id) ?? 0;
    const money = (minor: number) => fromMinorUnits(minor, head.currency);
    const states = explained && [baseRunId, ...explained.steps.map((step) => step.runId)];
    const parts =
      states && DIFFERENCE_PARTS.map((part, index) => [part, at(states[index + 1]!) - at(states[index]!)] as const);
    const [from, to] = [at(baseRunId), at(runId)];
    return {
      currency: head.currency,
      modelCode: head.modelCode,
      from: money(from),
      to: money(to),
      difference: money(to - from),
      parts:
        parts &&
        (Object.fromEntries(parts.map(([part, minor]) => [part, money(minor)])) as Record<DifferencePart, string>),
      size: Math.abs(to - from),
    };
  };
  const rows = [...sums.values()].map((sum) => ({ key: sum.head.key, label: sum.head.label, ...row(sum) }));
  return {
    baseRunId,
    runId,
    explanation,
    rows: rows
      .sort((a, b) => b.size - a.size)
      .slice(0, limit)
      .map(({ size: _, ...shown }) => shown),
    totals: [...totals.values()].map(row).map(({ size: _, ...shown }) => shown),
  };
}

function commonModels(cells: readonly Cell[], baseRunId: string, runId: string): string[] {
  const of = (id: string) => new Set(cells.filter((cell) => cell.runId === id).map((cell) => cell.modelCode));
  return [...of(baseRunId).intersection(of(runId))];
}
