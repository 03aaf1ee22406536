import { z } from 'zod';
import { currencyCode, decimalAmount, id, text } from '../core/shapes.input.ts';
import { reference } from '../platform/person.input.ts';

/** What may be said of a vendor beside its code and name. */
export const vendorCosts = {
  costPerInteraction: decimalAmount().nullable().optional(),
  costPerMinute: decimalAmount().nullable().optional(),
  costCurrency: currencyCode().nullable().optional(),
};

export const VendorBody = z
  .strictObject({ code: text(64).describe('As interactions name it'), name: text(200), ...vendorCosts })
  .meta({ id: 'VendorInput' });

/** What may be said of an agent beside its external id. */
export const agentFields = {
  name: text(255).nullable().optional(),
  userId: id().nullable().optional(),
  teamId: reference().nullable().optional().describe('Id or number of a team'),
  vendorId: id().nullable().optional(),
};

export const AgentBody = z
  .strictObject({ externalId: text(255).describe('How the source system names them'), ...agentFields })
  .meta({ id: 'AgentInput' });
