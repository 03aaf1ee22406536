import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { testOutreach } from '../../../test/http/harness.ts';
import { createProspect } from '../../crm/index.ts';
import { checkDomain, createSender, EMAIL_RECORDS, planEmail } from '../index.ts';

let database: TestDatabase;
let tenant: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
});
afterAll(() => database?.drop());

const WORDS = 'zanzibar-4711';
const TABLES = [
  'emails',
  'email_tracking_events',
  'inbound_messages',
  'email_bounces',
  'bulk_email_recipients',
  'inbound_attachments',
];

/** Tables that still hold a word of the person. */
async function told(word: string): Promise<string[]> {
  const found = await Promise.all(
    TABLES.map(async (table) => {
      const rows = await database.owner`select 1 from ${database.owner(table)} t where t::text ilike ${`%${word}%`}`;
      return rows.length > 0 ? [table] : [];
    }),
  );
  return found.flat();
}

const FOUND = ['emails', 'email_tracking_events', 'inbound_messages', 'inbound_attachments'];

describe('the e-mails of a person', () => {
  it('lose words, addresses and devices by an erasure, which finds nothing left the second time; others keep theirs', async () => {
    const { organizationId } = tenant;
    const tools = { ...testOutreach, allowUnverified: true };
    const checked = await checkDomain(testOutreach, 'acme.example');
    await tenant.run((ctx) =>
      createSender(ctx, { name: 'Ada', email: 'ada@acme.example', postalAddress: '1 Main Street', tools, checked }),
    );
    const write = async (email: string, subject: string) => {
      const { id: prospectId } = await tenant.run((ctx) => createProspect(ctx, { email, firstName: subject }));
      const [customer] = await database.owner`
        insert into customers (organization_id) values (${organizationId}) returning id`;
      await database.owner`update prospects set customer_id = ${customer!.id} where id = ${prospectId}`;
      const sent = await tenant.run((ctx) =>
        planEmail(ctx, tools, { to: [{ email, name: subject }], subject, html: `<p>${subject}</p>`, prospectId }),
      );
      await database.owner`
        insert into email_tracking_events (organization_id, email_id, type, occurred_at, event_key, user_agent)
        values (${organizationId}, ${sent.id}, 'open', now(), gen_random_uuid()::text, ${subject})`;
      await database.owner`
        insert into inbound_messages (organization_id, channel, from_address, to_address, text, kind, rule, email_id, received_at)
        values (${organizationId}, 'email', ${email}, 'ada@acme.example', ${subject}, 'reply', 'text', ${sent.id}, now())`;
      await database.owner`
        with kept as (
          insert into blobs (organization_id, media_type, completed_at) values (${organizationId}, 'text/csv', now())
          returning id)
        insert into inbound_attachments (organization_id, message_id, blob_id, file_name, media_type, size_bytes)
        select ${organizationId}, i.id, kept.id, ${subject}, 'text/csv', 1 from inbound_messages i, kept
        where i.email_id = ${sent.id}`;
      return String(customer!.id);
    };
    const person = await write(`${WORDS}@person.example`, WORDS);
    await write('other-0815@person.example', 'other-0815');
    expect(await told(WORDS)).toEqual(FOUND);
    const counts = await tenant.run((ctx) => EMAIL_RECORDS.erase(ctx, [person]));
    expect(counts).toMatchObject({ emails: 1, email_tracking_events: 1, inbound_messages: 1 });
    expect(await told(WORDS)).toEqual([]);
    expect(await told('other-0815')).toEqual(FOUND);
    const again = await tenant.run((ctx) => EMAIL_RECORDS.erase(ctx, [person]));
    expect(again).toMatchObject({ emails: 0, email_tracking_events: 0, inbound_messages: 0, inbound_attachments: 0 });
    expect(await database.owner`select count(*)::integer as n from blobs`).toEqual([{ n: 1 }]);
  });
});
