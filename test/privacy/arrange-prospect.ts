import {
  completeTask,
  createCustomField,
  createProspect,
  createTask,
  logCall,
  logManualActivity,
  mergeProspects,
  scheduleMeeting,
  updateProspect,
} from '../../services/crm/index.ts';
import { recordLinkedinEngagement, recordSignals } from '../../services/crm/intent/index.ts';
import { scoreProspect } from '../../services/crm/lead-scoring/index.ts';
import type { TestDatabase, TestTenant } from '../database.ts';
import { testMailing } from '../http/harness.ts';

/** The same person as a prospect, merged of two, with all that the customer record keeps of people; and a neighbour. */
export async function arrangeProspect(
  database: TestDatabase,
  tenant: TestTenant,
  person: { email: string; phone: string; canary: (what: string) => string },
): Promise<void> {
  const { email, phone, canary } = person;
  const { organizationId } = tenant;
  const startsAt = new Date(tenant.scope.now.getTime() + 86_400_000);
  const endsAt = new Date(startsAt.getTime() + 3_600_000);
  const names = { firstName: canary('first'), lastName: canary('last'), company: canary('company') };
  const [owner] = await database.owner<{ id: string }[]>`
    insert into users (organization_id, email) values (${organizationId}, ${`${crypto.randomUUID()}@rep.example`}) returning id`;
  await tenant.run(async (ctx) => {
    await createCustomField(ctx, { entity: 'prospect', key: 'hobby', type: 'text' });
    const custom = { hobby: canary('hobby') };
    const main = await createProspect(ctx, {
      email,
      title: canary('job'),
      linkedinUrl: `https://x.example/${canary('li')}`,
    });
    const twin = await createProspect(ctx, { phone, ...names, custom, source: canary('source') });
    await logManualActivity(ctx, { type: 'note_added', notes: canary('note'), prospectId: twin.id });
    await logCall(ctx, { prospectId: twin.id, phone, notes: canary('call'), outcome: canary('outcome') });
    await scheduleMeeting(ctx, {
      prospectId: main.id,
      title: canary('meeting'),
      startsAt,
      endsAt,
      notes: canary('agenda'),
      location: canary('place'),
      mailing: testMailing,
    });
    const { id } = await createTask(ctx, { prospectId: main.id, title: canary('todo'), notes: canary('todo-notes') });
    await completeTask(ctx, { id, outcome: canary('done') });
    await recordLinkedinEngagement(ctx, { prospectId: twin.id, type: 'profile_view', notes: canary('view') });
    await recordSignals(ctx, [{ type: 'website_visit', prospectId: main.id, title: canary('signal') }]);
    await scoreProspect(ctx, { id: main.id });
    await mergeProspects(ctx, { id: main.id, sourceId: twin.id });
    await updateProspect(ctx, { id: main.id, changes: { title: canary('new-job') } });
    const neighbour = await createProspect(ctx, { email: 'neighbour@example.com', firstName: 'Nina' });
    await scheduleMeeting(ctx, {
      prospectId: neighbour.id,
      title: 'Both',
      startsAt,
      endsAt,
      attendees: [
        { name: 'Nina', email: 'neighbour@example.com' },
        { name: canary('guest'), email },
      ],
    });
    await ctx.tx
      .insertInto('notifications')
      .values({
        user_id: owner!.id,
        event: 'task.assigned',
        title: canary('notice'),
        entity_type: 'prospect',
        entity_id: main.id,
      })
      .execute();
  });
  await database.owner`
    update prospects set enrichment_data = ${database.owner.json({ seniority: canary('seniority') })}
    where organization_id = ${organizationId} and email = ${email}`;
  await arrangeSync(database, organizationId, email, `No rights for ${canary('first')} ${canary('last')}`);
}

/** A provider that refuses the person's record and names them. */
async function arrangeSync({ owner }: TestDatabase, organizationId: string, email: string, message: string) {
  const [row] = await owner<{ id: string; prospect: string }[]>`
    with integration as (
      insert into team_integrations (organization_id, name, provider, source)
      values (${organizationId}, 'CRM', 'salesforce', 'crm') returning id)
    select integration.id, p.id as prospect from integration, prospects p
    where p.organization_id = ${organizationId} and p.email = ${email}`;
  const { id, prospect } = row!;
  await owner`
    insert into integration_quarantine (organization_id, integration_id, stream, direction, record_key, code, message,
                                        first_failed_at, last_failed_at, next_attempt_at)
    values (${organizationId}, ${id}, 'contacts', 'out', ${prospect}, 'REFUSED', ${message}, now(), now(), now())`;
  const report = [
    { stream: 'contacts', record: prospect, code: 'REFUSED', message },
    { stream: 'contacts', record: 'another', code: 'REFUSED', message: 'Another one' },
  ];
  await owner`
    insert into integration_syncs (organization_id, integration_id, number, trigger, mode, streams, status, report)
    values (${organizationId}, ${id}, 1, 'manual', 'full', '{contacts}', 'completed', ${owner.json(report)})`;
}
