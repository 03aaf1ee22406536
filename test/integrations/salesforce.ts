import { createHash, randomBytes } from 'node:crypto';
import { type StandIn, type StandInAnswer, type StandInRequest, startStandIn } from './stand-in.ts';

export type SalesforceRecord = Record<string, unknown> & { Id: string; SystemModstamp: string; IsDeleted: boolean };

export interface SalesforceStandIn extends StandIn {
  readonly records: (object: string) => SalesforceRecord[];
  /** A person creates, changes or deletes a record there. */
  create(object: string, fields: Record<string, unknown>): string;
  change(object: string, id: string, fields: Record<string, unknown>): void;
  remove(object: string, id: string): void;
  /** The record is not even in the recycle bin any more. */
  vanish(object: string, id: string): void;
  /** The access token that works now; every other one is refused. */
  expireTokens(): void;
  /** The next refresh is answered with invalid_grant. */
  revokeGrant(): void;
  readonly refreshes: () => number;
  /** Makes a token without a person, for those who only read. */
  token(): Promise<string>;
  /** Those that work now. */
  readonly tokens: () => { access: string; refresh: string };
}

const PREFIX: Readonly<Record<string, string>> = { Account: '001', Contact: '003', Opportunity: '006', Task: '00T' };
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  Account: ['Name'],
  Contact: ['LastName'],
  Opportunity: ['Name', 'StageName', 'CloseDate'],
  Task: ['Status'],
};

/**
 * A Salesforce organization in the shapes that its REST API documents: OAuth with PKCE and rotating refresh tokens, queryAll,
 * sObject collections, upserts by external id, the recycle bin.
 */
