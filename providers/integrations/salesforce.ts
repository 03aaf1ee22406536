import {
  type ChangeOutcome,
  type Fields,
  type ProviderAdapter,
  type ProviderAnswer,
  ProviderError,
  type ProviderFailure,
  type ProviderSession,
  type RemoteChange,
  type RemoteRecord,
  type Scalar,
  type StreamAdapter,
} from '../../domain/integrations/adapter.port.ts';

/**
 * Salesforce by its REST API. Read by queryAll, which also tells of what is in the recycle bin, in the order of
 * SystemModstamp and Id. Written by collections of up to 200 records; new ones are upserted by an external id field that
 * holds our id, so that a create that is repeated finds the first one.
 */
const VERSION = 'v64.0';
/** Transactions there commit after the time that they carry; what is read twice changes nothing. */
const OVERLAP_MS = 5 * 60_000;
const MOST_OF_A_COLLECTION = 200;
const ROOT = `/services/data/${VERSION}`;
export const OWN_ID_FIELD = 'Revloop_Id__c';

interface Row extends Record<string, unknown> {
  readonly Id: string;
  readonly SystemModstamp: string;
  readonly IsDeleted?: boolean;
}
interface Place {
  readonly at: string;
  readonly id: string;
}

const ownIdField = ({ connection }: ProviderSession): string =>
  ((connection.settings.options ?? {}) as Record<string, string>).externalIdField ?? OWN_ID_FIELD;

async function queryAll(session: ProviderSession, soql: string): Promise<Row[]> {
  const rows: Row[] = [];
  let path = `${ROOT}/queryAll?q=${encodeURIComponent(soql)}`;
  for (;;) {
    const { body } = await session.call({ method: 'GET', path });
    const answer = body as { records?: unknown; done?: unknown; nextRecordsUrl?: string } | null;
    if (!Array.isArray(answer?.records)) throw new ProviderError('MALFORMED_ANSWER', 'The query has no records.');
    rows.push(...(answer.records as Row[]));
    if (answer.done !== false || !answer.nextRecordsUrl) return rows;
    path = answer.nextRecordsUrl;
  }
}

/** Names are fields of objects, never text of a person: whatever else they hold is refused here. */
function selectOf(object: string, fields: readonly string[]): string {
  const bad = fields.find((field) => !/^\w+(\.\w+)?$/.test(field));
  if (bad !== undefined) throw new ProviderError('REQUEST_REFUSED', `${bad} is no name of a field.`);
  return `SELECT ${[...new Set(['Id', 'SystemModstamp', 'IsDeleted', ...fields])].join(', ')} FROM ${object}`;
}

interface Shape {
  readonly object: string;
  /** Which records take part. */
  readonly where?: string;
  /** Fields that are read in place of those that only the adapter knows. */
  readonly read?: (fields: readonly string[]) => string[];
  readonly inward?: (fields: Record<string, Scalar>) => Record<string, Scalar>;
  readonly outward?: (fields: Fields) => Record<string, Scalar>;
}

function recordOf(
  { Id, SystemModstamp, IsDeleted, attributes: _, ...rest }: Row,
  { inward = (same) => same }: Shape,
): RemoteRecord {
  if (typeof Id !== 'string' || Number.isNaN(Date.parse(SystemModstamp))) {
    throw new ProviderError('MALFORMED_ANSWER', 'A record has no id or no time.');
  }
  const scalars = Object.entries(rest).filter(
    (entry): entry is [string, Scalar] => entry[1] === null || typeof entry[1] !== 'object',
  );
  return {
    externalId: Id,
    changedAt: new Date(SystemModstamp).toISOString(),
    deleted: IsDeleted === true,
    fields: inward(Object.fromEntries(scalars)),
  };
}

function stream(shape: Shape): StreamAdapter {
  const { object, read = (same) => [...same], outward = (same) => ({ ...same }) } = shape;
  const fieldsFor = (session: ProviderSession, fields: readonly string[]) => [...read(fields), ownIdField(session)];
  return {
    async pull(session, cursor, limit, fields) {
      const place = cursor === null ? null : (JSON.parse(cursor) as Place);
      const conditions = [
        ...(place ? [`(SystemModstamp > ${place.at} OR (SystemModstamp = ${place.at} AND Id > '${place.id}'))`] : []),
        ...(shape.where === undefined ? [] : [shape.where]),
      ];
      const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
      const soql = `${selectOf(object, fieldsFor(session, fields))}${where} ORDER BY SystemModstamp, Id LIMIT ${limit}`;
      const rows = await queryAll(session, soql);
      const records = rows.map((row) => recordOf(row, shape));
      const last = rows.at(-1);
      const more = rows.length === limit;
      const next: Place = last
        ? more
          ? { at: isoOf(last.SystemModstamp), id: last.Id }
          : overlapping(Date.parse(last.SystemModstamp))
        : (place ?? BEGINNING);
      return { records, cursor: JSON.stringify(next), more };
    },
    async fetch(session, ids, fields) {
      const select = selectOf(object, fieldsFor(session, fields));
      const read = async (part: readonly string[]): Promise<RemoteRecord[]> => {
        if (part.length === 0) return [];
        const rows = await queryAll(session, `${select} WHERE Id IN (${part.map((id) => `'${id}'`).join(', ')})`);
        return rows.map((row) => recordOf(row, shape));
      };
      const records: RemoteRecord[] = [];
      for (const part of parts(ids.filter((id) => /^\w{15,18}$/.test(id)))) {
        const found = await read(part);
        const known = new Set(found.map(({ externalId }) => externalId));
        // What is missing counts as deleted, so it has to be missing twice.
        records.push(...found, ...(await read(part.filter((id) => !known.has(id)))));
      }
      return records;
    },
    async push(session, changes) {
      const outcomes = new Map<RemoteChange, ChangeOutcome>();
      const own = ownIdField(session);
      for (const kind of ['create', 'update', 'delete'] as const) {
        for (const part of parts(changes.filter((change) => change.kind === kind))) {
          const answers = await collection(session, object, own, part, outward);
          for (const [index, change] of part.entries()) outcomes.set(change, outcomeOf(answers[index], change));
        }
      }
      return changes.map((change) => outcomes.get(change)!);
    },
  };
}

