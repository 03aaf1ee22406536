import type { Databases } from '../schema/db.ts';
import type { Ctx, Scope } from '../services/core/context.ts';
import { noFaults } from '../services/core/fault-points.ts';
import { inTransaction } from '../services/core/transaction.ts';
import { completeTask, createTask, listProspects, type ProspectView } from '../services/crm/index.ts';
import {
  attendBulkJob,
  createBulkJob,
  createInboxWorker,
  createTemplate,
  type EmailSummary,
  getEmail,
  listEmails,
  type OutreachTools,
  planEmail,
  planOutreachSend,
  receiveInboundMail,
} from '../services/outreach/index.ts';
import { dispatchAt, onError, scanMail, visitMail } from './messages.ts';

const NEWSLETTER_TO = 20;
const LETTERS = 8;
const TEXTS = 3;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** What comes back, by the place of its e-mail in the order of addresses. */
const ANSWERS = [
  [2, 'We would like to see that. Could you send me the price list?'],
  [5, 'Thank you, but we have decided for somebody else.'],
  [9, 'Sounds good. How about a call on Thursday?'],
  [13, 'Please remove me from your list.'],
  [16, 'I am not the right person for this. Please write to Lena Hofmann, lena.hofmann@globex.example.'],
  [22, 'Yes, that is what we were looking for. When can we talk?'],
  [26, 'Not this year, sorry.'],
] as const;
const BOUNCED = [11, 19];

/**
 * A newsletter, letters, texts and messages on LinkedIn of the last two weeks, and what came of them, led through the services
 * at the times of the past. Nothing leaves the outbox, whichever provider is configured.
 */
export async function buildMailings(
  databases: Pick<Databases, 'app' | 'platform'>,
  tools: OutreachTools,
  scope: Scope,
): Promise<void> {
  const { app, platform } = databases;
  const at = <T>(now: Date, work: (ctx: Ctx) => Promise<T>) => inTransaction(app, { ...scope, now }, work);
  const { secrets } = tools.mailing;
  const morning = new Date(scope.now.getTime() - 13 * DAY_MS);
  morning.setUTCHours(14, 0, 0, 0);
  const later = (minutes: number) => new Date(morning.getTime() + minutes * MINUTE_MS);

  const people = await at(morning, (ctx) => peopleToWriteTo(ctx));
  const jobId = await at(morning, (ctx) => writeNewsletter(ctx, tools, people.slice(0, NEWSLETTER_TO)));
  const work = () => at(morning, (ctx) => attendBulkJob(ctx, tools, { jobId, generation: 1 }));
  while ((await work()).status === 'more');
  await at(morning, (ctx) => writeByHand(ctx, tools, people.slice(NEWSLETTER_TO)));
  await dispatchAt(databases, tools, later(1));
  const mails = await at(morning, readMails);
  await at(later(90), (ctx) => visitMails(ctx, mails, later));
  await at(later(1_500), async (ctx) => {
    for (const fields of [...(await answersTo(ctx, mails)), ...bouncesOf(mails)]) {
      const source = { organizationId: ctx.organizationId, senderId: null, eventPublicKey: null };
      await receiveInboundMail(ctx, { source, fields, secrets });
    }
  });
  const clock = { now: () => later(1_500) };
  const afterCommit = () => {};
  await createInboxWorker({
    db: app,
    platformDb: platform,
    clock,
    faultPoint: noFaults,
    tools,
    afterCommit,
    onError,
  }).run();
}

async function peopleToWriteTo(ctx: Ctx): Promise<ProspectView[]> {
  const { items } = await listProspects(ctx, { page: 1, limit: 100, sort: [], status: 'engaged' });
  return items.filter(({ email }) => email !== null).slice(0, NEWSLETTER_TO + LETTERS);
}

