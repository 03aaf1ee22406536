import type { ModelProvider } from '../domain/agent/model.port.ts';
import { createModels } from '../providers/models/index.ts';
import type { Db } from '../schema/db.ts';
import { createModelGateway, type ModelGateway } from '../services/agent/gateway/index.ts';

const NO_KEY = { apiKey: undefined, baseUrl: undefined, model: 'none' };

/** The gateway of an installation without keys. */
export const testModels = (db: Db): ModelGateway =>
  createModelGateway({
    db,
    ...createModels({ openai: NO_KEY, anthropic: { ...NO_KEY, smallModel: 'none' }, googleAi: NO_KEY }),
  });

/** A gateway whose one model says what the test wants it to say. */
export const scriptedModels = (db: Db, complete: ModelProvider['complete']): ModelGateway =>
  createModelGateway({
    db,
    entries: [{ id: 'scripted', label: 'Scripted', provider: 'anthropic', wireName: 'claude-sonnet-5-5', quality: 5 }],
    providers: [{ name: 'anthropic', complete }],
  });
