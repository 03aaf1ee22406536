import type { ModelProvider } from '../../domain/agent/model.port.ts';
import type { ModelEntry } from '../../domain/agent/model-catalogue.rules.ts';
import { OFFLINE_MODELS } from '../../domain/agent/offline-model.rules.ts';
import type { Transcriber } from '../../domain/agent/transcriber.port.ts';

interface Vendor {
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
  readonly model: string;
}

export interface ModelSettings {
  readonly openai: Vendor & { readonly transcriptionModels: readonly string[] };
  readonly anthropic: Vendor & { readonly smallModel: string };
  readonly googleAi: Vendor;
}

export interface Models {
  readonly entries: readonly ModelEntry[];
  readonly providers: readonly ModelProvider[];
  readonly transcribers: readonly Transcriber[];
}

/**
 * Whom this installation has keys for. Without any, the built-in model answers, and says so. Only what it has a key for
 * is loaded: each vendor's client is some 240 modules.
 */
export async function createModels({ openai, anthropic, googleAi }: ModelSettings): Promise<Models> {
  const entries: ModelEntry[] = [];
  const providers: ModelProvider[] = [];
  if (anthropic.apiKey) {
    const { createAnthropicProvider } = await import('./anthropic.ts');
    providers.push(createAnthropicProvider({ apiKey: anthropic.apiKey, baseUrl: anthropic.baseUrl }));
    entries.push(
      { id: 'claude-sonnet', label: 'Claude Sonnet', provider: 'anthropic', wireName: anthropic.model, quality: 5 },
      { id: 'claude-haiku', label: 'Claude Haiku', provider: 'anthropic', wireName: anthropic.smallModel, quality: 2 },
    );
  }
  if (openai.apiKey) {
    const { createOpenAiProvider } = await import('./openai.ts');
    providers.push(createOpenAiProvider({ name: 'openai', apiKey: openai.apiKey, baseUrl: openai.baseUrl }));
    entries.push({ id: 'gpt-4', label: 'GPT-4', provider: 'openai', wireName: openai.model, quality: 4 });
  }
  if (googleAi.apiKey) {
    const { createOpenAiProvider } = await import('./openai.ts');
    providers.push(createOpenAiProvider({ name: 'google', apiKey: googleAi.apiKey, baseUrl: googleAi.baseUrl }));
    entries.push({ id: 'gemini-pro', label: 'Gemini Pro', provider: 'google', wireName: googleAi.model, quality: 4 });
  }
  const { apiKey, baseUrl, transcriptionModels } = openai;
  const transcribers: Transcriber[] = [];
  if (apiKey) {
    const { createOpenAiTranscriber } = await import('./openai-speech.ts');
    for (const model of transcriptionModels) transcribers.push(createOpenAiTranscriber({ apiKey, baseUrl, model }));
  }
  return { ...(entries.length > 0 ? { entries, providers } : OFFLINE_MODELS), transcribers };
}
