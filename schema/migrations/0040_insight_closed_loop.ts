import { type AnyDb, tenantTable } from '../table.ts';

/** Costs of models are far below the smallest unit of money: a touch keeps them in millionths of a dollar. */
export async function up(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'touch_model_costs',
    `interaction_id uuid not null,
     micros bigint not null check (micros >= 0),
     foreign key (organization_id, interaction_id) references interactions (organization_id, id)`,
    { primaryKey: 'organization_id, interaction_id', organizationReference: false },
  );
}
