import type postgres from 'postgres';

interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
}
interface ForeignKey {
  readonly table: string;
  readonly parent: string;
  readonly columns: string[];
  readonly parentColumns: string[];
}
type Row = Record<string, unknown>;

type Rows = ReadonlyMap<string, Row>;

const idOf = (rows: Rows, table: string): unknown => rows.get(table)?.id;
const ofAccount = (rows: Rows): Row => ({ account_id: idOf(rows, 'accounts') });
const ofUser = (rows: Rows): Row => ({ user_id: idOf(rows, 'users') });
/** Two of one organization, for rows that join them. */
const ofTwoCustomers = (first: string, second: string) => (rows: Rows) => {
  const [one, other] = [idOf(rows, 'customers'), idOf(rows, SECOND_CUSTOMER)].sort();
  return { [first]: one, [second]: other };
};

/** Rows of the same table that others need beside the first. */
const SECOND_CUSTOMER = 'customers (another one)';

/** What no rule below can guess: values of tables whose checks look at several columns. */
const GIVEN: Readonly<Record<string, (rows: Rows) => Row>> = {
  ai_predictions: () => ({ score: 50 }),
  contact_holds: (rows) => ({ ...ofAccount(rows), reason: 'support' }),
  customer_merges: ofTwoCustomers('source_id', 'target_id'),
  enrichment_targets: ofAccount,
  exchange_rates: () => ({ from_currency: 'EUR', to_currency: 'USD' }),
  identity_evidence: (rows) => ({ ...ofTwoCustomers('first_id', 'second_id')(rows), kind: 'shared' }),
  identity_links: ofTwoCustomers('customer_id', 'canonical_id'),
  identity_separations: ofTwoCustomers('first_id', 'second_id'),
  intent_alerts: ofAccount,
  intent_score_history: ofAccount,
  intent_signals: (rows) => ({ ...ofAccount(rows), expires_at: '2026-04-01T10:00:00Z' }),
  meetings: () => ({ ends_at: '2026-03-01T11:00:00Z' }),
  one_time_tokens: (rows) => ({ ...ofUser(rows), purpose: 'password_reset' }),
  privacy_requests: (rows) => ({ customer_id: idOf(rows, 'customers') }),
  prospects: () => ({ email: 'ann@example.com' }),
  webhook_endpoints: () => ({ events: ['ticket.created'] }),
  webhook_logs: () => ({ kind: 'test', status: 'delivered' }),
  website_visitors: () => ({ session_id: 's-1' }),
};

const VALUES: readonly (readonly [RegExp, unknown])[] = [
  [/\[\]$/, []],
  [/^uuid/, '019a9f00-0000-7000-8000-0000000000ff'],
  [/^timestamp|^date/, '2026-03-01T10:00:00Z'],
  [/^(small|big)?int|^numeric|^double|^real/, 1],
  [/^bool/, false],
  [/^json/, {}],
  [/^bytea/, '\\x00'],
  [/^inet|^cidr/, '127.0.0.1'],
  [/^xid8/, '700'],
  [/^tstzrange/, '[2026-03-01,2026-04-01)'],
  [/./, 'x'],
];

/** One row in every table there is, whatever the version of the schema; answers the tables that would not take one. */
export async function populate(sql: postgres.Sql): Promise<Map<string, string>> {
  const [columns, keys, checks] = [await columnsOf(sql), await keysOf(sql), await checksOf(sql)];
  const rows = new Map<string, Row>();
  let left = inOrder([...new Set(columns.map((column) => column.table))], keys);
  for (;;) {
    const refused = new Map<string, string>();
    for (const table of left) {
      const row = rowOf(table, { columns, keys, checks, rows });
      try {
        rows.set(table, await insert(sql, table, row));
        if (table === 'customers') rows.set(SECOND_CUSTOMER, await insert(sql, table, row));
      } catch (error) {
        refused.set(table, (error as Error).message);
      }
    }
    // Tables that point at each other: what was missing may be there now.
    if (refused.size === 0 || refused.size === left.length) return refused;
    left = [...refused.keys()];
  }
}

