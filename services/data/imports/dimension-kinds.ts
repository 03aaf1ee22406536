import { sql } from 'kysely';
import { AppError } from '../../../domain/core/errors.ts';
import { readShape } from '../../../domain/core/validation.input.ts';
import { AgentBody, VendorBody } from '../../../domain/data/vendor.input.ts';
import type { Ctx } from '../../core/context.ts';
import type { GroupOutcome } from '../../core/group.ts';
import {
  type ChangedRecord,
  type ImportedRecord,
  type ImportedRow,
  type ImportKind,
  keptOf,
} from '../../platform/imports/index.ts';
import { type CreateAgentInput, createAgent, getAgent, updateAgent } from '../vendors/agents.ts';
import { type CreateVendorInput, createVendor, deleteVendor, updateVendor } from '../vendors/change-vendor.ts';
import { readVendor } from '../vendors/vendor-view.ts';
import { optional, required } from './fact-kinds.ts';

/** Agents and vendors exist as soon as a fact has named them, so a file that names them again describes them. */
async function createOrUpdate<Input>(
  inputs: readonly Input[],
  verbs: {
    create(input: Input): Promise<{ id: string; version: number }>;
    /** With what the record held before. */
    update(id: string, input: Input): Promise<{ id: string; version: number; before: Record<string, unknown> }>;
  },
): Promise<GroupOutcome<ImportedRow>[]> {
  const outcomes: GroupOutcome<ImportedRow>[] = [];
  // One after the other: a later row of the file may change what an earlier one created.
  for (const input of inputs) {
    try {
      outcomes.push({ ok: true, value: await orUpdate(input) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      outcomes.push({ ok: false, error });
    }
  }
  return outcomes;

  async function orUpdate(input: Input): Promise<ImportedRow> {
    try {
      const { id, version } = await verbs.create(input);
      return { id, version, created: true };
    } catch (error) {
      const existingId = error instanceof AppError ? error.extras.details?.existingId : undefined;
      if (typeof existingId !== 'string') throw error;
      return { ...(await verbs.update(existingId, input)), created: false };
    }
  }
}

export const agentKind: ImportKind = {
  name: 'agents',
  fields: [
    required('externalId', 'agent id', 'agent external id', 'agent code', 'id', 'employee id'),
    optional('name', 'agent name', 'full name', 'agent'),
    optional('userId', 'user'),
    optional('teamId', 'team'),
    optional('vendorId', 'vendor'),
  ],
  decimals: new Set(),
  read(values) {
    const input = readShape(AgentBody, values);
    return input instanceof AppError ? input : { input };
  },
  store: (ctx, inputs) =>
    createOrUpdate(inputs as CreateAgentInput[], {
      create: (input) => createAgent(ctx, input),
      async update(id, { externalId: _, ...changes }) {
        const { name, userId, teamId, vendorId } = await getAgent(ctx, { id });
        const { version } = await updateAgent(ctx, { id, changes });
        return { id, version, before: { name, userId, teamId, vendorId } };
      },
    }),
  repetition: { keyOf: (input) => (input as CreateAgentInput).externalId },
  undo: deleteUnusedAgents,
  restore: (ctx, records) =>
    restoreEach(records, ({ id, version, before }) =>
      updateAgent(ctx, { id, expectedVersion: version, changes: before }),
    ),
};

/** What somebody has changed since, or what names something that is gone, stays as it is. */
async function restoreEach(
  records: readonly ChangedRecord[],
  restore: (record: ChangedRecord) => Promise<unknown>,
): Promise<string[]> {
  const kept: string[] = [];
  for (const record of records) {
    try {
      await restore(record);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      kept.push(record.id);
    }
  }
  return kept;
}

/** Agents that took part in something stay: their credit needs them. */
async function deleteUnusedAgents(ctx: Ctx, records: readonly ImportedRecord[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    delete from agents a
    using unnest(${sql.val(records.map((record) => record.id))}::uuid[],
                 ${sql.val(records.map((record) => record.version))}::integer[]) as record(id, version)
    where a.organization_id = ${ctx.organizationId} and a.id = record.id and a.version = record.version
      and not exists (
        select from interaction_participants p where p.organization_id = a.organization_id and p.agent_id = a.id)
    returning a.id`.execute(ctx.tx);
  return keptOf(records, rows);
}

export const vendorKind: ImportKind = {
  name: 'vendors',
  fields: [
    required('code', 'vendor code', 'vendor', 'id', 'vendor id'),
    required('name', 'vendor name', 'company'),
    optional('costPerInteraction', 'price per interaction', 'cost per call'),
    optional('costPerMinute', 'price per minute', 'rate'),
    optional('costCurrency', 'currency'),
  ],
  decimals: new Set(['costPerInteraction', 'cost_per_interaction', 'costPerMinute', 'cost_per_minute']),
  read(values) {
    const input = readShape(VendorBody, values);
    return input instanceof AppError ? input : { input };
  },
  store: (ctx, inputs) =>
    createOrUpdate(inputs as CreateVendorInput[], {
      create: (input) => createVendor(ctx, input),
      async update(id, { code: _, ...changes }) {
        const { name, costPerInteraction, costPerMinute, costCurrency } = await readVendor(ctx, id);
        const { version } = await updateVendor(ctx, { id, changes });
        return { id, version, before: { name, costPerInteraction, costPerMinute, costCurrency } };
      },
    }),
  repetition: { keyOf: (input) => (input as CreateVendorInput).code },
  undo: deleteUnusedVendors,
  restore: (ctx, records) =>
    restoreEach(records, ({ id, version, before }) =>
      updateVendor(ctx, { id, expectedVersion: version, changes: before }),
    ),
};

async function deleteUnusedVendors(ctx: Ctx, records: readonly ImportedRecord[]): Promise<string[]> {
  const kept: string[] = [];
  for (const { id, version } of records) {
    try {
      await deleteVendor(ctx, { id, expectedVersion: version });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      kept.push(id);
    }
  }
  return kept;
}