export async function startSalesforce(now: () => number = Date.now): Promise<SalesforceStandIn> {
  const objects = new Map<string, Map<string, SalesforceRecord>>(Object.keys(PREFIX).map((name) => [name, new Map()]));
  const codes = new Map<string, string>();
  let access = '';
  let refresh = '';
  let refreshes = 0;
  let revoked = false;
  let number = 0;
  let url = '';
  /** Salesforce counts whole seconds: changes of one second have one time. */
  const stamp = () => `${new Date(now()).toISOString().slice(0, 19)}.000+0000`;
  const issue = (): StandInAnswer => {
    access = `access-${randomBytes(8).toString('hex')}`;
    refresh = `refresh-${randomBytes(8).toString('hex')}`;
    return {
      body: { access_token: access, refresh_token: refresh, instance_url: url, token_type: 'Bearer', scope: 'api' },
    };
  };
  const put = (object: string, id: string | undefined, fields: Record<string, unknown>) => {
    const table = objects.get(object)!;
    const key = id ?? `${PREFIX[object]}${String(++number).padStart(15, '0')}`;
    const before = table.get(key);
    const about = object === 'Task' ? { IsClosed: fields.Status === 'Completed' || before?.IsClosed === true } : {};
    table.set(key, { ...before, ...fields, ...about, Id: key, SystemModstamp: stamp(), IsDeleted: false });
    return key;
  };

  function token({ text }: StandInRequest): StandInAnswer {
    const form = new URLSearchParams(text);
    const wrong = (error: string) => ({ status: 400, body: { error, error_description: 'refused' } });
    if (form.get('client_id') !== 'client' || form.get('client_secret') !== 'secret') return wrong('invalid_client');
    if (form.get('grant_type') === 'authorization_code') {
      const challenge = codes.get(form.get('code') ?? '');
      const verifier = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (challenge === undefined || challenge !== verifier) return wrong('invalid_grant');
      codes.delete(form.get('code')!);
      return issue();
    }
    refreshes++;
    if (revoked || form.get('refresh_token') !== refresh) return wrong('invalid_grant');
    return issue();
  }

  function query(soql: string): StandInAnswer {
    const parts = /^SELECT (.+) FROM (\w+)(?: WHERE (.+?))?(?: ORDER BY .+? LIMIT (\d+))?$/.exec(soql);
    if (!parts) return { status: 400, body: [{ errorCode: 'MALFORMED_QUERY', message: soql }] };
    const [, fields, object, where = '', limit] = parts;
    const after = /SystemModstamp > (\S+) OR \(SystemModstamp = \S+ AND Id > '(\w*)'\)/.exec(where);
    const ids = /Id IN \(([^)]*)\)/.exec(where)?.[1]?.match(/\w+/g);
    const rows = [...objects.get(object!)!.values()]
      .filter((row) => !after || isAfter(row, after[1]!, after[2]!))
      .filter((row) => !ids || ids.includes(row.Id))
      .filter((row) => !where.includes('IsClosed = true') || row.IsClosed === true)
      .sort((a, b) =>
        a.SystemModstamp === b.SystemModstamp ? (a.Id < b.Id ? -1 : 1) : a.SystemModstamp < b.SystemModstamp ? -1 : 1,
      )
      .slice(0, limit === undefined ? undefined : Number(limit));
    const records = rows.map((row) => ({
      attributes: { type: object, url: `/services/data/v64.0/sobjects/${object}/${row.Id}` },
      ...Object.fromEntries(fields!.split(', ').map((field) => [field, row[field] ?? null])),
    }));
    return { body: { totalSize: records.length, done: true, records } };
  }

  function write(method: string, path: string, body: unknown, request: StandInRequest): StandInAnswer {
    const refused = (statusCode: string, message: string) => ({
      success: false,
      errors: [{ statusCode, message, fields: [] }],
    });
    if (method === 'DELETE') {
      const ids = (request.query.get('ids') ?? '').split(',');
      return {
        body: ids.map((id) => {
          const table = [...objects.values()].find((one) => one.has(id));
          const row = table?.get(id);
          if (!row || row.IsDeleted) return { id, ...refused('ENTITY_IS_DELETED', 'entity is deleted') };
          table!.set(id, { ...row, IsDeleted: true, SystemModstamp: stamp() });
          return { id, success: true, errors: [] };
        }),
      };
    }
    const [, upsert, own] = /composite\/sobjects\/(\w+)\/(\w+)$/.exec(path) ?? [];
    const { records } = body as {
      records: (Record<string, unknown> & { attributes: { type: string }; id?: string })[];
    };
    return {
      body: records.map(({ attributes: { type }, id, ...fields }) => {
        const table = objects.get(upsert ?? type)!;
        const existing = upsert
          ? [...table.values()].find((row) => row[own!] === fields[own!] && !row.IsDeleted)
          : table.get(id!);
        if (!upsert && (!existing || existing.IsDeleted)) return refused('ENTITY_IS_DELETED', 'entity is deleted');
        const after = { ...existing, ...fields } as Record<string, unknown>;
        const missing = REQUIRED[type]!.filter((field) => after[field] === undefined || after[field] === null);
        if (missing.length > 0) return refused('REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing}]`);
        return { id: put(type, existing?.Id, fields), success: true, created: !existing, errors: [] };
      }),
    };
  }

  const standIn = await startStandIn(
    (request) => {
      const { path, method, headers } = request;
      if (path === '/services/oauth2/authorize') {
        const code = randomBytes(8).toString('hex');
        codes.set(code, request.query.get('code_challenge') ?? '');
        return { body: { code, state: request.query.get('state') } };
      }
      if (path === '/services/oauth2/token') return token(request);
      if (path === '/services/oauth2/revoke') {
        revoked = true;
        return { body: {} };
      }
      if (headers.authorization !== `Bearer ${access}`) {
        return { status: 401, body: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }] };
      }
      if (path.endsWith('/queryAll')) return query(request.query.get('q') ?? '');
      if (path.includes('/composite/sobjects')) return write(method, path, request.body, request);
      return { status: 404, body: [{ errorCode: 'NOT_FOUND', message: path }] };
    },
    { totalSize: 0, done: true, records: [] },
  );
  url = standIn.url;
  return {
    ...standIn,
    records: (object) => [...objects.get(object)!.values()].filter((row) => !row.IsDeleted),
    create: (object, fields) => put(object, undefined, fields),
    change: (object, id, fields) => void put(object, id, fields),
    remove(object, id) {
      objects.get(object)!.set(id, { ...objects.get(object)!.get(id)!, IsDeleted: true, SystemModstamp: stamp() });
    },
    vanish: (object, id) => void objects.get(object)!.delete(id),
    expireTokens: () => {
      access = 'none';
    },
    revokeGrant: () => {
      revoked = true;
    },
    refreshes: () => refreshes,
    async token() {
      issue();
      return access;
    },
    tokens: () => ({ access, refresh }),
  };
}

function isAfter(row: SalesforceRecord, at: string, id: string): boolean {
  const [mine, theirs] = [Date.parse(row.SystemModstamp), Date.parse(at)];
  return mine > theirs || (mine === theirs && row.Id > id);
}
