import { createBlobStore, keepBlob } from '../../services/core/blobs.ts';
import { claimIdempotencyKeys, storeAnswers } from '../../services/core/idempotency.ts';
import { correctInteraction, ingestConversion, ingestInteraction, mergeCustomers } from '../../services/data/index.ts';
import { createTenant, type TestDatabase, type TestTenant } from '../database.ts';
import { arrangeAgent } from './arrange-agent.ts';
import { arrangeProspect } from './arrange-prospect.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 5, 1, hour));

export interface ArrangedPerson {
  tenant: TestTenant;
  customerId: string;
  /** None of them may be found anywhere once the person is erased. */
  canaries: string[];
}

/** A person whose values stand everywhere they can, and a neighbour who must not lose anything. */
export async function arrangePerson(database: TestDatabase, name: string): Promise<ArrangedPerson> {
  const tenant = await createTenant(database);
  const canary = (what: string) => `canary-${name}-${what}`;
  const email = { type: 'email', value: `${canary('mail')}@example.com` };
  const phone = { type: 'phone', value: `+1415555${String(1000 + name.length)}` };
  const cookie = { type: 'cookie', value: canary('cookie') };
  const touch = (id: string, hour: number, identifiers: { type: string; value: string }[]) =>
    tenant.run((ctx) =>
      ingestInteraction(ctx, {
        externalInteractionId: id,
        channel: 'call',
        startedAt: at(hour),
        customerIdentifiers: identifiers,
        transcriptUrl: `https://x.example/${canary('transcript')}`,
        clickId: canary('click'),
        metadata: { note: canary('metadata') },
        participants: [{ role: 'agent', externalId: `agent-${id}` }],
      }),
    );
  const first = await touch('t1', 1, [email, cookie]);
  const second = await touch('t2', 2, [phone]);
  await tenant.run((ctx) =>
    mergeCustomers(ctx, { sourceId: second.customerId, targetId: first.customerId, reason: canary('reason') }),
  );
  await tenant.run((ctx) =>
    correctInteraction(ctx, { id: first.id, changes: { metadata: { note: canary('corrected') } } }),
  );
  await tenant.run((ctx) =>
    ingestConversion(ctx, {
      externalEventId: 'sale',
      eventType: 'purchase',
      customerIdentifiers: [email],
      amountDecimal: '100.00',
      currency: 'USD',
      occurredAt: at(10),
      eventSource: 'shop',
      metadata: { address: canary('address') },
    }),
  );
  const { organizationId } = tenant;
  await database.owner`
    insert into events (organization_id, type, customer_id, session_id, url, properties, occurred_at)
    values (${organizationId}, 'form', ${first.customerId}, ${canary('session')}, ${canary('url')},
            ${database.owner.json({ field: canary('property') })}, ${at(3)})`;
  await database.owner`
    insert into website_page_views (organization_id, url, path, title, referrer, session_id, customer_id, occurred_at)
    values (${organizationId}, ${canary('page')}, ${canary('path')}, ${canary('title')}, ${canary('referrer')},
            ${canary('session')}, ${second.customerId}, ${at(3)})`;
  await tenant.run(async (ctx) => {
    await claimIdempotencyKeys(ctx, [{ key: 'k', fingerprint: Buffer.from('f'), operationId: 'correctInteraction' }]);
    const body = JSON.stringify({ customer_id: first.customerId, note: canary('answer') });
    await storeAnswers(ctx, new Map([['k', { status: 200, body, etag: null, location: null }]]));
  });
  await arrangeUpload(database, tenant, Buffer.from(`mail,note\n${email.value.toUpperCase()},${canary('file')}\n`));
  await arrangeUpload(database, tenant, Buffer.from(`mail\n${email.value}\n`, 'utf16le'));
  await tenant.run((ctx) =>
    ingestInteraction(ctx, {
      externalInteractionId: 'neighbour',
      channel: 'call',
      startedAt: at(1),
      customerIdentifiers: [{ type: 'email', value: 'neighbour@example.com' }],
      metadata: { note: 'stays' },
    }),
  );
  await arrangeProspect(database, tenant, { email: email.value, phone: phone.value, canary });
  await arrangeAgent(database, tenant, { email: email.value, canary });
  return { tenant, customerId: first.customerId, canaries: [`canary-${name}-`, phone.value] };
}

async function arrangeUpload(database: TestDatabase, tenant: TestTenant, bytes: Buffer): Promise<void> {
  const owner = { organizationId: tenant.organizationId, now: tenant.scope.now };
  const blob = await createBlobStore(database.app).put(
    owner,
    (async function* () {
      yield bytes;
    })(),
    { mediaType: 'text/csv', limitBytes: 10_000 },
  );
  const text = bytes.toString('latin1').replaceAll('\0', '');
  await tenant.run(async (ctx) => {
    await keepBlob(ctx, blob.id);
    const upload = await ctx.tx
      .insertInto('uploads')
      .values({
        kind: 'interactions',
        file_name: 'x.csv',
        format: 'csv',
        blob_id: blob.id,
        status: 'completed',
        // As an import leaves them that took the first row of such a file for its header.
        cursor: JSON.stringify({ dryRun: false, header: [text] }),
        mapping: JSON.stringify({ [text]: 'channel' }),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await ctx.tx
      .insertInto('upload_errors')
      .values({
        upload_id: upload.id,
        line: 1,
        field: 'note',
        code: 'INVALID',
        message: text,
      })
      .execute();
  });
}

/** Every text, jsonb, array and bytea column of every table, whatever its organization. */
export async function placesOf(database: TestDatabase, canaries: readonly string[]): Promise<string[]> {
  const columns = await database.owner<{ table_name: string; column_name: string; data_type: string }[]>`
    select c.table_name, c.column_name, c.data_type from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
      and c.data_type in ('text', 'character varying', 'jsonb', 'json', 'bytea', 'ARRAY')`;
  if (columns.length < 100) throw new Error('The catalogue was not read.');
  const found: string[] = [];
  for (const { table_name, column_name, data_type } of columns) {
    const column = database.owner(column_name);
    const text =
      data_type === 'bytea'
        ? database.owner`replace(encode(${column}, 'escape'), '\\000', '')`
        : database.owner`${column}::text`;
    for (const canary of canaries) {
      const [row] = await database.owner<{ hits: number }[]>`
        select count(*)::integer as hits from ${database.owner(table_name)}
        where position(${canary.toLowerCase()} in lower(${text})) > 0`;
      if (row!.hits > 0) found.push(`${table_name}.${column_name}`);
    }
  }
  return [...new Set(found)].sort();
}
