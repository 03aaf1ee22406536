import type { Revloop, Schemas } from '../client/index.ts';
import { type AttributeCommand, EXIT, type ExitCode } from './arguments.ts';
import { DecimalSum } from './decimal.ts';
import { type Output, table } from './output.ts';
import { growingPauses } from './pauses.ts';

type Run = Schemas['v1.AttributionRun'];
type Result = Schemas['v1.AttributionResult'];

interface ChannelCredit {
  readonly model_code: string;
  readonly channel: string;
  readonly currency: string;
  readonly touches: number;
  /** A decimal text, exact. */
  readonly attributed_amount: string;
}

/** Creates a run, executes it, follows it to its end and adds its credits up by channel. */
export async function attribute(api: Revloop, command: AttributeCommand, output: Output): Promise<ExitCode> {
  const { model, models, windowHours, start, end, runName } = command;
  const config = {
    ...(windowHours === undefined ? {} : { time_window_hours: windowHours }),
    ...(models.length === 0 ? {} : { models: [...models] }),
    ...(start === undefined ? {} : { start_date: start }),
    ...(end === undefined ? {} : { end_date: end }),
  };
  const created = await api.post('/v1/attribution/runs', { body: { model_code: model, name: runName, config } });
  const path = { run_id: created.data.data.id };
  output.note(`Run ${path.run_id}`);
  let { data: run } = (await api.post('/v1/attribution/runs/{run_id}/execute', { params: { path } })).data;
  const pause = growingPauses();
  while (run.status === 'pending' || run.status === 'running') {
    output.progress('Attributing', run.progress.processed, run.progress.total);
    await pause();
    ({ data: run } = (await api.get('/v1/attribution/runs/{run_id}', { params: { path } })).data);
  }
  output.progress('Attributing', run.progress.processed, run.progress.total);
  output.endProgress();
  const credit = run.status === 'completed' ? await creditByChannel(api, path.run_id) : [];
  print(run, credit, output);
  output.document({ run, credit_by_channel: credit });
  return run.status === 'completed' ? EXIT.ok : EXIT.failed;
}

async function creditByChannel(api: Revloop, runId: string): Promise<ChannelCredit[]> {
  const sums = new Map<string, { first: Result; touches: number; amount: DecimalSum }>();
  const results = api.each('/v1/attribution/runs/{run_id}/results', { params: { path: { run_id: runId } } });
  for await (const result of results) {
    const key = JSON.stringify([result.model_code, result.currency, result.channel]);
    const sum = sums.get(key) ?? { first: result, touches: 0, amount: new DecimalSum() };
    sum.touches++;
    sum.amount.add(result.attributed_amount);
    sums.set(key, sum);
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { first, touches, amount }]) => ({
      model_code: first.model_code,
      channel: first.channel,
      currency: first.currency,
      touches,
      attributed_amount: amount.toString(),
    }));
}

function print(run: Run, credit: readonly ChannelCredit[], output: Output): void {
  output.line(`${run.name}: ${run.status}`);
  if (run.failure) output.line(`${run.failure.message} (${run.failure.code})`);
  if (run.status !== 'completed') return;
  output.line(
    `${run.conversions_processed ?? 0} conversions, ${run.conversions_attributed ?? 0} with credit, ` +
      `${run.conversions_unattributed ?? 0} without a touch in the window.\n`,
  );
  const rows = credit.map((one) => [one.model_code, one.channel, one.touches, one.attributed_amount, one.currency]);
  output.line(table([['model', 'channel', 'touches', 'credit', ''], ...rows]));
}
