import type { LetterInput } from '../domain/agent/letter.rules.ts';
import type { ModelProvider } from '../domain/agent/model.port.ts';
import { OFFLINE_MODELS } from '../domain/agent/offline-model.rules.ts';
import type { Transcriber } from '../domain/agent/transcriber.port.ts';
import type { Db } from '../schema/db.ts';
import { createModelGateway, type ModelGateway } from '../services/agent/gateway/index.ts';

/** What a model may be asked to write, where it does not matter what. */
export const LETTER: LetterInput = {
  recipient: { firstName: 'Ada', company: 'Globex' },
  sender: { name: 'Grace', company: 'Acme' },
  purpose: 'introduction',
  tone: 'professional',
  length: 'short',
  language: 'en',
  strategy: 'question',
  facts: [],
  questions: [],
  goodSubjects: [],
};

/** The gateway of an installation without keys. */
export const testModels = (db: Db): ModelGateway => createModelGateway({ db, ...OFFLINE_MODELS });

/** A gateway whose one model says what the test wants it to say. */
export const scriptedModels = (
  db: Db,
  complete: ModelProvider['complete'],
  transcribers: readonly Transcriber[] = [],
): ModelGateway =>
  createModelGateway({
    db,
    entries: [{ id: 'scripted', label: 'Scripted', provider: 'anthropic', wireName: 'claude-sonnet-5-5', quality: 5 }],
    providers: [{ name: 'anthropic', complete }],
    transcribers,
  });
