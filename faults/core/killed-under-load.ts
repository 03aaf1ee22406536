import { killUnderLoad } from '../../test/kill/kill-under-load.ts';
import type { Trial } from '../lib/trial.ts';

const KILLS = 20;

/** F17: all kinds of requests, files and runs at once, which F2 does not have. */
export const killedUnderLoad: Trial = {
  id: 'F17',
  title: `API and worker killed ${KILLS} times each under requests, files and runs`,
  guarantee: 'What was acknowledged is there once and told once, nothing else is there, and files and runs end whole.',
  async run(world) {
    const organization = await world.createOrganization();
    const { apis, workers, url } = await world.startProduct({ workers: 1 });
    const [api, worker] = [apis[0]!, workers[0]!];
    const load = { kills: KILLS, callers: 8 };
    const { ledger, ...found } = await killUnderLoad(world.database, organization, { api, worker, url }, load);
    const { lost, stuck } = await world.drained();
    return {
      trials: found.facts,
      counts: {
        lost: lost + found.lost.length,
        duplicated: found.twice.length + found.toldWrongly.length,
        wrongTenant: await world.wrongTenant(),
        stuck,
        invented: found.invented.length,
        wrongAnswers: found.wrong.length,
        killsMissing: 2 * KILLS - api.kills - worker.kills,
      },
      notes: {
        brokenRequests: ledger.broken,
        files: ledger.uploads.length,
        runs: ledger.runs.length,
        ...(found.wrong.length > 0 ? { firstWrong: found.wrong[0]! } : {}),
      },
    };
  },
};
