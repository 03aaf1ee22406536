import { sql } from 'kysely';
import type { KnowledgeSource } from '../../agent/index.ts';

const MOST = 2;

/** That somebody asked for help and what became of it. Not what they asked: those are words of strangers. */
export const TICKET_KNOWLEDGE: KnowledgeSource = {
  name: 'ticket',
  async read(ctx, { prospectId }) {
    const { rows } = await sql<{ id: string; openedAt: Date; solvedAt: Date | null }>`
      select t.id, t.opened_at as "openedAt", t.resolved_at as "solvedAt" from tickets t
      where t.organization_id = ${ctx.organizationId} and t.deleted_at is null
        and (t.prospect_id = ${prospectId} or exists (
          select from ticket_prospects l
          where l.organization_id = t.organization_id and l.ticket_id = t.id and l.prospect_id = ${prospectId}))
      order by t.opened_at desc, t.id limit ${MOST}`.execute(ctx.tx);
    return rows.map(({ id, openedAt, solvedAt }) => {
      const observedAt = solvedAt ?? openedAt;
      const day = observedAt.toISOString().slice(0, 10);
      const state = solvedAt === null ? 'open' : 'solved';
      const text = solvedAt ? `A support request was solved on ${day}.` : `A support request is open since ${day}.`;
      const source = { type: 'ticket', id };
      return { id: `ticket:${id}`, kind: 'ticket', text, values: { day, state }, source, observedAt, confidence: 0.9 };
    });
  },
};
