import { spawn } from 'node:child_process';
import { endProcess, freePort, waitUntil } from '../../dev/host.ts';
import { ProviderError, type ProviderSession } from '../../domain/integrations/adapter.port.ts';
import { createOutbound } from '../../providers/http/outbound.ts';
import { ADAPTERS, createSessions } from '../../providers/integrations/index.ts';
import { findGoProgram } from '../lib/go-program.ts';
import { notRun, type Trial } from '../lib/trial.ts';

const PROGRAM = { name: 'stripe-mock', version: 'v0.203.0', path: 'github.com/stripe/stripe-mock' };
const START_MS = 90_000;

/** I3: somebody else's word on what Stripe understands: its own server for tests, made from its published interface. */
export const stripeMock: Trial = {
  id: 'I3',
  title: "Every call to Stripe against Stripe's own stand-in",
  guarantee: 'Stripe understands each request, and its published examples are read.',
  async run(world) {
    const program = await findGoProgram(PROGRAM, world.report);
    if (typeof program === 'string') return notRun(`stripe-mock cannot be had: ${program}`);
    const port = await freePort();
    const child = spawn(program.file, ['-http-addr', `127.0.0.1:${port}`], { stdio: 'ignore' });
    world.cleanUp(async () => {
      if (child.pid) await endProcess(child.pid, [['SIGKILL', 2_000]]);
    });
    const url = `http://127.0.0.1:${port}`;
    const headers = { authorization: 'Bearer sk_test_123' };
    const answers = () =>
      fetch(`${url}/v1/charges/ch_1`, { headers }).then(
        ({ ok }) => ok,
        () => false,
      );
    if (!(await waitUntil(answers, START_MS))) return notRun('stripe-mock did not start.');
    const outbound = createOutbound({ production: false, allowLoopback: true });
    world.cleanUp(() => outbound.close());
    const refused: string[] = [];
    let calls = 0;
    const session: ProviderSession = createSessions(outbound)({
      adapter: ADAPTERS.stripe!,
      connection: { settings: {}, credentials: { apiKey: 'sk_test_123' } },
      baseUrl: url,
      now: () => new Date(),
      host: {
        accessToken: async () => null,
        takeBudget: async () => ({ waitMs: 0 }),
        block: async () => {},
        async track({ success, errorCode }) {
          calls += 1;
          if (!success) refused.push(String(errorCode));
        },
      },
    });
    let unread = 0;
    for (const [stream, ids] of [
      ['payments', ['ch_1', 'py_1']],
      ['refunds', ['re_1', 'pyr_1']],
    ] as const) {
      const adapter = ADAPTERS.stripe!.streams[stream]!;
      const records = await adapter.fetch!(session, ids, []);
      if (records.length !== ids.length || records.some(({ fields }) => !/^-?1\.00$/.test(String(fields.amount))))
        unread += 1;
      // Its lists hold one example that is neither a charge nor a refund: what counts is that the question is understood.
      const places = [null, JSON.stringify({ type: 1, after: 'txn_1', since: 1_700_000_000, begun: 1_800_000_000 })];
      for (const place of places) {
        await adapter.pull!(session, place, 50, []).catch((error: unknown) => {
          if (!(error instanceof ProviderError) || error.code !== 'MALFORMED_ANSWER') throw error;
        });
      }
    }
    // The control: what Stripe does not know is refused by it.
    const control = await fetch(`${url}/v1/balance_transactions?nonsense=1`, { headers });
    if (control.status !== 400) throw new Error('stripe-mock takes everything; it proves nothing.');
    for (const one of refused) world.report(`Refused: ${one}`);
    return {
      trials: calls,
      counts: { refused: refused.length, unread },
      notes: { by: `stripe-mock ${PROGRAM.version}` },
    };
  },
};