interface Known {
  readonly columns: readonly Column[];
  readonly keys: readonly ForeignKey[];
  readonly checks: ReadonlyMap<string, string>;
  readonly rows: Rows;
}

function rowOf(table: string, { columns, keys, checks, rows }: Known): Row {
  const row: Row = {};
  for (const { name, type } of columns.filter((one) => one.table === table && one.required)) {
    row[name] = firstAllowed(checks.get(table) ?? '', name) ?? VALUES.find(([pattern]) => pattern.test(type))![1];
  }
  for (const key of keys.filter((one) => one.table === table)) {
    const parent = rows.get(key.parent);
    const isAsked = key.columns.some((column) => column !== 'organization_id' && column in row);
    if (!parent || (!isAsked && key.columns.length > 1)) continue;
    for (const [index, column] of key.columns.entries()) {
      if (column in row) row[column] = parent[key.parentColumns[index]!];
    }
  }
  const organization = idOf(rows, 'organizations');
  if ('organization_id' in row && organization !== undefined) row.organization_id = organization;
  return Object.assign(row, GIVEN[table]?.(rows));
}

async function insert(sql: postgres.Sql, table: string, row: Row): Promise<Row> {
  const names = Object.keys(row).map((name) => `"${name}"`);
  const [stored] = await sql.unsafe<[{ row: Row }]>(
    `insert into "${table}" (${names}) select ${names} from jsonb_populate_record(null::"${table}", $1::text::jsonb)
     returning to_jsonb("${table}") as row`,
    [JSON.stringify(row)],
  );
  return stored.row;
}

/** Of `status in ('a', 'b')`: a. */
function firstAllowed(checks: string, column: string): string | undefined {
  const list = new RegExp(`\\(?"?${column}"? = ANY \\(ARRAY\\['([^']*)'`).exec(checks);
  return (list ?? new RegExp(`\\("?${column}"? = '([^']*)'::text\\)`).exec(checks))?.[1];
}

/** Parents first; a table that points at itself does not wait for itself. */
function inOrder(tables: readonly string[], keys: readonly ForeignKey[]): string[] {
  const ordered: string[] = [];
  const visit = (table: string, above: readonly string[]) => {
    if (ordered.includes(table) || above.includes(table)) return;
    for (const { parent } of keys.filter((key) => key.table === table)) visit(parent, [...above, table]);
    ordered.push(table);
  };
  for (const table of [...tables].sort()) visit(table, []);
  return ordered;
}

const columnsOf = (sql: postgres.Sql) => sql<Column[]>`
  select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
         (a.attnotnull and not a.atthasdef and a.attidentity = '' and a.attgenerated = '')
           or a.attname = 'organization_id' as required
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname not like 'kysely%'`;

const keysOf = (sql: postgres.Sql) => sql<ForeignKey[]>`
  select child.relname as table, parent.relname as parent,
         array(select a.attname::text from unnest(k.conkey) with ordinality u(n, o)
               join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n order by u.o) as columns,
         array(select a.attname::text from unnest(k.confkey) with ordinality u(n, o)
               join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.n order by u.o) as "parentColumns"
  from pg_constraint k join pg_class child on child.oid = k.conrelid join pg_class parent on parent.oid = k.confrelid
  where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.conparentid = 0`;

async function checksOf(sql: postgres.Sql): Promise<Map<string, string>> {
  const rows = await sql<{ table: string; text: string }[]>`
    select c.relname as table, string_agg(pg_get_constraintdef(k.oid), ' ') as text
    from pg_constraint k join pg_class c on c.oid = k.conrelid where k.contype = 'c' group by 1`;
  return new Map(rows.map(({ table, text }) => [table, text]));
}
