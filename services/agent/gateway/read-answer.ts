import type { ModelReply } from '../../../domain/agent/model.port.ts';
import type { Prompt } from '../../../domain/agent/prompt.input.ts';

export type ReadAnswer<O> =
  | { readonly failure: null; readonly output: O }
  | { readonly failure: 'malformed' | 'refused' | 'truncated' | 'leaked' };

/** Takes nothing on trust: an answer is what its prompt says it must be, or it is none. */
export function readAnswer<I, O>(prompt: Prompt<I, O>, reply: ModelReply, canary: string): ReadAnswer<O> {
  if (reply.finish === 'refusal') return { failure: 'refused' };
  if (reply.text.includes(canary)) return { failure: 'leaked' };
  if (reply.finish === 'length') return { failure: 'truncated' };
  if (prompt.output === null) {
    return reply.text.trim() === '' ? { failure: 'malformed' } : { failure: null, output: reply.text as O };
  }
  let value: unknown;
  try {
    value = JSON.parse(reply.text);
  } catch {
    return { failure: 'malformed' };
  }
  const parsed = prompt.output.safeParse(value);
  return parsed.success ? { failure: null, output: parsed.data } : { failure: 'malformed' };
}
