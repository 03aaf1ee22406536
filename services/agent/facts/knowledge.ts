import type { Fact } from '../../../domain/agent/fact.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { Subject } from './subject.ts';

/**
 * Something else that knows of people: a wing above this one, or documents. Research asks all that the worker is composed
 * with. Ids are keys within the person, `<source>:<id>`; texts are checked like every other fact, whoever wrote them.
 */
export interface KnowledgeSource {
  /** Of the rows that its facts come from. */
  readonly name: string;
  read(ctx: Ctx, subject: Subject): Promise<readonly Fact[]>;
}
