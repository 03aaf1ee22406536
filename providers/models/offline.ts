import type { ModelProvider } from '../../domain/agent/model.port.ts';

const PIECE = 40;

/** The model of an installation without keys: the same facts, always the same words, no server. */
export const offlineProvider: ModelProvider = {
  name: 'offline',
  async complete(_, request, { onText }) {
    const text = request.offline();
    if (onText) for (let at = 0; at < text.length; at += PIECE) onText(text.slice(at, at + PIECE));
    return { text, finish: 'stop', usage: { inputTokens: 0, outputTokens: 0, cachedTokens: 0 } };
  },
};
