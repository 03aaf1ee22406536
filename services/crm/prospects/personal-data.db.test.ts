import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERASE_STEPS } from '../../../domain/data/privacy.rules.ts';
import { createTenant, createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { placesOf } from '../../../test/privacy/arrange.ts';
import { PERSON_RECORDS } from '../../../workers/person-records.ts';
import {
  beginPrivacyRequest,
  completePrivacyRequest,
  eraseBatch,
  getPrivacyRequest,
  ingestInteraction,
} from '../../data/index.ts';
import { createProspect, deleteProspect, eraseProspect, exportProspectData, logActivity } from '../index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

/** What the process does, without waiting for one. */
async function carryOut(tenant: Awaited<ReturnType<typeof createTenant>>, requestId: string) {
  await tenant.run((ctx) => beginPrivacyRequest(ctx, requestId));
  for (const step of ERASE_STEPS) {
    while (await tenant.run((ctx) => eraseBatch(ctx, requestId, step, PERSON_RECORDS)));
  }
  await tenant.run((ctx) => completePrivacyRequest(ctx, requestId, null));
  return tenant.run((ctx) => getPrivacyRequest(ctx, { requestId }));
}

describe('a prospect whom no interaction has named', () => {
  it.each([
    [
      'with an address',
      { email: 'zelda.quux@canary.example', phone: '+1 415 555 0199', lastName: 'Quuxington' },
      false,
    ],
    ['with a name alone', { firstName: 'Zeldabeth', lastName: 'Quuxington' }, false],
    ['that was deleted', { email: 'zelda.quux@canary.example', lastName: 'Quuxington' }, true],
  ] as const)('is erased everywhere, %s, once', async (_, fields, isDeleted) => {
    const tenant = await createTenant(database, 'Acme');
    const { id } = await tenant.run((ctx) => createProspect(ctx, fields));
    await tenant.run((ctx) =>
      logActivity(ctx, { type: 'note_added', prospectId: id, subject: 'Zeldabeth called', notes: 'quuxington' }),
    );
    if (isDeleted) await tenant.run((ctx) => deleteProspect(ctx, { id }));
    const request = await tenant.run((ctx) => eraseProspect(ctx, { id }));
    const { certificate } = await carryOut(tenant, request.id);
    expect(certificate?.counts).toMatchObject({ prospects: 1, activities: 1 });
    expect(await placesOf(database, ['quuxington', 'zelda', '4155550199'])).toEqual([]);
    const again = await tenant.run((ctx) => eraseProspect(ctx, { id }));
    expect(again).toMatchObject({ id: request.id, status: 'completed' });
  });

  it('is one of the people that are known, where its address has been heard of since', async () => {
    const tenant = await createTenant(database, 'Acme');
    const { id } = await tenant.run((ctx) =>
      createProspect(ctx, { email: 'ann@lee.example', phone: '+1 415 555 0123' }),
    );
    const heard = await tenant.run((ctx) =>
      ingestInteraction(ctx, {
        externalInteractionId: 't',
        channel: 'call',
        startedAt: new Date('2026-05-01T10:00:00Z'),
        customerIdentifiers: [{ type: 'email', value: 'ann@lee.example' }],
      }),
    );
    const { customerId } = await tenant.run((ctx) => exportProspectData(ctx, { id }));
    expect(customerId).toBe(heard.customerId);
  });
});
