import type { ModelProvider } from './model.port.ts';
import type { ModelEntry } from './model-catalogue.rules.ts';

const PIECE = 40;

/** The model of an installation without keys: the same facts, always the same words, no server. */
const offlineProvider: ModelProvider = {
  name: 'offline',
  async complete(_, request, { onText }) {
    const text = request.offline();
    if (onText) for (let at = 0; at < text.length; at += PIECE) onText(text.slice(at, at + PIECE));
    return { text, finish: 'stop', usage: { inputTokens: 0, outputTokens: 0, cachedTokens: 0 } };
  },
};

const OFFLINE: ModelEntry = {
  id: 'offline',
  label: 'Built-in model without a server',
  provider: 'offline',
  wireName: 'offline',
  quality: 5,
};

/** What a gateway is made of where there is no vendor. */
export const OFFLINE_MODELS = { entries: [OFFLINE], providers: [offlineProvider] } as const;
