import { stringify } from 'csv-stringify/sync';
import { type RawBuilder, sql } from 'kysely';
import { verb } from '../../core/context.ts';
import { type ProspectFilters, prospectConditions } from './prospect-view.ts';

const ROWS_PER_PAGE = 1_000;
/** First character of a cursor: whether the pages before held all words of `q`, or came close. */
const EXACT = '=';
const SIMILAR = '~';

/** Names of the API; an import understands them again. */
const COLUMNS: Readonly<Record<string, string>> = {
  id: 'p.id',
  email: 'p.email',
  firstName: 'p.first_name',
  lastName: 'p.last_name',
  title: 'p.title',
  company: 'p.company',
  phone: 'p.phone',
  linkedinUrl: 'p.linkedin_url',
  status: 'p.status',
  relationshipStage: 'p.relationship_stage',
  priorityScore: 'p.priority_score',
  intentScore: 'p.intent_score',
  intentTier: 'p.intent_tier',
  qualificationScore: 'p.qualification_score',
  accountId: 'p.account_id',
  ownerId: 'p.owner_id',
  teamId: 'p.team_id',
  timeZone: 'p.time_zone',
  language: 'p.language',
  country: 'p.country',
  source: 'p.source',
  custom: `nullif(p.custom, '{}')::text`,
  lastActivityAt: `to_char(p.last_activity_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  createdAt: `to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
};
const SELECTED = sql.raw(
  Object.entries(COLUMNS)
    .map(([name, column]) => `${column} as "${name}"`)
    .join(', '),
);

/** Oldest first, page by page behind the last id. Cells that a spreadsheet would take for formulas are defused. */
export const exportProspects = verb(
  { permission: 'prospects.view' },
  async (ctx, { after, ...filters }: ProspectFilters & { after: string | null }) => {
    const { source, exact, similar } = await prospectConditions(ctx, filters);
    const last = after === null ? [] : [sql`p.id > ${after.slice(1)}::uuid`];
    const read = async (conditions: readonly RawBuilder<unknown>[]) => {
      const { rows } = await sql<{ id: string }>`
        select ${SELECTED} from ${source} where ${sql.join([...conditions, ...last], sql` and `)}
        order by p.id limit ${ROWS_PER_PAGE}::integer`.execute(ctx.tx);
      return rows;
    };
    let isSimilar = after?.startsWith(SIMILAR) ?? false;
    let rows = await read(isSimilar && similar ? await similar() : exact);
    if (after === null && rows.length === 0 && similar) {
      isSimilar = true;
      rows = await read(await similar());
    }
    return {
      text: stringify(rows, {
        columns: Object.keys(COLUMNS),
        header: after === null,
        escape_formulas: true,
        record_delimiter: '\r\n',
      }),
      next: rows.length === ROWS_PER_PAGE ? (isSimilar ? SIMILAR : EXACT) + rows.at(-1)!.id : null,
    };
  },
);
