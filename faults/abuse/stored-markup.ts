import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { createSmtpTransport } from '../../providers/mail/smtp.ts';
import type { Trial } from '../lib/trial.ts';
import { openApp } from './app.ts';
import { deliverAll } from './mail-office.ts';

const MARKUP = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="  java&#10;script:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<iframe src="https://evil.example"></iframe>',
  '<body onload=alert(1)>',
  '<div style="background:url(javascript:alert(1))">x</div>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<object data="javascript:alert(1)"></object>',
  '<form action="https://evil.example"><input name=p></form>',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<base href="https://evil.example/">',
  '<link rel=stylesheet href="https://evil.example/x.css">',
  '"><script>alert(1)</script>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
];
const DANGER =
  /<(?:script|iframe|object|embed|form|meta|base|link|svg|math)\b|\son\w+\s*=|(?:href|src)\s*=\s*["']?\s*(?:javascript|data|vbscript)\s*:|url\(\s*["']?javascript/i;
const HEADERS = [
  'Hello\r\nBcc: eve@evil.example',
  'Hello\nBcc: eve@evil.example',
  'Hello\r\n\r\n<p>another body</p>',
  'Hello\u2028Bcc: eve@evil.example',
  'Hello\rBcc: eve@evil.example',
];
const FORMULAS = [
  '=1+1',
  '+1',
  '-1+1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '=cmd|calc!A1',
  '＝1+1',
  '+44 20',
  '=HYPERLINK("https://evil.example")',
];

interface Taken {
  readonly recipients: readonly string[];
  readonly raw: string;
}

/** A12: markup in what people read, lines in the heads of mails, formulas in files for spreadsheets. */
export const storedMarkup: Trial = {
  id: 'A12',
  title: 'stored markup, lines in mail heads, formulas in CSV',
  guarantee: 'No markup runs, each mail has the one recipient it was meant for, and no cell begins a formula.',
  async run(world) {
    const mailbox = await openMailbox();
    world.cleanUp(mailbox.close);
    const app = openApp(world.database);
    const org = await app.organization();
    let [trials, answers500] = [0, 0];
    const wrong: string[] = [];
    const send = async (to: string, body: object) => {
      trials += 1;
      const { status } = await app.call(org, 'POST', '/api/v1/emails/send', {
        body: { to: [{ email: to }], category: 'one_to_one', subject: 'Hello', html: '<p>Hello</p>', ...body },
      });
      if (status >= 500) answers500 += 1;
    };
    for (const [index, html] of MARKUP.entries())
      await send(`markup-${index}@company.example`, { html: `<p>before</p>${html}<p>after</p>` });
    for (const [index, text] of HEADERS.entries()) {
      await send(`subject-${index}@company.example`, { subject: text });
      await send(`name-${index}@company.example`, { to: [{ email: `name-${index}@company.example`, name: text }] });
      await send(`address-${index}@company.example`, {
        to: [{ email: `address-${index}@company.example${text.slice(5)}` }],
      });
    }
    await deliverAll(world.database, createSmtpTransport({ url: mailbox.url }));
    for (const { recipients, raw } of mailbox.taken) {
      if (recipients.length !== 1) wrong.push(`a mail to ${recipients.join(', ')}`);
      if (recipients.some((one) => one.includes('evil.example'))) wrong.push('a mail to eve');
      const head = raw.slice(0, raw.search(/\r?\n\r?\n/));
      if (/^bcc:/im.test(head)) wrong.push(`a head with Bcc: ${head.slice(0, 80)}`);
    }
    const outbox = await world.database.owner<{ html: string }[]>`select html from emails where html is not null`;
    let markup = 0;
    for (const { html } of outbox)
      if (DANGER.test(html)) {
        markup += 1;
        wrong.push(`kept markup: ${html.slice(0, 100)}`);
      }
    for (const { raw } of mailbox.taken) {
      const decoded = decodeQuotedPrintable(raw);
      if (DANGER.test(decoded.replaceAll(/<form method="post">/g, ''))) {
        markup += 1;
        wrong.push(`sent markup: ${DANGER.exec(decoded)?.[0]}`);
      }
    }

    for (const [index, text] of FORMULAS.entries()) {
      trials += 1;
      const body = { email: `formula-${index}@company.example`, firstName: text, lastName: text };
      const { status, text: said } = await app.call(org, 'POST', '/api/v1/prospects', { body });
      if (status >= 500) answers500 += 1;
      if (status >= 300 && status < 500 && !/[\t\r]/.test(text))
        wrong.push(`${text} was refused: ${said.slice(0, 100)}`);
    }
    const csv = await app.call(org, 'GET', '/api/v1/prospects/export');
    const cells = csv.text
      .split(/\r?\n/)
      .slice(1)
      .flatMap((line) => line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? []);
    const formulas = cells
      .map((cell) => cell.replace(/,$/, '').replace(/^"/, ''))
      .filter((cell) => /^[=+@\t\r＝＋＠]|^-(?!\d+(?:\.\d+)?"?$)/.test(cell));
    return {
      trials,
      counts: {
        answers500,
        markup,
        recipientsTooMany: wrong.filter((one) => /^a (?:mail|head)/.test(one)).length,
        formulas: formulas.length,
        mailsMissing: mailbox.taken.length < MARKUP.length ? 1 : 0,
        exportMissing: csv.status === 200 && cells.length > FORMULAS.length ? 0 : 1,
      },
      notes: {
        mails: mailbox.taken.length,
        cells: cells.length,
        ...(wrong.length > 0 ? { first: wrong.slice(0, 6).join(' | ') } : {}),
        ...(formulas[0] ? { formula: formulas[0] } : {}),
      },
    };
  },
};

/** What a mail server sees: the recipients of the envelope, and every line. */
async function openMailbox() {
  const taken: Taken[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        taken.push({
          recipients: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    taken,
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

const decodeQuotedPrintable = (text: string): string =>
  text
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
