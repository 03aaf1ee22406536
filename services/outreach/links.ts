import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { notFound } from '../../domain/core/errors.ts';
import type { Ctx } from '../core/context.ts';
import type { Secrets } from '../core/secrets.ts';

/** What a link in a message, or an address that a provider calls, stands for. */
const KINDS = { open: 1, click: 2, unsubscribe: 3, reply: 4, events: 5 } as const;
export type LinkKind = keyof typeof KINDS;

export interface LinkTarget {
  readonly kind: LinkKind;
  /** The e-mail; of `events`, the sender. */
  readonly id: string;
  /** Which link of the e-mail. */
  readonly index: number;
}

export interface LinkSigner {
  sign(kind: Exclude<LinkKind, 'reply'>, id: string, index?: number): string;
  /** Fits into the local part of an address, in lower case. */
  signReply(emailId: string): string;
  /** The e-mail that a reply address stands for; null: it is forged. */
  openReply(token: string): string | null;
  /** @throws AppError not_found for a token that this organization has not signed, or of another kind. */
  open(token: string, kind: LinkKind): LinkTarget;
}

const MAC_BYTES = 12;
const REPLY_MAC_BYTES = 9;
/** Kind, organization, id, index. */
const HEAD_BYTES = 1 + 16 + 16 + 2;
const unknownLink = () => notFound('The link', 'It may have been cut; open it from the message again.');

/**
 * The organization whose link this is. Nothing is trusted yet: it only says under which organization the signature is
 * looked at. @throws AppError not_found.
 */
export function organizationOfLink(token: string): string {
  return idOf(bytesOf(token).subarray(1, 17));
}

function bytesOf(token: string): Buffer {
  const bytes = Buffer.from(token, 'base64url');
  // One spelling each: what a lenient decoder takes beside it is no token.
  if (bytes.length !== HEAD_BYTES + MAC_BYTES || bytes.toString('base64url') !== token) throw unknownLink();
  return bytes;
}

/** For transactions that may write: makes the organization's key when it has none. */
export async function linkSigner(ctx: Ctx, secrets: Secrets): Promise<LinkSigner> {
  const found = await readKey(ctx, secrets);
  if (found) return signerOf(ctx.organizationId, found);
  const box = await secrets.box(ctx);
  const sealed = box.seal(placeOf(ctx), randomBytes(32).toString('base64'));
  await sql`insert into outreach_keys (key_sealed) values (${sealed}) on conflict do nothing`.execute(ctx.tx);
  return signerOf(ctx.organizationId, (await readKey(ctx, secrets))!);
}

/** For what comes from outside. @throws AppError not_found: an organization without a key has signed nothing. */
export async function linkReader(ctx: Ctx, secrets: Secrets): Promise<LinkSigner> {
  const key = await readKey(ctx, secrets);
  if (!key) throw unknownLink();
  return signerOf(ctx.organizationId, key);
}

const placeOf = (ctx: Ctx) => ({ table: 'outreach_keys', field: 'key', rowId: ctx.organizationId });

/** The organization's key, once it has one, stays; a transaction that signs hundreds of links opens it once. */
const opened = new WeakMap<Ctx['tx'], Buffer>();

async function readKey(ctx: Ctx, secrets: Secrets): Promise<Buffer | null> {
  const known = opened.get(ctx.tx);
  if (known) return known;
  const row = await ctx.tx
    .selectFrom('outreach_keys')
    .select('key_sealed')
    .where('organization_id', '=', ctx.organizationId)
    .executeTakeFirst();
  if (!row) return null;
  const key = Buffer.from((await secrets.openBox(ctx)).open(placeOf(ctx), row.key_sealed), 'base64');
  opened.set(ctx.tx, key);
  return key;
}

function signerOf(organizationId: string, key: Buffer): LinkSigner {
  const mac = (bytes: Buffer, length: number): Buffer =>
    createHmac('sha256', key).update(bytes).digest().subarray(0, length);
  return {
    sign(kind, id, index = 0) {
      const head = Buffer.alloc(HEAD_BYTES);
      head.writeUInt8(KINDS[kind]);
      uuidBytes(organizationId).copy(head, 1);
      uuidBytes(id).copy(head, 17);
      head.writeUInt16BE(index, 33);
      return Buffer.concat([head, mac(head, MAC_BYTES)]).toString('base64url');
    },
    open(token, kind) {
      const bytes = bytesOf(token);
      const head = bytes.subarray(0, HEAD_BYTES);
      const isOurs = timingSafeEqual(bytes.subarray(HEAD_BYTES), mac(head, MAC_BYTES));
      if (!isOurs || head[0] !== KINDS[kind] || idOf(head.subarray(1, 17)) !== organizationId) throw unknownLink();
      return { kind, id: idOf(head.subarray(17, 33)), index: head.readUInt16BE(33) };
    },
    signReply(emailId) {
      const head = Buffer.concat([Buffer.from([KINDS.reply]), uuidBytes(emailId)]);
      return base32(Buffer.concat([head.subarray(1), mac(head, REPLY_MAC_BYTES)]));
    },
    openReply(token) {
      const bytes = unbase32(token.toLowerCase());
      if (bytes?.length !== 16 + REPLY_MAC_BYTES) return null;
      const head = Buffer.concat([Buffer.from([KINDS.reply]), bytes.subarray(0, 16)]);
      return timingSafeEqual(bytes.subarray(16), mac(head, REPLY_MAC_BYTES)) ? idOf(bytes.subarray(0, 16)) : null;
    },
  };
}

const uuidBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
const idOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** Mail servers may change the case of an address; 25 bytes are 40 letters without a rest. */
function base32(bytes: Buffer): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += ALPHABET[(value >> (bits - 5)) & 31];
  }
  return text;
}

function unbase32(text: string): Buffer | null {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const letter of text) {
    const digit = ALPHABET.indexOf(letter);
    if (digit < 0) return null;
    value = ((value << 5) | digit) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >> bits) & 255);
    }
  }
  return Buffer.from(bytes);
}
