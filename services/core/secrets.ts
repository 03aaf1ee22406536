import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { Ctx } from './context.ts';

/** Where a secret stands; it opens in this very place alone, so that no row can borrow another one's. */
export interface SecretPlace {
  readonly table: string;
  readonly field: string;
  readonly rowId: string;
}

/** The data keys of one organization, in hand for one unit of work. */
export interface SecretBox {
  seal(place: SecretPlace, text: string): Buffer;
  /** @throws Error when the bytes were changed, or sealed for another place or organization. */
  open(place: SecretPlace, sealed: Uint8Array): string;
}

export interface Secrets {
  /** For writing: makes the organization's first data key when it has none. */
  box(ctx: Ctx): Promise<SecretBox>;
  /** For transactions that only read. */
  openBox(ctx: Ctx): Promise<SecretBox>;
  /** A new data key for what is sealed from now on; what was sealed before still opens. Answers its version. */
  rotate(ctx: Ctx): Promise<number>;
  /** Wraps the organization's data keys with the current key-encryption key; answers how many were wrapped by another. */
  rewrap(ctx: Ctx): Promise<number>;
  /** Names the current key-encryption key without telling it. */
  readonly kekId: string;
}

const FORMAT = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Format, version of the data key. */
const HEAD_BYTES = 5;

/**
 * Envelope encryption: AES-256-GCM with a data key per organization, which is itself kept encrypted by a key from the
 * configuration. Whoever has the database alone has nothing.
 * @param keks base64, the current one first
 */
export function createSecrets(keks: readonly [string, ...string[]]): Secrets {
  const byId = new Map(keks.map((text) => Buffer.from(text, 'base64')).map((kek) => [idOf(kek), kek]));
  const [kekId, kek] = [...byId][0]!;

  const wrap = (ctx: Ctx, version: number, dataKey: Buffer): Buffer =>
    encrypt(kek, wrapAad(ctx.organizationId, version), dataKey);

  function unwrap(ctx: Ctx, row: KeyRow): Buffer {
    const outer = byId.get(row.kek_id);
    if (!outer) {
      throw new Error(`Data keys are wrapped by ${row.kek_id}; give that key as ENCRYPTION_KEY_PREVIOUS.`);
    }
    return decrypt(outer, wrapAad(ctx.organizationId, row.key_version), Buffer.from(row.wrapped));
  }

  async function add(ctx: Ctx, version: number): Promise<void> {
    const wrapped = wrap(ctx, version, randomBytes(32));
    await ctx.tx
      .insertInto('data_keys')
      .values({ key_version: version, kek_id: kekId, wrapped })
      .onConflict((clash) => clash.columns(['organization_id', 'key_version']).doNothing())
      .execute();
    keysOf.delete(ctx.tx);
  }

  function boxOf(ctx: Ctx, rows: readonly KeyRow[]): SecretBox {
    const keys = new Map(rows.map((row) => [row.key_version, row]));
    const newest = rows.at(-1);
    const aad = ({ table, field, rowId }: SecretPlace) =>
      Buffer.from(`${ctx.organizationId}|${table}|${field}|${rowId}`);
    return {
      seal(place, text) {
        if (!newest) throw new Error('The organization has no data key; seal with box(), not openBox().');
        const head = Buffer.alloc(HEAD_BYTES);
        head.writeUInt8(FORMAT);
        head.writeUInt32BE(newest.key_version, 1);
        return Buffer.concat([head, encrypt(unwrap(ctx, newest), aad(place), Buffer.from(text))]);
      },
      open(place, sealed) {
        const bytes = Buffer.from(sealed);
        const row = bytes[0] === FORMAT ? keys.get(bytes.readUInt32BE(1)) : undefined;
        if (!row) throw new Error('The secret names a data key that the organization does not have.');
        return decrypt(unwrap(ctx, row), aad(place), bytes.subarray(HEAD_BYTES)).toString();
      },
    };
  }

  return {
    kekId,
    async box(ctx) {
      let rows = await readKeys(ctx);
      if (rows.length === 0) {
        await add(ctx, 1);
        rows = await readKeys(ctx);
      }
      return boxOf(ctx, rows);
    },
    openBox: async (ctx) => boxOf(ctx, await readKeys(ctx)),
    async rotate(ctx) {
      const version = ((await readKeys(ctx)).at(-1)?.key_version ?? 0) + 1;
      await add(ctx, version);
      return version;
    },
    async rewrap(ctx) {
      const old = (await readKeys(ctx)).filter((row) => row.kek_id !== kekId);
      for (const row of old) {
        await ctx.tx
          .updateTable('data_keys')
          .set({ kek_id: kekId, wrapped: wrap(ctx, row.key_version, unwrap(ctx, row)) })
          .where('key_version', '=', row.key_version)
          .where('kek_id', '=', row.kek_id)
          .execute();
      }
      keysOf.delete(ctx.tx);
      return old.length;
    },
  };
}

interface KeyRow {
  readonly key_version: number;
  readonly kek_id: string;
  readonly wrapped: Uint8Array;
}

/** A transaction that seals hundreds of texts reads the keys once; a key that is added meanwhile seals what comes later. */
const keysOf = new WeakMap<Ctx['tx'], Promise<KeyRow[]>>();

function readKeys(ctx: Ctx): Promise<KeyRow[]> {
  const known = keysOf.get(ctx.tx);
  if (known) return known;
  const keys = ctx.tx
    .selectFrom('data_keys')
    .select(['key_version', 'kek_id', 'wrapped'])
    .orderBy('key_version')
    .execute();
  keysOf.set(ctx.tx, keys);
  return keys;
}

const idOf = (kek: Buffer): string => createHash('sha256').update(kek).digest('hex').slice(0, 16);
const wrapAad = (organizationId: string, version: number): Buffer =>
  Buffer.from(`${organizationId}|data_keys|wrapped|${version}`);

/** A random 96-bit nonce each time: one data key seals far fewer texts than would make two of them meet. */
function encrypt(key: Buffer, aad: Buffer, content: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(aad);
  const text = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]);
}

function decrypt(key: Buffer, aad: Buffer, bytes: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
  decipher.setAAD(aad);
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}
