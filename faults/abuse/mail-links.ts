import type { Trial } from '../lib/trial.ts';
import { dataOf, openApp } from './app.ts';
import { deliverAll } from './mail-office.ts';

const BROWSER = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';

/** A14: links of messages with every byte of their tokens changed, those of others, and those that are only looked at. */
export const mailLinks: Trial = {
  id: 'A14',
  title: 'tampered, foreign and prefetched links of messages',
  guarantee: 'A link that we have not signed leads nowhere, looking changes nothing, and unsubscribing twice is once.',
  async run(world) {
    const app = openApp(world.database);
    const { owner } = world.database;
    const [ours, theirs] = [await app.organization(), await app.organization()];
    const sent = async (org: typeof ours, to: string) => {
      const body = {
        to: [{ email: to }],
        category: 'marketing',
        subject: 'Hello',
        html: '<p><a href="https://acme.example/a">a</a> <a href="https://acme.example/b">b</a></p>',
      };
      dataOf(await app.call(org, 'POST', '/api/v1/emails/send', { body }));
      await deliverAll(world.database);
      const [{ html }] = dataOf(await app.call(org, 'GET', `/api/v1/outbox?to=${to}`));
      const token = (path: string) => new RegExp(`${path}/([\\w-]+)`).exec(html)![1]!;
      return { open: token('track/open'), click: token('track/click'), unsubscribe: token('unsubscribe') };
    };
    const mine = await sent(ours, 'john@company.example');
    const foreign = await sent(theirs, 'jane@company.example');
    const state = async () => {
      const [row] = await owner<[{ events: number; stops: number }]>`
        select (select count(*)::int from email_tracking_events where type in ('open', 'click', 'unsubscribe')) as events,
               (select count(*)::int from email_unsubscribes) as stops`;
      return row;
    };
    const visit = (method: string, path: string) =>
      app.call(null, method, `/api/v1/emails/${path}`, {
        headers: {
          'user-agent': BROWSER,
          ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        },
        ...(method === 'POST' ? { text: 'List-Unsubscribe=One-Click' } : {}),
      });
    let [trials, opened, redirected, answers500] = [0, 0, 0, 0];
    const before = await state();
    const kinds = [
      ['GET', 'track/click', mine.click, foreign.click],
      ['GET', 'track/open', mine.open, foreign.open],
      ['GET', 'unsubscribe', mine.unsubscribe, foreign.unsubscribe],
      ['POST', 'unsubscribe', mine.unsubscribe, foreign.unsubscribe],
    ] as const;
    for (const [method, path, token, other] of kinds) {
      for (const forged of forgeriesOf(
        token,
        other,
        Object.values(mine).filter((one) => one !== token),
      )) {
        trials += 1;
        const { status, headers } = await visit(method, `${path}/${encodeURIComponent(forged)}`);
        if (status >= 500) answers500 += 1;
        if (headers.get('location') !== null) redirected += 1;
        // A pixel is a picture whoever asks; it must only note nothing.
        if (status < 300 && path !== 'track/open') opened += 1;
      }
    }
    const afterForged = await state();
    for (let look = 0; look < 20; look++) {
      trials += 1;
      await visit('GET', `unsubscribe/${mine.unsubscribe}`);
      await visit('HEAD', `unsubscribe/${mine.unsubscribe}`);
    }
    const afterLooking = await state();
    const posts = await Promise.all(Array.from({ length: 20 }, () => visit('POST', `unsubscribe/${mine.unsubscribe}`)));
    trials += posts.length;
    const end = await state();
    const followed = await visit('GET', `track/click/${mine.click}`);
    return {
      trials,
      counts: {
        opened,
        redirected,
        answers500,
        effectsOfForged: afterForged.events - before.events + afterForged.stops - before.stops,
        effectsOfLooking: afterLooking.stops - afterForged.stops,
        duplicated: Math.max(0, end.stops - afterLooking.stops - 1),
        lost: end.stops === afterLooking.stops ? 1 : 0,
        refusedPosts: posts.filter(({ status }) => status >= 300).length,
        rightLinkDead: followed.headers.get('location') === 'https://acme.example/a' ? 0 : 1,
      },
    };
  },
};

/** Each bit of the token turned in turn, its ends cut, others' bytes in it, and what is no token. */
function forgeriesOf(token: string, foreign: string, ownOthers: readonly string[]): string[] {
  const bytes = Buffer.from(token, 'base64url');
  const flipped = Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const copy = Buffer.from(bytes);
    copy[bit >> 3]! ^= 1 << (bit & 7);
    return copy.toString('base64url');
  });
  const theirs = Buffer.from(foreign, 'base64url');
  const mixed = Buffer.concat([bytes.subarray(0, 1), theirs.subarray(1, 17), bytes.subarray(17)]).toString('base64url');
  const swapped = Buffer.concat([bytes.subarray(0, 35), theirs.subarray(35)]).toString('base64url');
  return [
    ...flipped,
    ...ownOthers,
    mixed,
    swapped,
    token.slice(0, -1),
    `${token}A`,
    token.toUpperCase(),
    'x',
    '%00',
    'https://evil.example',
    '../unsubscribe',
  ];
}