async function writeNewsletter(ctx: Ctx, tools: OutreachTools, people: readonly ProspectView[]): Promise<string> {
  const { id: templateId } = await createTemplate(ctx, {
    name: 'Newsletter',
    subject: 'Which calls bring your orders, {{firstName | hello}}?',
    html: `<p>Hi {{firstName | there}},</p><p>three companies show <a href="https://www.northwind.example/stories">what
      they have found out</a>. You can <a href="https://www.northwind.example/demo">see it yourself</a>.</p>`,
    category: 'marketing',
  });
  const recipients = people.map(({ id, email }) => ({ email: email!, name: null, prospectId: id }));
  const { id } = await createBulkJob(ctx, { tools, name: 'Stories of customers', templateId, recipients });
  return id;
}

/** What members write themselves: letters, texts, and messages on LinkedIn. */
async function writeByHand(ctx: Ctx, tools: OutreachTools, people: readonly ProspectView[]): Promise<void> {
  for (const { id: prospectId, email, ownerId: userId } of people) {
    await planEmail(ctx, tools, {
      to: [{ email: email!, name: null }],
      prospectId,
      userId,
      subject: 'Your visit at our stand',
      html: '<p>Hi {{firstName | there}},</p><p>here is <a href="https://www.northwind.example/fair">what I showed you</a>.</p>',
      trackOpens: true,
      trackClicks: true,
    });
  }
  for (const { id: prospectId, ownerId: userId } of people.filter(({ phone }) => phone).slice(0, TEXTS)) {
    const text = 'Thank you for the talk. I have sent you a mail with all of it.';
    const dedupeKey = `demo:text:${prospectId}`;
    await planOutreachSend(ctx, tools, { channel: 'sms', purpose: 'one_to_one', prospectId, userId, text, dedupeKey });
  }
  for (const { id: prospectId, ownerId: assigneeId } of people.slice(0, TEXTS)) {
    const { id } = await createTask(ctx, { type: 'linkedin', prospectId, assigneeId });
    await completeTask(ctx, { id });
  }
}

type SentMail = Pick<EmailSummary, 'id' | 'subject'> & { address: string };

async function readMails(ctx: Ctx): Promise<SentMail[]> {
  const { items } = await listEmails(ctx, { page: 1, limit: 100, status: 'sent' });
  // Those of a cadence are no letters of these days.
  const mails = items
    .filter(({ category }) => category !== 'sequence')
    .map(({ id, subject, to }) => ({ id, subject, address: to[0]!.email }));
  return mails.sort((a, b) => (a.address < b.address ? -1 : 1));
}

/** Two of three are opened, every fourth is followed; a scanner follows all links of some at once. */
async function visitMails(ctx: Ctx, mails: readonly SentMail[], later: (minutes: number) => Date): Promise<void> {
  for (const [index, { id: emailId }] of mails.entries()) {
    const minutes = 5 + ((index * 37) % 80);
    await visitMail(ctx, emailId, {
      openedAt: index % 3 !== 0 && later(minutes),
      followedAt: index % 4 === 1 && later(minutes + 2),
    });
    if (index % 12 === 6) await scanMail(ctx, emailId, later(2));
  }
}

async function answersTo(ctx: Ctx, mails: readonly SentMail[]): Promise<Record<string, string>[]> {
  const answers: Record<string, string>[] = [];
  for (const [place, text] of ANSWERS) {
    const mail = mails[place];
    if (!mail) continue;
    const { messageId } = await getEmail(ctx, { id: mail.id });
    const headers = `Message-ID: <demo-${place}@mail.example>\nIn-Reply-To: ${messageId}`;
    const to = 'hello@mail.northwind.example';
    answers.push({ headers, from: mail.address, to, subject: `Re: ${mail.subject}`, text });
  }
  return answers;
}

const bouncesOf = (mails: readonly SentMail[]): Record<string, string>[] =>
  BOUNCED.flatMap((place) => {
    const mail = mails[place];
    if (!mail) return [];
    return [
      {
        headers: `Message-ID: <demo-${place}@mail.example>\nContent-Type: multipart/report; report-type=delivery-status`,
        from: 'MAILER-DAEMON@mx.mail.example',
        to: 'hello@mail.northwind.example',
        subject: 'Undelivered Mail Returned to Sender',
        text: `<${mail.address}> could not be reached.\n\nFinal-Recipient: rfc822; ${mail.address}\nAction: failed\nStatus: 5.1.1`,
      },
    ];
  });
