import type { ModelEntry } from '../../domain/agent/model-catalogue.rules.ts';
import { createAnthropicProvider } from '../../providers/models/anthropic.ts';
import type { Db } from '../../schema/db.ts';
import { createModelGateway, type ModelGateway } from '../../services/agent/gateway/index.ts';
import { type Provider, type ProviderRequest, startProvider } from '../lib/provider.ts';

/** What a model reads, as it came over the wire. */
export interface Asked {
  readonly system: string;
  readonly user: string;
  readonly isLetter: boolean;
  /** Ids of the facts that it was told, which evidence may name. */
  readonly facts: readonly string[];
}

export const askedOf = ({ body }: ProviderRequest): Asked => {
  const system = String(body?.system ?? '');
  const user = String(body?.messages?.[0]?.content ?? '');
  const facts = [...user.matchAll(/^\[([^\]\n]{1,100})\] <<</gm)].map((match) => match[1]!);
  return { system, user, isLetter: system.startsWith('You write one business letter'), facts };
};

export interface Said {
  readonly text: string;
  readonly stop?: 'end_turn' | 'max_tokens' | 'refusal';
  /** Calls to tools that nobody has offered. */
  readonly tools?: readonly { readonly name: string; readonly input: object }[];
}

/** A model of Anthropic's wire format on this machine that says what it is told to say. */
export const startModel = (say: (asked: Asked) => Said): Promise<Provider> =>
  startProvider({
    answer: (request) => {
      const { text, stop = 'end_turn', tools = [] } = say(askedOf(request));
      const content = [
        { type: 'text', text },
        ...tools.map((tool, index) => ({ type: 'tool_use', id: `toolu_${index}`, ...tool })),
      ];
      const usage = { input_tokens: 900, output_tokens: 120 };
      const body = { id: 'msg', type: 'message', role: 'assistant', model: 'm', content, stop_reason: stop, usage };
      return { body };
    },
  });

const ENTRY: ModelEntry = {
  id: 'claude-sonnet',
  label: 'Stand-in',
  provider: 'anthropic',
  wireName: 'claude-sonnet-5-5',
  quality: 5,
};

/** The product's gateway and its adapter, whose one vendor is that model. */
export const gatewayTo = (db: Db, { url }: Provider, timeoutMs = 20_000): ModelGateway =>
  createModelGateway({
    db,
    entries: [ENTRY],
    providers: [createAnthropicProvider({ apiKey: 'a-key-of-a-stand-in', baseUrl: url })],
    timeoutMs,
  });

/** The built-in reader's answer for an answer that says nothing. */
export const NOTHING_READ = JSON.stringify({
  intent: 'other',
  sentiment: 'neutral',
  topics: [],
  signals: [],
  referral: null,
  returnsOn: null,
});