const overlapping = (time: number): Place => ({ at: new Date(time - OVERLAP_MS).toISOString(), id: '' });

/** Where nothing was found yet: an empty answer is no reason to pass over what was there before it. */
const BEGINNING: Place = { at: '1970-01-01T00:00:00.000Z', id: '' };

const isoOf = (time: string): string => new Date(time).toISOString();

function* parts<T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += MOST_OF_A_COLLECTION) yield all.slice(at, at + MOST_OF_A_COLLECTION);
}

async function collection(
  session: ProviderSession,
  object: string,
  own: string,
  changes: readonly RemoteChange[],
  outward: (fields: Fields) => Record<string, Scalar>,
): Promise<unknown[]> {
  const attributes = { type: object };
  const path = `${ROOT}/composite/sobjects`;
  const [first] = changes;
  const request =
    first!.kind === 'delete'
      ? {
          method: 'DELETE' as const,
          path: `${path}?ids=${changes.map((change) => (change.kind === 'delete' ? change.externalId : '')).join(',')}&allOrNone=false`,
        }
      : {
          method: 'PATCH' as const,
          path: first!.kind === 'create' ? `${path}/${object}/${own}` : path,
          body: {
            allOrNone: false,
            records: changes.map((change) =>
              change.kind === 'create'
                ? { attributes, [own]: change.localId, ...outward(change.fields) }
                : change.kind === 'update'
                  ? { attributes, id: change.externalId, ...outward(change.fields) }
                  : {},
            ),
          },
        };
  const { body } = await session.call(request);
  if (!Array.isArray(body) || body.length !== changes.length) {
    throw new ProviderError('MALFORMED_ANSWER', 'A collection was answered with another number of results.');
  }
  return body;
}

const GONE = new Set(['ENTITY_IS_DELETED', 'NOT_FOUND', 'INVALID_CROSS_REFERENCE_KEY']);

function outcomeOf(answer: unknown, change: RemoteChange): ChangeOutcome {
  const { id, success, errors } = (answer ?? {}) as {
    id?: string;
    success?: boolean;
    errors?: { statusCode?: string; message?: string }[];
  };
  const externalId = id ?? (change.kind === 'create' ? undefined : change.externalId);
  if (success === true && externalId !== undefined) return { ok: true, externalId };
  const [error] = errors ?? [];
  const code = error?.statusCode ?? 'UNKNOWN_ERROR';
  return {
    ok: false,
    code,
    message: error?.message ?? 'Salesforce refused the record.',
    gone: change.kind !== 'create' && GONE.has(code),
  };
}

/** What a task is about stands in one field there, whatever it is; here in two. */
const WHAT_FIELDS = ['What.Opportunity', 'What.Account'];
const OPPORTUNITY = '006';
const ACCOUNT = '001';

const task: Shape = {
  object: 'Task',
  // What is still to be done has not happened yet.
  where: 'IsClosed = true',
  read: (fields) => [...fields.filter((field) => !WHAT_FIELDS.includes(field)), 'WhatId'],
  inward({ WhatId, ...fields }) {
    const id = typeof WhatId === 'string' ? WhatId : '';
    return {
      ...fields,
      'What.Opportunity': id.startsWith(OPPORTUNITY) ? id : null,
      'What.Account': id.startsWith(ACCOUNT) ? id : null,
    };
  },
  outward(fields) {
    const { 'What.Opportunity': opportunity, 'What.Account': account, ...rest } = fields;
    const about = opportunity ?? account;
    // What was logged has happened.
    return { ...rest, Status: 'Completed', ...(about === undefined ? {} : { WhatId: about }) };
  },
};

export const salesforceAdapter: ProviderAdapter = {
  provider: 'salesforce',
  authorize: (_connection, accessToken) => ({ authorization: `Bearer ${accessToken ?? ''}` }),
  classify({ status, body }: ProviderAnswer): ProviderFailure | null {
    const code = Array.isArray(body) ? (body[0] as { errorCode?: string } | undefined)?.errorCode : undefined;
    if (code === 'REQUEST_LIMIT_EXCEEDED') return 'RATE_LIMITED';
    return status === 503 || code === 'UNABLE_TO_LOCK_ROW' ? 'PROVIDER_UNAVAILABLE' : null;
  },
  streams: {
    accounts: stream({ object: 'Account' }),
    contacts: stream({ object: 'Contact' }),
    deals: stream({ object: 'Opportunity' }),
    activities: stream(task),
  },
};
