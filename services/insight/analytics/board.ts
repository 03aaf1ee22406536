import type { Measures } from '../../../domain/insight/metrics.rules.ts';
import type { Rate } from './head.query.ts';
import type { Answer, Cell } from './report.query.ts';
import type { MetricSource } from './source.ts';

/** `single`: there is one currency; `converted`: into the answer's; `grouped`: a rate is missing, nothing is added. */
export type MoneyMode = 'single' | 'converted' | 'grouped';

export interface Place {
  readonly k0: string | null;
  readonly k1: string | null;
  /** First day of the bucket. */
  readonly bucket: string | null;
}

const WHOLE = 'whole';

/** The cells of an answer, by what they are of. */
export class Board {
  /** The place of the whole. */
  static readonly WHOLE = WHOLE;
  static readonly keyOf = ({ k0, k1, bucket }: Place): string => JSON.stringify([k0, k1, bucket]);
  static readonly placeOf = (key: string): Place => {
    const [k0, k1, bucket] = JSON.parse(key) as [string | null, string | null, string | null];
    return { k0, k1, bucket };
  };

  readonly mode: MoneyMode;
  readonly currency: string;
  /** Those of the facts. */
  readonly currencies: readonly string[];
  readonly #answer: Answer;
  readonly #sources: ReadonlyMap<string, MetricSource>;
  readonly #cells = [new Map<string, Cell[]>(), new Map<string, Cell[]>()] as const;

  constructor(answer: Answer, sources: readonly MetricSource[], currencyWasAsked: boolean) {
    this.#answer = answer;
    this.#sources = new Map(sources.map((source) => [source.name, source]));
    let isMissing = false;
    const currencies = new Set<string>();
    for (const cell of answer.cells) {
      const key = cell.total ? WHOLE : Board.keyOf(cell);
      const cells = this.#cells[cell.which].get(key);
      if (cells) cells.push(cell);
      else this.#cells[cell.which].set(key, [cell]);
      if (cell.currency === null) continue;
      currencies.add(cell.currency);
      const { money, measures } = this.#sources.get(cell.source)!;
      isMissing ||= money.some((measure) => cell.converted[measures.indexOf(measure)] === null);
    }
    this.currencies = [...currencies].sort();
    const [only, ...more] = this.currencies;
    // Amounts of one foreign currency are shown in it, unless the question names another.
    const isForeign = isMissing && more.length === 0 && only !== undefined && !currencyWasAsked;
    this.currency = isForeign ? only : answer.head.currency;
    const isPlain = this.currencies.every((currency) => currency === this.currency);
    this.mode = isPlain ? 'single' : isMissing ? 'grouped' : 'converted';
  }

  /** Of all values of both periods, in no order. */
  keys(): string[] {
    const keys = new Set(this.#cells.flatMap((cells) => [...cells.keys()]));
    keys.delete(WHOLE);
    return [...keys];
  }

  currenciesOf(key: string): string[] {
    const found = (this.#cells[0].get(key) ?? []).flatMap((cell) => cell.currency ?? []);
    return [...new Set(found)].sort();
  }

  /** What is known of a place; with a currency only what belongs to that, as it was stored. */
  measures(key: string, which: 0 | 1, currency?: string): Measures {
    const sums: Record<string, number | null> = {};
    for (const source of this.#sources.values()) {
      const isUnknown =
        (currency !== undefined && !source.byCurrency) ||
        (source.name === 'credits' && this.#answer.head.run_id === null);
      for (const measure of source.measures) sums[measure] = isUnknown ? null : 0;
    }
    for (const cell of this.#cells[which].get(key) ?? []) {
      if (currency !== undefined && cell.currency !== currency) continue;
      const { measures, money } = this.#sources.get(cell.source)!;
      for (const [index, measure] of measures.entries()) {
        const amount = money.includes(measure) && currency === undefined;
        const value = amount ? this.#amountOf(cell, index) : (cell.values[index] ?? 0);
        const sum = sums[measure] ?? null;
        sums[measure] = sum === null || value === null ? null : sum + value;
      }
    }
    return sums;
  }

  #amountOf(cell: Cell, index: number): number | null {
    if (this.mode === 'single') return cell.values[index] ?? 0;
    return this.mode === 'grouped' ? null : (cell.converted[index] ?? 0);
  }

  /** Of currencies that were converted. */
  usedRates(): readonly Rate[] {
    if (this.mode !== 'converted') return [];
    return this.#answer.rates.filter((rate) => this.currencies.includes(rate.currency));
  }
}
